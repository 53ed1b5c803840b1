// Runs first in every script: says what to do where the project's own Node is missing.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  console.error(
    `Askance is built and tested on Node 24, and this is Node ${process.versions.node}. ` +
      'Run the script through npm (npm start, npm test): `npm ci` brings Node 24 into node_modules/.bin. ' +
      'If you did, its install script was blocked: run `npm rebuild node` and try again.',
  );
  process.exit(1);
}
