/** Translates an English text; `{0}`, `{1}` … are replaced by the arguments. Same signature as `vscode.l10n.t`. */
export type Translate = (text: string, ...args: readonly (string | number)[]) => string;

/** Creates a `Translate` from a bundle of `English text -> translation`; missing texts stay English. */
export function translator(bundle: Readonly<Record<string, string>> = {}): Translate {
  return (text, ...args) =>
    (bundle[text] ?? text).replace(/\{(\d+)\}/g, (hole, index) => String(args[Number(index)] ?? hole));
}
