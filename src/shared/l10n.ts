/** Translates an English text; `{0}`, `{1}` … are replaced by the arguments. The same signature as `vscode.l10n.t`. */
export type Translate = (text: string, ...args: readonly (string | number)[]) => string;

/** A `Translate` over a bundle of `English text -> translation`; what the bundle lacks stays English. */
export function translator(bundle: Readonly<Record<string, string>> = {}): Translate {
  return (text, ...args) =>
    (bundle[text] ?? text).replace(/\{(\d+)\}/g, (hole, index) => String(args[Number(index)] ?? hole));
}
