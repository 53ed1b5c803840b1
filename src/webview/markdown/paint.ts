import type { Colors, StyledRun } from '../../shared/protocol.ts';
import { visibleCode } from '../bidi.ts';

/** Lines per element: appending to a long text would lay out all of it again. */
export const linesPerGroup = 50;

/** By bit of the font style. */
const fontStyles = [
  'font-style:italic',
  'font-weight:bold',
  'text-decoration-line:underline',
  'text-decoration-line:line-through',
];
const bothLines = 'text-decoration-line:underline line-through';

const sheet = new CSSStyleSheet();
const classes = new Map<string, string>();

/**
 * Colors lines without moving their text.
 * @param code Its elements have `linesPerGroup` lines each: an element per painted line, then one text.
 * @param lines All lines of the block, painted at least up to `from`.
 */
export function paintLines(
  code: Element,
  lines: readonly string[],
  from: number,
  { colors, lines: runs }: Colors,
): void {
  for (const [index, line] of runs.entries()) {
    const number = from + index;
    const group = code.children[Math.floor(number / linesPerGroup)];
    if (group) paintLine(group, number % linesPerGroup, visibleCode(lines[number] ?? ''), line, colors);
  }
}

function paintLine(
  group: Element,
  number: number,
  text: string,
  runs: readonly StyledRun[],
  colors: readonly string[],
): void {
  const nodes: (Node | string)[] = number > 0 ? ['\n'] : [];
  let at = 0;
  for (const [length, color, fontStyle] of runs) {
    const piece = text.slice(at, at + length);
    nodes.push(color === 0 && fontStyle === 0 ? piece : styled(piece, colors[color - 1] ?? 'inherit', fontStyle));
    at += length;
  }
  if (at < text.length) nodes.push(text.slice(at));
  const painted = group.children[number];
  if (painted) {
    painted.replaceChildren(...nodes);
    return;
  }
  const rest = group.lastChild;
  if (!(rest instanceof Text)) return;
  const line = document.createElement('span');
  line.append(...nodes);
  rest.before(line);
  rest.deleteData(0, text.length + Number(number > 0));
}

function styled(text: string, color: string, fontStyle: number): HTMLElement {
  const element = document.createElement('span');
  element.className = classOf(color, fontStyle);
  element.textContent = text;
  return element;
}

/** A class for a style. The page's CSP allows no `style` attributes, but rules added by script. */
function classOf(color: string, fontStyle: number): string {
  const key = `${color} ${fontStyle}`;
  const known = classes.get(key);
  if (known !== undefined) return known;
  const name = `look-${classes.size}`;
  const declarations = fontStyles.filter((_, bit) => fontStyle & (1 << bit));
  if (fontStyle >= 12) declarations.push(bothLines);
  if (classes.size === 0) document.adoptedStyleSheets.push(sheet);
  sheet.insertRule(`.${name}{${[`color:${color}`, ...declarations].join(';')}}`);
  classes.set(key, name);
  return name;
}
