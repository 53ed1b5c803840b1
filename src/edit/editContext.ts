import type * as vscode from 'vscode';
import type { ChatPages } from '../chat/chatPages.ts';
import type { ConnectionActions } from '../connections/connectionActions.ts';
import type { Diagnosis } from '../connections/diagnose.ts';
import type { Endpoints } from '../connections/endpoints.ts';
import type { RequestView } from '../connections/requestView.ts';
import type { Proposals } from '../documents/proposals.ts';
import type { Reviews } from '../documents/reviews.ts';
import type { UnfinishedEdits } from '../documents/unfinished.ts';
import type { Action } from '../prompt/actions.ts';
import type { DocumentSyntax } from '../languages/documentSyntax.ts';
import type { Settings } from '../settings/settings.ts';
import type { Lazy } from '../shared/lazy.ts';
import type { InstructionInput } from './instructionInput.ts';
import type { LastEdit } from './lastEdit.ts';

/** Services of other rooms that edits need. */
export interface EditServices {
  readonly settings: Settings;
  readonly endpoints: Endpoints;
  readonly connections: ConnectionActions;
  readonly diagnosis: Diagnosis;
  readonly requests: RequestView;
  readonly chats: ChatPages;
  /** Askance's own. */
  readonly extensionUri: vscode.Uri;
  readonly globalState: vscode.Memento;
  readonly workspaceState: vscode.Memento;
  /** The actions for a document's language. */
  readonly offeredActions: (document: vscode.TextDocument) => Promise<readonly Action[]>;
}

/** Dependencies of everything that writes code. */
export interface EditContext extends EditServices {
  readonly reviews: Reviews;
  readonly proposals: Proposals;
  readonly unfinished: UnfinishedEdits;
  readonly input: InstructionInput;
  readonly syntax: Lazy<DocumentSyntax>;
  readonly lastEdit: LastEdit;
}
