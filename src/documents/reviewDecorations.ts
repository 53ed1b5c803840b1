import * as vscode from 'vscode';
import type { Hunk } from './hunks.ts';
import type { OffsetRange } from './offsets.ts';
import { asDiff, changedLines } from './removedLines.ts';
import type { Review, Writing } from './review.ts';
import type { ReviewTexts } from './reviewTexts.ts';
import { codeHover, type HoverLink } from '../window/codeHover.ts';

/** The most old lines that are shown at new ones in an editor, each a style of its own. */
const mostOldLines = 200;

/** The most UTF-16 code units of an old line that are shown at the new one. */
const longestOldLine = 200;

/** The most removed lines on hover; the others are in the peek. */
const mostOnHover = 30;

/** What is drawn into one editor. */
interface Picture {
  readonly added: readonly vscode.DecorationOptions[];
  /** Places where lines went and none came. */
  readonly gone: readonly vscode.DecorationOptions[];
  /** Lines at whose end the old one is shown. */
  readonly changed: readonly vscode.DecorationOptions[];
  /** Old lines in a peek. */
  readonly old: readonly vscode.DecorationOptions[];
  /** What will go. */
  readonly rest: readonly vscode.DecorationOptions[];
}

/** Colours new lines like VS Code's diff editor, shows what they replaced, and dims what is about to go. */
export class ReviewDecorations implements vscode.Disposable {
  readonly #past: ReviewTexts;
  readonly #types: Readonly<Record<keyof Picture, vscode.TextEditorDecorationType>> = {
    added: vscode.window.createTextEditorDecorationType({
      backgroundColor: new vscode.ThemeColor('diffEditor.insertedLineBackground'),
      isWholeLine: true,
      overviewRulerColor: new vscode.ThemeColor('diffEditorOverview.insertedForeground'),
    }),
    gone: vscode.window.createTextEditorDecorationType({
      borderColor: new vscode.ThemeColor('errorForeground'),
      borderStyle: 'solid',
      borderWidth: '2px 0 0 0',
      isWholeLine: true,
      overviewRulerColor: new vscode.ThemeColor('diffEditorOverview.removedForeground'),
    }),
    changed: vscode.window.createTextEditorDecorationType({
      after: {
        color: new vscode.ThemeColor('errorForeground'),
        backgroundColor: new vscode.ThemeColor('diffEditor.removedLineBackground'),
        textDecoration: 'line-through',
        margin: '0 0 0 3ch',
      },
    }),
    old: vscode.window.createTextEditorDecorationType({
      backgroundColor: new vscode.ThemeColor('diffEditor.removedLineBackground'),
      isWholeLine: true,
    }),
    rest: vscode.window.createTextEditorDecorationType({ opacity: '0.45', isWholeLine: true }),
  };

  constructor(past: ReviewTexts) {
    this.#past = past;
  }

  /** Draws these and nothing else. */
  show(all: readonly (Writing | Review)[]): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const picture = this.#picture(editor.document, all);
      editor.setDecorations(this.#types.added, picture.added);
      editor.setDecorations(this.#types.gone, picture.gone);
      editor.setDecorations(this.#types.changed, picture.changed);
      editor.setDecorations(this.#types.old, picture.old);
      editor.setDecorations(this.#types.rest, picture.rest);
    }
  }

  dispose(): void {
    for (const type of Object.values(this.#types)) type.dispose();
  }

  #picture(document: vscode.TextDocument, all: readonly (Writing | Review)[]): Picture {
    const here = all.filter(({ anchor }) => anchor.document === document);
    const reviews = here.filter((one) => one.kind === 'review');
    const writings = here.filter((one) => one.kind === 'writing');
    const hunks = reviews.flatMap((review) =>
      review.hunks.all.map((hunk) => ({
        hunk,
        options: { range: wholeLines(document, hunk), hoverMessage: hover(review, hunk) },
        isGone: hunk.start === hunk.end,
      })),
    );
    const written = writings.map(({ anchor, writer }) => ({ start: anchor.offsets.start, end: writer.rest.start }));
    const range = (one: OffsetRange): vscode.DecorationOptions => ({ range: wholeLines(document, one) });
    return {
      added: [...hunks.flatMap(({ options, isGone }) => (isGone ? [] : options)), ...written.filter(isSome).map(range)],
      gone: hunks.flatMap(({ options, isGone }) => (isGone ? options : [])),
      changed: hunks.flatMap(({ hunk }) => oldLines(document, hunk)).slice(0, mostOldLines),
      old: removedRanges(this.#past, document),
      rest: writings
        .map(({ writer }) => writer.rest)
        .filter(isSome)
        .map(range),
    };
  }
}

function isSome({ start, end }: OffsetRange): boolean {
  return start < end;
}

function removedRanges(past: ReviewTexts, document: vscode.TextDocument): readonly vscode.DecorationOptions[] {
  const removed = past.removedIn(document);
  return removed ? [{ range: wholeLines(document, offsetsOf(document, removed.range)) }] : [];
}

function offsetsOf(document: vscode.TextDocument, { start, end }: vscode.Range): OffsetRange {
  return { start: document.offsetAt(start), end: document.offsetAt(end) };
}

/** A range that ends with a line break does not reach into the line behind it. */
function wholeLines(document: vscode.TextDocument, { start, end }: OffsetRange): vscode.Range {
  const last = document.positionAt(end);
  const isBehindBreak = end > start && last.character === 0;
  return new vscode.Range(document.positionAt(start), isBehindBreak ? document.lineAt(last.line - 1).range.end : last);
}

/** The old text of each changed line, at the end of the new one. */
function oldLines(document: vscode.TextDocument, hunk: Hunk): readonly vscode.DecorationOptions[] {
  const range = wholeLines(document, hunk);
  const now = document.getText(range);
  return (changedLines(hunk.original, now) ?? []).map(({ index, before }) => {
    const { end } = document.lineAt(range.start.line + index).range;
    const text = before.trim();
    const contentText = text.length > longestOldLine ? `${text.slice(0, longestOldLine)}…` : text;
    return { range: new vscode.Range(end, end), renderOptions: { after: { contentText } } };
  });
}

/** The removed lines, with Keep and Undo for this change. */
function hover({ id }: Review, hunk: Hunk): vscode.MarkdownString {
  const link = (label: string, command: string): HoverLink => ({
    label,
    command: `askance.${command}`,
    args: [id, hunk.id],
  });
  const links = [link(vscode.l10n.t('Keep'), 'keepEdit'), link(vscode.l10n.t('Undo'), 'undoEdit')];
  if (hunk.removed > 1) links.push(link(vscode.l10n.t('Show removed lines'), 'showRemovedLines'));
  return codeHover(hunk.original === '' ? '' : asDiff(hunk.original, mostOnHover), 'diff', links);
}
