import assert from 'node:assert/strict';
import { clipboard, commandEffects, user } from '../documents/fakeVsCode.ts';
import '../documents/vsCode.ts';

const { captureTerminalSelection } = await import('../../../src/context/terminalSelection.ts');

describe('the selection of the terminal', () => {
  let selected: string;
  beforeEach(() => {
    selected = '$ make\n';
    commandEffects.set('workbench.action.terminal.copySelection', () => {
      if (selected !== '') clipboard.content = selected;
    });
  });
  afterEach(() => {
    commandEffects.clear();
    user.presses = undefined;
    clipboard.content = '';
  });

  it('leaves the text on the clipboard as it was', async () => {
    clipboard.content = 'mine';
    assert.equal((await captureTerminalSelection()).text, '$ make\n');
    assert.equal(clipboard.content, 'mine');
    selected = '';
    await assert.rejects(captureTerminalSelection(), /any text from the terminal/);
    assert.equal(clipboard.content, 'mine');
  });

  it('leaves a picture on the clipboard unless the user agrees', async () => {
    clipboard.content = undefined;
    await assert.rejects(captureTerminalSelection(), /wasn't attached/);
    assert.equal(clipboard.content, undefined);
    user.presses = 'Copy selection';
    assert.equal((await captureTerminalSelection()).text, '$ make\n');
    assert.equal(clipboard.content, '$ make\n', 'it is never emptied');
  });

  it('leaves a picture on the clipboard where nothing is selected', async () => {
    clipboard.content = undefined;
    selected = '';
    user.presses = 'Copy selection';
    await assert.rejects(captureTerminalSelection(), /any text from the terminal/);
    assert.equal(clipboard.content, undefined);
  });
});
