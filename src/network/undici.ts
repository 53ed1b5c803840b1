/**
 * The parts of undici that Askance uses. A separate module because a bundled CommonJS package has no named exports for
 * `import()`.
 */
export { Agent, Client } from 'undici';
