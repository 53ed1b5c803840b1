import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { VisibleText } from './visibleText.ts';

const answers = new URL('../answers/', import.meta.url);
const citations = ['a', 'b', 'c'].map((name, place) => ({
  url: `https://${name}.example.com/`,
  mark: String(place + 1),
}));

describe('half-written Markdown', () => {
  for (const name of readdirSync(answers)) {
    it(`shows of every beginning of ${name} only what the whole answer shows`, () => {
      const markdown = readFileSync(new URL(name, answers), 'utf8');
      const complete = new VisibleText(citations);
      complete.push(markdown);
      const whole = complete.end();
      const growing = new VisibleText(citations);
      for (const [index, character] of Array.from(markdown).entries()) {
        const seen = growing.push(character);
        assert.ok(
          whole.startsWith(seen),
          `after ${JSON.stringify(markdown.slice(Math.max(0, index - 60), index + 1))} stands ${JSON.stringify(seen.slice(-60))}`,
        );
      }
    });
  }
});
