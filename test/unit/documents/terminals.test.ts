import assert from 'node:assert/strict';
import { ended, env, FakeTerminal, started, window } from './fakeVsCode.ts';
import './vsCode.ts';

const { Terminals } = await import('../../../src/documents/terminals.ts');

describe('a command for the terminal', () => {
  let terminals: InstanceType<typeof Terminals>;
  let active: FakeTerminal;
  const before = window.activeTerminal;

  beforeEach(() => {
    terminals = new Terminals();
    active = new FakeTerminal();
    active.shellIntegration = {};
    window.activeTerminal = active;
  });
  afterEach(() => {
    terminals.dispose();
    window.activeTerminal = before;
  });

  it('is typed, not run, where a shell was seen to wait', async () => {
    ended.fire({ terminal: active });
    await terminals.type(() => 'ls');
    assert.deepEqual(active.typed, ['ls']);
  });

  it('is written for the shell that waits, or that new terminals have where it is not known', async () => {
    ended.fire({ terminal: active });
    active.state.shell = 'pwsh';
    await terminals.type((shell) => shell);
    active.state.shell = undefined;
    await terminals.type((shell) => shell);
    env.shell = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe';
    await terminals.type((shell) => shell);
    env.shell = '/bin/zsh';
    assert.deepEqual(active.typed, ['pwsh', 'zsh', 'powershell']);
  });

  it('goes into a new terminal where a program runs', async () => {
    ended.fire({ terminal: active });
    started.fire({ terminal: active });
    await terminals.type(() => 'ls');
    assert.deepEqual(active.typed, []);
    assert.deepEqual(window.activeTerminal?.typed, ['ls']);
  });

  it('goes into a new terminal where a program may have run before Askance did', async () => {
    await terminals.type(() => 'ls');
    assert.deepEqual(active.typed, []);
  });

  it('goes into a new terminal where the shell cannot say whether it waits', async () => {
    ended.fire({ terminal: active });
    active.shellIntegration = undefined;
    await terminals.type(() => 'ls');
    assert.deepEqual(active.typed, []);
  });

  it('goes into the terminal that was made for the last one, while nothing runs there', async () => {
    await terminals.type(() => 'ls');
    const made: FakeTerminal | undefined = window.activeTerminal;
    await terminals.type(() => 'pwd');
    assert.deepEqual(made?.typed, ['ls', 'pwd']);
  });
});
