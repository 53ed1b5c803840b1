// Loaded first into each Node under Wine: what Windows has, and Wine or the npm registry has not.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { Socket } from 'node:net';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where what Node 22 can run of the project's modules is; undefined: they are not to be run. */
const built = process.env['ASKANCE_BUILT'];
const project = join(import.meta.dirname, '..', '..', '..');

// Wine 8 refuses a keep-alive time before the connection is made, which is when undici sets one.
Socket.prototype.setKeepAlive = function () {
  return this;
};

registerHooks({
  load(url, context, next) {
    // Its compiled part is not on npm.
    if (url.endsWith('/@vscode/windows-registry/dist/index.js')) {
      const source = 'exports.GetStringRegKey = exports.GetDWORDRegKey = () => undefined;';
      return { format: 'commonjs', source, shortCircuit: true };
    }
    if (built && url.startsWith('file:') && url.endsWith('.ts')) {
      const file = join(built, relative(project, fileURLToPath(url)).replace(/ts$/, 'js'));
      return { format: 'module', source: readFileSync(file, 'utf8'), shortCircuit: true };
    }
    return next(url, context);
  },
});
