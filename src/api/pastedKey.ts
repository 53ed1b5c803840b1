/**
 * The key in what was pasted or set: without quotation marks, the scheme of a header, the name of a variable before it,
 * or the line end behind it, as a line of a shell, of a `.env` file or of documentation has them.
 */
export function keyIn(text: string): string {
  const line = text.trim().replace(/;$/, '');
  // linear: it begins where the text begins, and each part ends at a character of its own.
  const named = /^(?:export |set |setx |\$env:)?\s*[A-Za-z_][A-Za-z0-9_]*\s?[=:]\s?(?=\S)(.*)$/.exec(line)?.[1];
  // A key may hold a colon or an equals sign itself, but not blanks, quotes or a scheme.
  const isAssigned =
    named !== undefined &&
    /^(?:export |set |setx |\$env:)|=\s?["']|_KEY\s?=|_TOKEN\s?=|^(?:Authorization|api-key|x-api-key)\s?:/i.test(line);
  const value = unquoted(header(isAssigned ? named : line));
  return unquoted(value.replace(/^(?:Bearer|Token)\s+/i, '')).trim();
}

function header(line: string): string {
  return line.replace(/^["']?(?:Authorization|api-key|x-api-key)["']?\s*:\s*/i, '');
}

function unquoted(text: string): string {
  return /^(["'`“‘])(.*)["'`”’]$/.exec(text.trim())?.[2]?.trim() ?? text.trim();
}
