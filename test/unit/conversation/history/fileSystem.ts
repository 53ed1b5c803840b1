import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

type Refusable = 'rename' | 'open' | 'link';

/** Lets a function of the file system fail as it would on other machines. @returns what ends that. */
export function refuse(name: Refusable, code: string, isRefused: (path: string, call: number) => boolean): () => void {
  const original = fs[name] as (...values: readonly unknown[]) => Promise<unknown>;
  let calls = 0;
  const refusing = async (...values: readonly unknown[]): Promise<unknown> => {
    calls += 1;
    if (isRefused(String(values[0]), calls)) throw Object.assign(new Error(`${code}: refused`), { code });
    return original(...values);
  };
  Object.assign(fs, { [name]: refusing });
  syncBuiltinESMExports();
  return () => {
    Object.assign(fs, { [name]: original });
    syncBuiltinESMExports();
  };
}

/** Lets code believe that it runs on this platform. @returns what ends that. */
export function onPlatform(platform: NodeJS.Platform): () => void {
  const original = process.platform;
  Object.defineProperty(process, 'platform', { value: platform });
  return () => void Object.defineProperty(process, 'platform', { value: original });
}
