import * as vscode from 'vscode';
import type { LineDiff } from './lineDiff.ts';
import { plural } from '../shared/plural.ts';
import { newProblems, problemsInNewLines, type Problem, type Reported } from './problemChange.ts';

/** Milliseconds without a report after which those of several services are taken together. */
const settling = 300;

/** A problem as VS Code shows it. */
interface ReportedProblem extends Problem {
  readonly diagnostic: vscode.Diagnostic;
}

/** What an edit did to the problems of its file. */
export interface ProblemSummary {
  /** How many there were; absent: no language service had said so. */
  readonly before: number | undefined;
  readonly after: number;
  /** Those that the edit brought. Where it is not known what there was: those in its lines. */
  readonly fresh: readonly vscode.Diagnostic[];
}

/**
 * Follows what language services report about a document, from before an edit on. Nothing is said of it before they have
 * reported something since the edit.
 */
export class EditProblems implements vscode.Disposable {
  readonly #document: vscode.TextDocument;
  readonly #subscription: vscode.Disposable;
  readonly #firstVersion: number;
  #before: Reported;
  #isBeforeKnown: boolean;
  /** The version of the document at the last report. */
  #reported = -1;
  #following: { readonly version: number; readonly lineDiff: LineDiff; readonly show: () => void } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #summary: ProblemSummary | undefined;

  /** @param document As it is before the edit. */
  constructor(document: vscode.TextDocument) {
    this.#document = document;
    this.#firstVersion = document.version;
    this.#before = reportedIn(document);
    const uri = document.uri.toString();
    this.#isBeforeKnown = vscode.languages.getDiagnostics().some(([reported]) => reported.toString() === uri);
    this.#subscription = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      if (uris.some((one) => one.toString() === uri)) this.#report();
    });
  }

  /** Absent: no language service has reported anything since the edit. */
  get summary(): ProblemSummary | undefined {
    return this.#summary;
  }

  /** The edit is made. @param show Called whenever the summary has changed, until the object that is returned is disposed. */
  follow(lineDiff: LineDiff, show: () => void): vscode.Disposable {
    this.#summary = undefined;
    this.#following = { version: this.#document.version, lineDiff, show };
    if (this.#reported >= this.#document.version) this.#settle();
    return new vscode.Disposable(() => {
      clearTimeout(this.#timer);
      this.#following = undefined;
    });
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscription.dispose();
  }

  #report(): void {
    const { version } = this.#document;
    if (version === this.#firstVersion && !this.#following) {
      this.#before = reportedIn(this.#document);
      this.#isBeforeKnown = true;
      return;
    }
    this.#reported = version;
    if (this.#following && version >= this.#following.version) this.#settle();
  }

  #settle(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#summarize(), settling);
  }

  #summarize(): void {
    if (!this.#following || this.#document.isClosed) return;
    const { lineDiff, show } = this.#following;
    const now = reportedIn(this.#document);
    const fresh = this.#isBeforeKnown
      ? newProblems(this.#before, now, lineDiff)
      : problemsInNewLines(this.#before.text, now, lineDiff);
    this.#summary = {
      before: this.#isBeforeKnown ? this.#before.problems.length : undefined,
      after: now.problems.length,
      fresh: fresh.map(({ diagnostic }) => diagnostic),
    };
    show();
  }
}

/** Hints are no problems: VS Code does not list them either. */
function reportedIn(document: vscode.TextDocument): Reported<ReportedProblem> {
  const diagnostics = vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ severity }) => severity !== vscode.DiagnosticSeverity.Hint);
  return {
    text: document.getText(),
    problems: diagnostics.map((diagnostic) => ({
      start: document.offsetAt(diagnostic.range.start),
      end: document.offsetAt(diagnostic.range.end),
      kind: kindOf(diagnostic),
      message: diagnostic.message,
      diagnostic,
    })),
  };
}

function kindOf({ source = '', code = '' }: vscode.Diagnostic): string {
  return `${source} ${typeof code === 'object' ? code.value : code}`;
}

/** `3 problems before, 1 after`; absent: there is nothing to say. */
export function problemsLabel({ before, after, fresh }: ProblemSummary): string | undefined {
  if (before === undefined) {
    if (fresh.length === 0) return undefined;
    return plural(
      fresh.length,
      vscode.l10n.t('1 problem in the new code'),
      vscode.l10n.t('{0} problems in the new code', fresh.length),
    );
  }
  if (before === 0 && after === 0) return undefined;
  if (after === 0) {
    return plural(
      before,
      vscode.l10n.t('1 problem before, none after'),
      vscode.l10n.t('{0} problems before, none after', before),
    );
  }
  if (before === 0) return vscode.l10n.t('No problems before, {0} after', after);
  return plural(
    before,
    vscode.l10n.t('1 problem before, {0} after', after),
    vscode.l10n.t('{0} problems before, {1} after', before, after),
  );
}
