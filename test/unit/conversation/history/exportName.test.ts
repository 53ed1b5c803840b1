import assert from 'node:assert/strict';
import { exportName } from '../../../../src/conversation/history/exportName.ts';

describe('the file name of a chat', () => {
  it('consists of the words of its title', () => {
    assert.equal(exportName('What is `a/b`: a path?'), 'What-is-a-b-a-path');
    assert.equal(exportName('Größe & Maß'), 'Größe-Maß');
    assert.equal(exportName('?!'), 'chat');
  });

  it('is no Windows device name', () => {
    assert.deepEqual(['Con?', 'NUL', 'com1', 'Console'].map(exportName), [
      'chat-Con',
      'chat-NUL',
      'chat-com1',
      'Console',
    ]);
  });

  it('is limited in length and never splits a character', () => {
    assert.equal(exportName('a'.repeat(100)).length, 60);
    assert.ok(exportName('𠮷'.repeat(100)).isWellFormed());
  });
});
