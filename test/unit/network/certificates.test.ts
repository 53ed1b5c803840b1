import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { rootCertificates } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { privateAuthority } from './localServer.ts';

describe('trustedCertificates', () => {
  it('contains those of Node, NODE_EXTRA_CA_CERTS and the system without duplicates, read once', async () => {
    const script = `
      import { getCACertificates } from 'node:tls';
      const { trustedCertificates } = await import(${JSON.stringify(import.meta.resolve('../../../src/network/certificates.ts'))});
      const [first, second] = await Promise.all([trustedCertificates(), trustedCertificates()]);
      const system = getCACertificates('system');
      console.log(JSON.stringify({ first, system, same: first === second }));`;
    const file = fileURLToPath(new URL('certificates/test-authority.pem', import.meta.url));
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: file };
    const options = { env, maxBuffer: 8 * 1024 * 1024 };
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], options);
    const { first, system, same }: { first: string[]; system: string[]; same: boolean } = JSON.parse(stdout);
    const known = new Set(first.map((certificate) => certificate.trim()));
    for (const root of [...rootCertificates, ...system]) assert.ok(known.has(root.trim()));
    assert.ok(known.has(privateAuthority().trim()));
    assert.equal(known.size, first.length);
    assert.ok(same);
  });
});
