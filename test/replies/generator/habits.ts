import type { FinishReason } from '../../../src/shared/answer.ts';
import type { Random } from '../../fuzz/random.ts';
import {
  dedented,
  type Place,
  reindented,
  trimmedFirst,
  wholeFile,
  wholeFileChangedElsewhere,
  withBlockAround,
  withLinesAround,
  withPlaceholder,
} from './code.ts';
import { answers, farewells, introductions, labels, options, placeholders, refusals } from './words.ts';

/** Something that models do with an answer that is right, or instead of one. */
export interface Habit {
  readonly name: string;
  /** What must come of it: the right file, that or a question, or a question. */
  readonly outcome: 'file' | 'file, or offered' | 'offered';
  readonly finish?: FinishReason;
  /** Nothing is selected: the cursor is in a blank line where the new lines belong. */
  readonly isAtCursor?: boolean;
  /** Where asking is right as well. */
  readonly isDebatable?: (place: Place) => boolean;
  /** The reply, or `undefined` where the change cannot be wrapped so. */
  readonly wrap: (place: Place, random: Random) => string | undefined;
}

export const habits: readonly Habit[] = [
  {
    name: 'a fence',
    outcome: 'file',
    wrap: (place, random) => fenced(codeOf(place, random), place, random),
  },
  {
    name: 'words around the fence',
    outcome: 'file',
    wrap: (place, random) =>
      [
        random.pick(introductions),
        '',
        fenced(codeOf(place, random), place, random),
        '',
        random.pick(farewells),
        '',
      ].join('\n'),
  },
  {
    name: 'fences of other kinds',
    outcome: 'file',
    wrap: (place, random) => {
      const fence = random.pick(['~~~', '````', '~~~~~']);
      const info = random.pick([' title="src/a.b"', ':src/a.b', ' {1,3}', '']);
      return [fence + place.sample.languageId + info, ...codeOf(place, random), fence].join('\n');
    },
  },
  {
    name: 'a fence in a list or a quote',
    outcome: 'file',
    wrap: (place, random) => {
      const block = fenced(codeOf(place, random), place, random).split('\n');
      return random.once(2)
        ? ['1. Use this:', '', ...block.map((line) => (line === '' ? '' : `   ${line}`)), '', '2. Try it.'].join('\n')
        : ['> Use this:', '>', ...block.map((line) => `> ${line}`.trimEnd())].join('\n');
    },
  },
  {
    name: 'reasoning before the fence',
    outcome: 'file',
    wrap: (place, random) => {
      const [open, close] = random.pick([
        ['<think>\n', '\n</think>\n\n'],
        ['<thinking>', '</thinking>\n'],
        ['[THINK]', '[/THINK]'],
        ['<|channel|>analysis<|message|>', '<|end|><|start|>assistant<|channel|>final<|message|>'],
      ]);
      const draft = random.once(2) ? `\n${fenced(place.old, place, random)}\n` : '\n';
      return `${open}They want it better. As it is:${draft}Now mine.${close}${fenced(codeOf(place, random), place, random)}`;
    },
  },
  {
    name: 'the first line without its indentation',
    outcome: 'file',
    wrap: (place, random) =>
      place.sample.isFixed || place.change.kind === 'part' || place.fresh.length === 1
        ? undefined
        : fenced(trimmedFirst(place.fresh), place, random),
  },
  {
    name: 'another unit of indentation',
    outcome: 'file',
    wrap: (place, random) => {
      if (place.change.kind === 'part') return undefined;
      const lines = reindented(random.once(2) ? dedented(place.fresh) : place.fresh, place.sample, random);
      return lines === undefined ? undefined : fenced(lines, place, random);
    },
  },
  {
    name: 'line breaks of Windows',
    outcome: 'file',
    wrap: (place, random) => fenced(codeOf(place, random), place, random).replaceAll('\n', '\r\n'),
  },
  {
    name: 'blank lines at the ends of the fence',
    outcome: 'file',
    wrap: (place, random) => fenced(['', ...codeOf(place, random), ''], place, random),
  },
  {
    name: 'the path above the code',
    outcome: 'file',
    wrap: (place, random) => {
      const { comment, isText } = place.sample;
      // Where the document begins, a path may be part of it.
      if (comment === undefined || isText || place.change.kind === 'part' || place.above.length === 0) return undefined;
      const start = random.pick(['filepath: src/app/main', 'src/app/main', 'File: app/[id]/main']);
      return fenced([comment(`${start}.${extensionOf(place)}`), ...codeOf(place, random)], place, random);
    },
  },
  {
    name: 'lines around the selection',
    outcome: 'file',
    isDebatable: isPart,
    wrap: (place, random) => maybeFenced(withLinesAround(place, random), place, random),
  },
  {
    name: 'the block around the selection',
    outcome: 'file',
    isDebatable: isPart,
    wrap: (place, random) => maybeFenced(withBlockAround(place), place, random),
  },
  {
    name: 'the whole file',
    outcome: 'file',
    isDebatable: isPart,
    wrap: (place, random) => fenced(wholeFile(place), place, random),
  },
  {
    name: 'no fence',
    outcome: 'file',
    wrap: (place, random) => (place.sample.isText ? undefined : codeOf(place, random).join('\n')),
  },
  {
    name: 'tags around the fence',
    outcome: 'file',
    isDebatable: ({ sample }) => sample.isText,
    wrap: (place, random) => {
      const tag = random.pick(['answer', 'response', 'updated_code', 'result']);
      return `<${tag}>\n${fenced(codeOf(place, random), place, random)}\n</${tag}>`;
    },
  },
  {
    name: 'a mark of the end of the turn',
    outcome: 'file',
    wrap: (place, random) =>
      `${fenced(codeOf(place, random), place, random)}\n${random.pick(['<|im_end|>', '<|eot_id|>', '<|endoftext|>'])}`,
  },
  {
    name: 'search and replace',
    outcome: 'file',
    isDebatable: isPart,
    wrap: ({ old, fresh }, random) => {
      const marks = ['<<<<<<< SEARCH', ...old, '=======', ...fresh, '>>>>>>> REPLACE'];
      return random.pick([marks, ['```', ...marks, '```']]).join('\n');
    },
  },
  {
    name: 'a unified diff',
    outcome: 'file',
    wrap: ({ above, below, old, fresh, change }, random) => {
      if (change.kind === 'part') return undefined;
      const before = above.slice(above.length - random.below(4));
      const after = below.slice(0, random.below(4));
      const at = random.below(90) + 1;
      const size = before.length + after.length;
      const sign = (mark: string) => (line: string) => mark + line;
      const lines = [
        ...random.pick([[], ['--- a/file', '+++ b/file']]),
        `@@ -${at},${size + old.length} +${at},${size + fresh.length} @@`,
        ...before.map(sign(' ')),
        ...old.map(sign('-')),
        ...fresh.map(sign('+')),
        ...after.map(sign(' ')),
      ];
      return ['```diff', ...lines, '```'].join('\n');
    },
  },
  {
    name: 'the old code and the new',
    outcome: 'file',
    isDebatable: ({ sample }) => sample.isText,
    wrap: (place, random) => {
      const [before, after] = random.pick(labels);
      const old = place.change.kind === 'part' ? [place.change.old] : dedented(place.old);
      const fresh = place.change.kind === 'part' ? [place.change.fresh] : dedented(place.fresh);
      return [before, '', fenced(old, place, random), '', after, '', fenced(fresh, place, random)].join('\n');
    },
  },
  {
    name: 'code for a cursor',
    outcome: 'file',
    isAtCursor: true,
    wrap: (place, random) => [random.pick(introductions), '', fenced(codeOf(place, random), place, random)].join('\n'),
  },
  {
    name: 'code for a cursor with lines around',
    outcome: 'file',
    isAtCursor: true,
    wrap: (place, random) => maybeFenced(withLinesAround(place, random), place, random),
  },
  {
    name: 'code for a cursor with the block around',
    outcome: 'file',
    isAtCursor: true,
    wrap: (place, random) => maybeFenced(withBlockAround(place), place, random),
  },
  {
    name: 'words for a cursor',
    outcome: 'offered',
    isAtCursor: true,
    wrap: (place, random) => inWords(random.pick(random.once(2) ? answers : refusals), place, random),
  },
  {
    name: 'tags around plain code',
    outcome: 'file, or offered',
    wrap: (place, random) => {
      // A language with elements may have these, too.
      if (/<\/\w|^html$/m.test(place.sample.document)) return undefined;
      const tag = random.pick(['answer', 'code', 'improved_code', 'output']);
      return [`<${tag}>`, ...codeOf(place, random), `</${tag}>`].join('\n');
    },
  },
  {
    name: 'line numbers',
    outcome: 'file, or offered',
    wrap: (place, random) => {
      const first = place.above.length + 1;
      const separator = random.pick([': ', ' | ', '\t']);
      return fenced(
        place.fresh.map((line, index) => `${first + index}${separator}${line}`),
        place,
        random,
      );
    },
  },
  {
    name: 'an object with the code',
    outcome: 'file, or offered',
    wrap: (place, random) => {
      if (place.sample.languageId.startsWith('json')) return undefined;
      const key = random.pick(['code', 'replacement', 'newText', 'result']);
      return JSON.stringify({ [key]: codeOf(place, random).join('\n') });
    },
  },
  {
    name: 'a comment instead of the rest',
    outcome: 'offered',
    wrap: (place, random) => maybeFenced(withPlaceholder(place, random.pick(placeholders)), place, random),
  },
  {
    name: 'an end for its length',
    outcome: 'offered',
    finish: 'length',
    wrap: (place, random) => {
      const reply = fenced(codeOf(place, random), place, random);
      return reply.slice(0, 4 + random.below(reply.length - 4));
    },
  },
  {
    name: 'a fence that stays open',
    outcome: 'offered',
    wrap: (place, random) => {
      const lines = codeOf(place, random);
      return ['```', ...lines.slice(0, 1 + random.below(lines.length))].join('\n');
    },
  },
  {
    name: 'a refusal',
    outcome: 'offered',
    wrap: (place, random) => inWords(random.pick(refusals), place, random),
  },
  {
    name: 'an answer in words',
    outcome: 'offered',
    wrap: (place, random) => inWords(random.pick(answers), place, random),
  },
  {
    name: 'a call of a tool',
    outcome: 'offered',
    wrap: (place, random) => {
      const text = JSON.stringify(place.change.fresh);
      return random.pick([
        `<tool_call>\n{"name": "replace", "arguments": {"text": ${text}}}\n</tool_call>`,
        `[TOOL_CALLS]replace{"text": ${text}}`,
        `\`\`\`tool_code\nprint(default_api.replace(text=${text}))\n\`\`\``,
        `<function_calls>\n<invoke name="replace">\n<parameter name="text">${place.change.fresh}</parameter>\n</invoke>\n</function_calls>`,
        `<｜DSML｜function_calls>\n<｜DSML｜invoke name="replace">\n<｜DSML｜parameter name="text">${place.change.fresh}</｜DSML｜parameter>\n</｜DSML｜invoke>\n</｜DSML｜function_calls>`,
      ]);
    },
  },
  {
    name: 'two ways to do it',
    outcome: 'offered',
    wrap: (place, random) => {
      const [one, two] = random.pick(options);
      const other = place.fresh.map((line) => line.replace(/[A-Za-z]{5,}/, '$&Two'));
      if (other.join('\n') === place.fresh.join('\n')) return undefined;
      const first = fenced(dedented(place.fresh), place, random);
      return [one, '', first, '', two, '', fenced(dedented(other), place, random)].join('\n');
    },
  },
  {
    name: 'changes elsewhere',
    outcome: 'offered',
    wrap: (place, random) => maybeFenced(wholeFileChangedElsewhere(place, random), place, random),
  },
];

const extensions: Readonly<Record<string, string>> = {
  clojure: 'clj',
  csharp: 'cs',
  elixir: 'ex',
  fsharp: 'fs',
  haskell: 'hs',
  javascript: 'js',
  javascriptreact: 'jsx',
  kotlin: 'kt',
  makefile: 'mk',
  perl: 'pl',
  powershell: 'ps1',
  python: 'py',
  ruby: 'rb',
  rust: 'rs',
  shellscript: 'sh',
  terraform: 'tf',
  typescript: 'ts',
  typescriptreact: 'tsx',
};

function extensionOf({ sample: { languageId } }: Place): string {
  return extensions[languageId] ?? languageId;
}

function isPart({ change }: Place): boolean {
  return change.kind === 'part';
}

/** The new code as models write it: as it will stand in the file, or at the margin; the line for a part of it. */
function codeOf({ change, fresh }: Place, random: Random): string[] {
  if (change.kind === 'part') return random.pick([[change.fresh], [change.fresh], dedented(fresh)]);
  return random.once(2) ? [...fresh] : dedented(fresh);
}

function fenced(lines: readonly string[], { sample }: Place, random: Random): string {
  const info = random.pick([sample.languageId, sample.languageId, '', sample.languageId.toUpperCase()]);
  return [`\`\`\`${info}`, ...lines, '```'].join('\n');
}

/** In a fence, as they stand in the file or at the margin. */
function maybeFenced(lines: readonly string[] | undefined, place: Place, random: Random): string | undefined {
  if (lines === undefined) return undefined;
  return fenced(random.once(2) ? lines : dedented(lines), place, random);
}

/** Where the document is made of words, they may be meant for it. */
function inWords(text: string, place: Place, random: Random): string | undefined {
  if (place.sample.isText) return undefined;
  return random.pick([text, `\`\`\`\n${text}\n\`\`\``]);
}
