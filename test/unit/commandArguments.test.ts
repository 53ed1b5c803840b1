import assert from 'node:assert/strict';
import { inputs } from './documents/fakeVsCode.ts';
import './documents/vsCode.ts';

const { actionArgument, askArgument, replaceArgument } = await import('../../src/commandArguments.ts');

const unseen = { question: 'Why?', send: true };
const edit = { instruction: 'Rename it.', keep: true, connection: 'Mine' };

describe('the argument of a command', () => {
  afterEach(() => inputs.clear());

  it('of a keybinding may ask and write at once', () => {
    assert.deepEqual(askArgument(unseen), unseen);
    assert.deepEqual(replaceArgument(edit), edit);
    assert.deepEqual(actionArgument('docstring'), { id: 'docstring' });
  });

  it('holds nothing else', () => {
    const other = { captured: [], context: [], keep: 'yes', send: 1, extra: true };
    assert.deepEqual(askArgument({ ...other, question: 5 }), {});
    assert.deepEqual(replaceArgument(other), {});
    assert.deepEqual(replaceArgument(null), {});
    assert.deepEqual(actionArgument({ id: 5, uri: 'file:///x', range: [] }), {});
  });

  for (const [what, input] of [
    ['an input of a task', { type: 'command', command: 'askance.replaceSelection', args: edit }],
    [
      'an input that runs several commands',
      {
        type: 'command',
        command: 'runCommands',
        args: { commands: [{ command: 'askance.askAboutSelection', args: unseen }] },
      },
    ],
  ] as const)
    for (const section of ['tasks', 'launch', 'mcp'])
      it(`may neither send nor write where ${what} of the workspace calls Askance (${section})`, () => {
        inputs.set(section, [
          { id: 'other', type: 'promptString' },
          { id: 'x', ...input },
        ]);
        assert.deepEqual(askArgument(unseen), { question: 'Why?' });
        assert.deepEqual(replaceArgument(edit), {});
        assert.deepEqual(replaceArgument({ keep: true }), {});
        assert.deepEqual(actionArgument('docstring'), {});
        assert.deepEqual(actionArgument({ id: 'docstring' }), {});
      });

  it('is as free as before where the workspace has inputs of its own', () => {
    inputs.set('tasks', [{ id: 'x', type: 'command', command: 'extension.pick', args: { default: 'askance' } }]);
    assert.deepEqual(askArgument(unseen), unseen);
  });
});
