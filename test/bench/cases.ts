import type { Timed } from './endpoint.ts';

/** An answer that is timed, and who is to show it. */
export interface Case {
  readonly name: string;
  readonly answer: Timed;
  /** Whether VS Code's built-in chat shows it too. */
  readonly sideBySide: boolean;
}

/** The last paragraph of each answer. */
export const lastWord = 'Theveryend.';

/** Deltas of four characters as a fast model writes them, and as fast as the server can send. */
const paced = { charactersPerDelta: 4, deltasPerSecond: 185 };
const unpaced = { charactersPerDelta: 4, deltasPerSecond: Infinity };

export const firstQuestion: Case = {
  name: "a window's first question, 0.5 KB",
  answer: { text: answerText(500), ...unpaced },
  sideBySide: true,
};

/** What takes longest comes last: it may take the window with it. */
export const cases: readonly Case[] = [
  { name: '2 KB, 185 deltas a second', answer: { text: answerText(2_000), ...paced }, sideBySide: true },
  { name: '2 KB, unpaced', answer: { text: answerText(2_000), ...unpaced }, sideBySide: true },
  { name: '20 KB, unpaced', answer: { text: answerText(20_000), ...unpaced }, sideBySide: true },
  { name: '20 KB, 185 deltas a second', answer: { text: answerText(20_000), ...paced }, sideBySide: true },
  { name: '400 KB, unpaced', answer: { text: answerText(400_000), ...unpaced }, sideBySide: false },
  { name: '1 MB, unpaced', answer: { text: answerText(1_000_000), ...unpaced }, sideBySide: false },
  { name: '100 KB, unpaced', answer: { text: answerText(100_000), ...unpaced }, sideBySide: true },
];

export const shortAnswer: Timed = { text: answerText(300), ...unpaced };
export const longAnswer: Timed = { text: answerText(20_000), ...unpaced };

/** A sentence and so many lines of code. */
export function codeAnswer(lines: number): Timed {
  const code = Array.from({ length: lines }, (_, index) => `const value${index} = step(${index}, 'text'); // ${index}`);
  return { text: `## Code\n\nThis is all:\n\n\`\`\`ts\n${code.join('\n')}\n\`\`\`\n\n${lastWord}`, ...unpaced };
}

/** Markdown of about so many characters, paragraphs, lists, tables and code as answers have them, and `lastWord`. */
function answerText(length: number): string {
  const parts: string[] = [];
  for (let size = 0, index = 1; size < length; index += 1) {
    const part = [
      `## Part ${index}\n\nThe function \`step${index}\` takes **two** values and returns *one*; see [the manual](https://example.com/${index}) for the rest.`,
      `- first, it checks its input\n- then it asks \`store\` for item ${index}\n- at last it returns what it got`,
      `\`\`\`ts\nfunction step${index}(a: number, b: number): number {\n  if (a > b) return a - b;\n  return a * ${index} + b;\n}\n\`\`\``,
      `| name | value |\n|---|---|\n| a | ${index} |\n| b | ${index * 2} |`,
    ].join('\n\n');
    parts.push(part);
    size += part.length + 2;
  }
  const whole = parts.join('\n\n').slice(0, length);
  // A fence that the cut left open would make the last word code.
  const isOpen = (whole.match(/```/g)?.length ?? 0) % 2 === 1;
  return `${whole}${isOpen ? '\n```' : ''}\n\n${lastWord}`;
}
