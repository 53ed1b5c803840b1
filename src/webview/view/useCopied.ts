import { useState } from 'preact/hooks';

/** Milliseconds for which a button shows that it has copied. */
const copiedFor = 1500;

/** Whether something was just copied, and a function to call after copying. */
export function useCopied(): readonly [copied: boolean, confirm: () => void] {
  const [copied, setCopied] = useState(false);
  const confirm = () => {
    setCopied(true);
    setTimeout(() => setCopied(false), copiedFor);
  };
  return [copied, confirm];
}
