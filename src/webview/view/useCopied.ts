import { useState } from 'preact/hooks';

/** Milliseconds for which a button says that it has copied. */
const copiedFor = 1500;

/** Whether something was copied a moment ago, and what to call when it is. */
export function useCopied(): readonly [copied: boolean, confirm: () => void] {
  const [copied, setCopied] = useState(false);
  const confirm = () => {
    setCopied(true);
    setTimeout(() => setCopied(false), copiedFor);
  };
  return [copied, confirm];
}
