import type { Pattern } from './patterns.ts';
import type { Pump } from './growth.ts';
import { pumpsOf } from './pumps.ts';
import { htmlTitle } from '../../src/api/html.ts';
import { answerMarkdown, unlinkedText } from '../../src/conversation/citationLinks.ts';
import { Continuation } from '../../src/conversation/continuation.ts';
import { noAnswer } from '../../src/conversation/answer.ts';
import { LanguageNames } from '../../src/languages/languageNames.ts';
import { shellCommand } from '../../src/prompt/shellCommand.ts';
import { PartialReply } from '../../src/reply/partial.ts';
import { readReply } from '../../src/reply/reply.ts';
import type { ReplyTarget } from '../../src/reply/target.ts';
import { BlockSplitter, type Block } from '../../src/webview/markdown/blocks.ts';
import { HtmlRenderer } from '../../src/webview/markdown/html.ts';
import { loadLibraries } from '../../src/webview/markdown/loadLibraries.ts';
import { settle, settleCode } from '../../src/webview/markdown/tail.ts';

await loadLibraries();

/** What reads a text of strangers. */
export interface Reader {
  readonly name: string;
  /** The part of src/ whose patterns say what it looks for. */
  readonly room: string;
  /** Texts that bring others to where it looks: `…` is the text. */
  readonly frames: readonly string[];
  readonly read: (text: string) => unknown;
}

const languages = ['python', 'typescript', 'html', 'markdown', 'plaintext', 'latex', 'yaml'];
const sources = [{ url: 'https://a.example/1' }, { url: 'https://a.example/2', title: 'Two' }];

export const readers: readonly Reader[] = [
  ...languages.map((languageId) => ({
    name: `a reply for ${languageId}`,
    room: 'src/reply/',
    frames: ['…', '```\n…\n```\n', '```\nfirst = 1\n// …\n```\n'],
    read: (text: string) => readReply(text, 'stop', targetOf(languageId)),
  })),
  {
    name: 'a reply that streams',
    room: 'src/reply/',
    frames: ['```\nfirst = 0\n…'],
    read: (text) => {
      const partial = new PartialReply(targetOf('markdown'));
      for (let at = 0; at < text.length; at += 512) partial.push(text.slice(at, at + 512));
    },
  },
  { name: 'an error page', room: 'src/api/', frames: ['<html>…', '<html><title>…'], read: htmlTitle },
  {
    name: 'an answer that is copied',
    room: 'src/conversation/',
    frames: ['…'],
    read: (text) => unlinkedText(answerMarkdown({ text, citations: sources })),
  },
  {
    name: 'an answer that goes on',
    room: 'src/prompt/',
    frames: ['…'],
    read: (text) => {
      const continuation = new Continuation({ ...noAnswer, text: 'Two sources [1] say so, and' });
      for (let at = 0; at < text.length; at += 512) continuation.take({ type: 'text', text: text.slice(at, at + 512) });
      continuation.take({ type: 'citations', citations: sources });
      return [continuation.rest(), continuation.continued];
    },
  },
  { name: 'a command', room: 'src/prompt/', frames: ['…'], read: (text) => shellCommand(text, 'posix') },
  {
    name: 'the name of a language',
    room: 'src/languages/',
    frames: ['…'],
    read: (text) => new LanguageNames([]).candidates(text),
  },
  { name: 'the open end of an answer', room: 'src/webview/', frames: ['…', 'Two | three\n…'], read: settle },
  { name: 'an answer', room: 'src/webview/', frames: ['…', '- …', '> …', '| a |\n| - |\n| …'], read: shown },
];

function targetOf(languageId: string): ReplyTarget {
  const selection = 'first = 1\nsecond = 2\n';
  const document = `before = 0\n${selection}after = 3\n`;
  return { document, start: 11, end: 11 + selection.length, languageId, eol: '\n', insertSpaces: true, tabSize: 4 };
}

/** The HTML of an answer, and of its open end where it stops. */
function shown(text: string): string {
  const splitter = new BlockSplitter();
  const renderer = new HtmlRenderer(() => sources);
  const html = (block: Block, final: boolean): string => {
    if (block.kind === 'code') return '';
    const markdown = final ? block.text : (block.endsInCode ? settleCode : settle)(block.text);
    return renderer.render(markdown, final).html;
  };
  splitter.push(text);
  const open = splitter.tail().map((block) => html(block, false));
  splitter.end();
  return [...open, ...splitter.finished.map((block) => html(block, true))].join('');
}

/** Texts that lead a reader to what it looks for, made of the patterns of its room, each in each of its frames. */
export function pumpsFor({ room, frames }: Reader, patterns: readonly Pattern[]): readonly Pump[] {
  const own = patterns.filter(({ place }) => place.startsWith(room));
  const pumps = own.flatMap(({ regex }) => (regex ? pumpsOf(regex) : []));
  const distinct = new Map(pumps.map((pump) => [JSON.stringify([pump.unit, pump.end]), pump]));
  return frames.flatMap((frame) => [...distinct.values()].map((pump) => framed(pump, frame)));
}

/** The text in the frame. */
export function framed({ start, unit, end }: Pump, frame: string): Pump {
  const [before = '', after = ''] = frame.split('…');
  return { start: before + start, unit, end: end + after };
}
