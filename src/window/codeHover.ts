import * as vscode from 'vscode';

/** A link below the code of a hover. */
export interface HoverLink {
  readonly label: string;
  readonly command: string;
  readonly args: readonly number[];
}

/** A hover with code, whose text is no Markdown, and links to commands. @param code Empty: there are links alone. */
export function codeHover(code: string, languageId: string, links: readonly HoverLink[]): vscode.MarkdownString {
  const message = new vscode.MarkdownString();
  message.isTrusted = { enabledCommands: links.map(({ command }) => command) };
  if (code !== '') message.appendCodeblock(code, languageId);
  const marked = links.map(({ label, command, args }) => {
    return `[${label}](command:${command}?${encodeURIComponent(JSON.stringify(args))})`;
  });
  return message.appendMarkdown(marked.join(' · '));
}
