import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { notices } from '../../notices.js';

describe('THIRD-PARTY-NOTICES', () => {
  it('holds the licences of what is bundled (`node notices.js` brings it up to date)', async () => {
    const committed = await readFile(new URL('../../THIRD-PARTY-NOTICES', import.meta.url), 'utf8');
    assert.equal(committed, await notices());
  });

  it('names the parsers that packages bring as WebAssembly', async () => {
    const text = await notices();
    assert.match(text, /^llhttp \(MIT\)[^]*Copyright Fedor Indutny/m);
    assert.match(text, /^Oniguruma LICENSE[^]*K\.Kosako/m);
  });
});
