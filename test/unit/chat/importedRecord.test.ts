import assert from 'node:assert/strict';
import { disk, FakeUri } from '../documents/fakeVsCode.ts';
import '../documents/vsCode.ts';
import type { Attachment } from '../../../src/prompt/context.ts';
import { answered } from '../conversation/history/records.ts';

const { importedRecord } = await import('../../../src/chat/importedRecord.ts');

describe('a chat that is imported', () => {
  beforeEach(() => (disk.folder = new FakeUri('/ws')));
  afterEach(() => (disk.folder = undefined));

  /** What is left of an attachment's place. */
  function placeOf(uri: string | undefined, path: string): readonly [uri: string | undefined, path: string] {
    const attachment: Attachment = {
      id: 'a',
      kind: 'code',
      ...(uri !== undefined && { uri }),
      path,
      description: '',
      languageId: '',
      text: 'x',
      startLine: 1,
      endLine: 1,
      replaceable: true,
    };
    const turn = { id: 't', asked: 1, question: '?', attachments: [attachment], answer: answered('') };
    const [imported] = importedRecord({ askance: 1, id: 'a', created: 1, turns: [turn], chosen: {} }).turns;
    const place = imported?.attachments[0];
    return [place?.uri, place?.path ?? ''];
  }

  it('leads to no file outside of the workspace', () => {
    for (const uri of [
      'file:///home/me/.bashrc',
      'file:///ws/../home/me/.bashrc',
      'file:///ws/src/../../home/me/.bashrc',
      'file:///wsx/a.py',
      'vscode-userdata:/User/settings.json',
      'untitled:Untitled-1',
      'nonsense',
      'file://server/share/a.py',
    ]) {
      assert.deepEqual(placeOf(uri, 'src/greet.py'), [undefined, 'src/greet.py'], uri);
    }
  });

  it('calls files of the workspace what they are', () => {
    assert.deepEqual(placeOf('file:///ws/secret.py', 'src/greet.py'), ['file:///ws/secret.py', '/ws/secret.py']);
    assert.deepEqual(placeOf('file:///ws/a/../b.py', 'b.py'), ['file:///ws/b.py', '/ws/b.py']);
    assert.deepEqual(placeOf(undefined, 'Terminal'), [undefined, 'Terminal']);
  });
});
