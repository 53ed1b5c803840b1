/** What Askance uses of undici; a module of its own because a CommonJS package gives `import()` no names once bundled. */
export { Agent, Client } from 'undici';
