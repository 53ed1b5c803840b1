import assert from 'node:assert/strict';
import { planFor, type Facts } from '../../workbench/windows/installWine.ts';

const debian: Facts = {
  platform: 'linux',
  arch: 'x64',
  named: undefined,
  exists: () => false,
  folders: ['/usr/local/bin', '/usr/bin'],
  canInstall: true,
};

describe('the Wine that shows Windows', () => {
  it('is the one that is there, or that the environment names', () => {
    const exists = (path: string) => ['/usr/bin/wine', '/opt/wine'].includes(path);
    assert.deepEqual(planFor({ ...debian, exists }), { kind: 'found', wine: '/usr/bin/wine' });
    assert.deepEqual(planFor({ ...debian, exists, canInstall: false }), { kind: 'found', wine: '/usr/bin/wine' });
    assert.deepEqual(planFor({ ...debian, exists, named: '/opt/wine' }), { kind: 'found', wine: '/opt/wine' });
  });

  it('is installed where it is missing and may be', () => {
    assert.deepEqual(planFor(debian), { kind: 'install' });
  });

  it('cannot be had elsewhere, for a reason that is told', () => {
    for (const [facts, reason] of [
      [{ ...debian, canInstall: false }, /there is no Wine\. Install it/],
      [{ ...debian, named: '/gone/wine' }, /WINE names \/gone\/wine, which does not exist/],
      [{ ...debian, arch: 'arm64' }, /this machine is arm64/],
      [{ ...debian, platform: 'win32' }, /this is Windows itself/],
    ] as const) {
      const plan = planFor(facts);
      assert.ok(plan.kind === 'none');
      assert.match(plan.reason, reason);
    }
  });
});
