import { type Code, readCode } from './code.ts';
import { languageOf } from './languages.ts';
import type { ChatMessage } from './validate.ts';

/** The last question of a conversation and the code that it is about. */
export interface Question {
  /** What the user wrote, without the code. */
  readonly words: string;
  readonly code: AttachedCode | undefined;
  /** Whether the code came with an earlier question. */
  readonly earlier: boolean;
  /** Whether nothing but a block of code is wanted. */
  readonly codeOnly: boolean;
}

export interface AttachedCode extends Code {
  /** The line above the fence that says where the code is from; empty if there is none. */
  readonly label: string;
}

/** Reads the conversation; code is any fenced block of a user's message, and the newest message with one counts. */
export function readQuestion(messages: readonly ChatMessage[]): Question {
  const users = messages.filter(({ role }) => role === 'user').map(({ content }) => content);
  const content = users.at(-1) ?? '';
  const holder = users.findLast((text) => blocks(text).length > 0);
  const words = content.replace(new RegExp(`(?:^.*:\\n)?${block.source}`, 'gm'), '').trim();
  return {
    words: words.replace(/^Reply with .*$/m, '').trim(),
    code: holder === undefined ? undefined : blocks(holder)[0],
    earlier: holder !== undefined && holder !== content,
    codeOnly: /\bnothing else\b|\bonly (?:the )?code\b/i.test(words),
  };
}

/** A fence of three or more backticks, its language, its text up to a fence of the same length. */
const block = /^(?<fence>`{3,})(?<tag>[^\s`]*)[^\n`]*\n(?<text>[\s\S]*?)^\k<fence>[ \t]*$/;

function blocks(content: string): AttachedCode[] {
  return Array.from(content.matchAll(new RegExp(block.source, 'gm')), ({ groups, index }) => {
    const above = content.slice(0, index).trimEnd().split('\n').at(-1) ?? '';
    const label = /^`.*:$/.test(above) ? above.slice(0, -1) : '';
    return { ...readCode(groups?.['text']?.replace(/\n$/, '') ?? '', languageOf(groups?.['tag'] ?? '')), label };
  });
}
