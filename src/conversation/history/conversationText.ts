import type { Conversation } from '../conversation.ts';

/**
 * A turn's text is cached while its answer is the same, so that saving a long conversation costs only its last turn.
 */
const turnTexts = new WeakMap<object, { readonly turn: string; readonly text: string }>();

/** The text of a conversation's file: indented, human-readable JSON. */
export function conversationText(conversation: Conversation): string {
  const { turns, ...rest } = conversation.record;
  const texts = turns.map((turn) => {
    const identity = `${turn.id} ${turn.parent}`;
    const known = turnTexts.get(turn.answer);
    if (known?.turn === identity) return known.text;
    const text = `    ${JSON.stringify(turn, undefined, 2).replaceAll('\n', '\n    ')}`;
    turnTexts.set(turn.answer, { turn: identity, text });
    return text;
  });
  const head = JSON.stringify(rest, undefined, 2).slice(0, -2);
  return `${head},\n  "turns": [${texts.length === 0 ? '' : `\n${texts.join(',\n')}\n  `}]\n}\n`;
}
