import * as vscode from 'vscode';
import type { WholeAttachment } from '../prompt/context.ts';
import { normalUri } from './normalUri.ts';

/** Something that can be attached, before it is read. */
export type ContextSource =
  /** What the user means in the active editor. */
  { readonly kind: 'selection' } | { readonly kind: 'openEditors' } | { readonly kind: 'terminal' } | PlacedSource;

/** A source that can be read again at its URI. */
export interface PlacedSource {
  readonly kind: PlacedKind;
  readonly uri: vscode.Uri;
}

type PlacedKind = Exclude<WholeAttachment['kind'], 'terminal'>;

const placedKinds: Readonly<Record<PlacedKind, true>> = {
  file: true,
  folder: true,
  problems: true,
  stagedChanges: true,
  workingChanges: true,
  instructions: true,
};

/** An id for the source, which the page sends back. */
export function sourceId(source: ContextSource): string {
  return 'uri' in source ? `${source.kind} ${source.uri.toString()}` : source.kind;
}

/** Parses an id of `sourceId`; undefined if it isn't one. */
export function parseSource(id: string): ContextSource | undefined {
  if (id === 'selection' || id === 'openEditors' || id === 'terminal') return { kind: id };
  const [kind = '', uri] = id.split(' ', 2);
  return isPlacedKind(kind) && uri !== undefined ? { kind, uri: normalUri(vscode.Uri.parse(uri)) } : undefined;
}

/** The source of an attachment; undefined if it can't be read again. */
export function sourceOf({ kind, uri }: WholeAttachment): PlacedSource | undefined {
  return kind === 'terminal' || uri === undefined ? undefined : { kind, uri: vscode.Uri.parse(uri) };
}

function isPlacedKind(kind: string): kind is PlacedKind {
  return Object.hasOwn(placedKinds, kind);
}
