/** A mark with which models delimit their reasoning in a text. */
export type ReasoningTag =
  /** `name`: must match in the closing tag. */
  | { readonly kind: 'open' | 'close'; readonly name: string }
  /** A mark around the answer itself, in formats that mark both. */
  | { readonly kind: 'answer' }
  /** A token of OpenAI's harmony format: a header, its body or the end follows. */
  | { readonly kind: 'header' | 'body' | 'end' };

/**
 * The tag at this index.
 * @returns the tag with its length in UTF-16 code units; `cut` if the text ends too early to decide.
 */
export function tagAt(
  text: string,
  at: number,
): { readonly tag: ReasoningTag; readonly length: number } | 'cut' | undefined {
  const end = ends[text.charAt(at)];
  if (end === undefined) return undefined;
  const near = text.slice(at, at + longestTag);
  const close = near.indexOf(end);
  if (close < 0) return near.length < longestTag && begun.test(near) ? 'cut' : undefined;
  const tag = readTag(near.slice(0, close + 1));
  return tag && { tag, length: close + 1 };
}

/** The index where the next tag may start; the text's length if there is none. */
export function nextTag(text: string, from: number): number {
  start.lastIndex = from;
  const found = start.exec(text);
  return found ? found.index : text.length;
}

const start = /[<[◁]/g;
const ends: Readonly<Record<string, string>> = { '<': '>', '[': ']', '◁': '▷' };
const longestTag = 30;
/** The beginning of a tag, as far as it has arrived. */
const begun = /^(?:<\|?\/?[\w:|]*|\[\/?T?H?I?N?K?|◁\/?[a-z]*)$/;

const words = 'think|thinking|thought|thoughts|reasoning';
const named = new RegExp(`^<(/?)((?:\\w+:)?(?:${words}))>$`, 'i');

/** Names between `<|` and `|>`, in lower case. */
const special: Readonly<Record<string, ReasoningTag>> = {
  // Open-R1, Cohere's Command A Reasoning, OpenAI's gpt-oss.
  begin_of_thought: { kind: 'open', name: 'thought' },
  end_of_thought: { kind: 'close', name: 'thought' },
  begin_of_solution: { kind: 'answer' },
  end_of_solution: { kind: 'answer' },
  start_thinking: { kind: 'open', name: 'thinking' },
  end_thinking: { kind: 'close', name: 'thinking' },
  start_response: { kind: 'answer' },
  end_response: { kind: 'answer' },
  start: { kind: 'header' },
  channel: { kind: 'header' },
  message: { kind: 'body' },
  end: { kind: 'end' },
  return: { kind: 'end' },
  call: { kind: 'end' },
};

function readTag(written: string): ReasoningTag | undefined {
  const [, slash, name = ''] = named.exec(written) ?? [];
  if (slash !== undefined) return { kind: slash === '' ? 'open' : 'close', name: name.toLowerCase() };
  switch (written) {
    // Magistral, Kimi-VL.
    case '[THINK]':
    case '◁think▷':
      return { kind: 'open', name: written };
    case '[/THINK]':
    case '◁/think▷':
      return { kind: 'close', name: written.replace('/', '') };
    default: {
      const inner = /^<\|(\w+)\|>$/.exec(written)?.[1];
      return inner === undefined ? undefined : special[inner.toLowerCase()];
    }
  }
}
