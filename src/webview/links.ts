import { post } from './host.ts';

/** Prevents navigation: http(s) links are opened by the host, for any button or key. */
export function openLinksInHost(): void {
  for (const event of ['click', 'auxclick'] as const) {
    document.addEventListener(event, open, { capture: true });
  }
}

function open(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link) return;
  event.preventDefault();
  // The workbench has its own listener, which would open the link again.
  event.stopPropagation();
  const isSecondary = event.button === 2;
  if (!isSecondary && /^https?:$/.test(link.protocol)) post({ type: 'openLink', url: link.href });
}
