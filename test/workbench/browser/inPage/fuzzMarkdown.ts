// Runs in a browser: shows generated Markdown, cut in pieces and at once, and tells the first seed for which they differ.
import { AnswerBody } from '../../../../src/webview/markdown/answerBody.ts';
import { loadLibraries } from '../../../../src/webview/markdown/loadLibraries.ts';
import { Random } from '../../../fuzz/random.ts';
import { cutText } from '../../../fuzz/pieces.ts';

const sources = [{ url: 'https://a.example/', title: 'A' }, { url: 'javascript:alert(1)' }, { url: '' }];

/** @returns what does not hold, with its seed; nothing when all holds. */
export function fuzzMarkdown(from: number, count: number): string | undefined {
  for (let seed = from; seed < from + count; seed += 1) {
    const random = new Random(seed);
    const markdown = Array.from({ length: 1 + random.below(25) }, () => fragment(random)).join('');
    try {
      const whole = shown([markdown]);
      const pieces = shown(cutText(markdown, random, random.pick([1, 5, 40])));
      if (pieces !== whole) return `seed ${seed}: ${JSON.stringify(markdown)}\n${whole}\n${pieces}`;
    } catch (error) {
      return `seed ${seed}: ${JSON.stringify(markdown)}\n${error instanceof Error ? error.stack : String(error)}`;
    }
  }
  return undefined;
}

Object.assign(globalThis, { fuzzMarkdown, ready: loadLibraries() });

/** The HTML of an answer that came in these pieces; throws where it holds what could do harm. */
function shown(pieces: readonly string[]): string {
  const body = new AnswerBody({ t: (text) => text, toolbar: () => null });
  document.body.replaceChildren(body.element);
  let text = '';
  for (const piece of pieces) {
    text += piece;
    body.update(text, sources, false);
    assertHarmless(body.element);
  }
  body.update(text, sources, true);
  assertHarmless(body.element);
  body.dispose();
  return body.element.innerHTML;
}

function assertHarmless(element: HTMLElement): void {
  const harmful = element.querySelector(
    'script, style, img, iframe, object, embed, form, link, meta, base, video, audio, [srcset], [style*="url"]',
  );
  if (harmful) throw new Error(`There is ${harmful.outerHTML}`);
  for (const each of element.querySelectorAll('*')) {
    for (const { name } of each.attributes) if (name.startsWith('on')) throw new Error(`There is ${name}`);
    const target = each.getAttribute('href');
    if (
      target !== null &&
      !/^https?:/i.test(target) &&
      each.hasAttribute('href') &&
      /^\s*(?:javascript|data|vbscript|file|command):/i.test(target)
    ) {
      throw new Error(`A link leads to ${target}`);
    }
  }
}

function fragment(random: Random): string {
  return random.pick([
    'words ',
    'and more',
    '\n',
    '\n\n',
    '\r\n',
    '# Title\n',
    '- item\n',
    '  - deeper\n',
    '1. one\n',
    '10. ten\n',
    '> quoted\n',
    '> ',
    '```ts\n',
    '```\n',
    '~~~\n',
    '    code\n',
    '`code`',
    '``',
    '*',
    '**',
    '_',
    '~~',
    '[',
    ']',
    '(',
    ')',
    '[1]',
    '[2][3]',
    '[a](https://a.example/x)',
    '[b](javascript:alert(1))',
    '![c](https://a.example/c.png)',
    '[d]: https://a.example/d\n',
    '[d]',
    '[^n]',
    '[^m]',
    '[^n]: note\n',
    '| a | b |\n',
    '|---|---|\n',
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<b>bold</b>',
    '<!--',
    '-->',
    '<a href="javascript:x">',
    '&lt;',
    '&',
    '\\',
    '---\n',
    '***\n',
    '===\n',
    '$x^2$',
    '$$\n',
    '\\(',
    '\\)',
    '\u202e',
    '\u0000',
    '🙂',
    '漢字',
    'https://a.example/y ',
    '<https://a.example/z>',
    '- [x] done\n',
    '\t',
  ]);
}
