import add from '@vscode/codicons/src/icons/add.svg';
import arrowDown from '@vscode/codicons/src/icons/arrow-down.svg';
import chevronLeft from '@vscode/codicons/src/icons/chevron-left.svg';
import chevronRight from '@vscode/codicons/src/icons/chevron-right.svg';
import edit from '@vscode/codicons/src/icons/edit.svg';
import quote from '@vscode/codicons/src/icons/quote.svg';
import trash from '@vscode/codicons/src/icons/trash.svg';
import attach from '@vscode/codicons/src/icons/attach.svg';
import book from '@vscode/codicons/src/icons/book.svg';
import check from '@vscode/codicons/src/icons/check.svg';
import chevronDown from '@vscode/codicons/src/icons/chevron-down.svg';
import close from '@vscode/codicons/src/icons/close.svg';
import copy from '@vscode/codicons/src/icons/copy.svg';
import debugStop from '@vscode/codicons/src/icons/debug-stop.svg';
import error from '@vscode/codicons/src/icons/error.svg';
import diff from '@vscode/codicons/src/icons/diff.svg';
import eye from '@vscode/codicons/src/icons/eye.svg';
import fileCode from '@vscode/codicons/src/icons/file-code.svg';
import file from '@vscode/codicons/src/icons/file.svg';
import folder from '@vscode/codicons/src/icons/folder.svg';
import info from '@vscode/codicons/src/icons/info.svg';
import insert from '@vscode/codicons/src/icons/insert.svg';
import newFile from '@vscode/codicons/src/icons/new-file.svg';
import plug from '@vscode/codicons/src/icons/plug.svg';
import refresh from '@vscode/codicons/src/icons/refresh.svg';
import replace from '@vscode/codicons/src/icons/replace.svg';
import send from '@vscode/codicons/src/icons/send.svg';
import settings from '@vscode/codicons/src/icons/settings.svg';
import terminal from '@vscode/codicons/src/icons/terminal.svg';
import warning from '@vscode/codicons/src/icons/warning.svg';
import sparkle from '@vscode/codicons/src/icons/sparkle.svg';
import wordWrap from '@vscode/codicons/src/icons/word-wrap.svg';

const icons = {
  chevronLeft,
  chevronRight,
  edit,
  quote,
  trash,
  add,
  arrowDown,
  attach,
  book,
  check,
  chevronDown,
  close,
  copy,
  debugStop,
  diff,
  error,
  file,
  eye,
  'file-code': fileCode,
  folder,
  info,
  insert,
  newFile,
  plug,
  refresh,
  replace,
  send,
  settings,
  terminal,
  warning,
  sparkle,
  wordWrap,
};

export type IconName = keyof typeof icons;

/** A VS Code product icon, hidden from screen readers, so its button needs a name. */
export function Icon({ name }: { name: IconName }) {
  return <span class="icon" aria-hidden="true" dangerouslySetInnerHTML={{ __html: icons[name] }} />;
}
