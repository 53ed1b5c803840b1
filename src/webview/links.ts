import { post } from './host.ts';

/** Lets no link navigate: http(s) links are opened by the host, whichever button or key is used. */
export function openLinksInHost(): void {
  for (const event of ['click', 'auxclick'] as const) {
    document.addEventListener(event, open, { capture: true });
  }
}

function open(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link) return;
  event.preventDefault();
  // The workbench has a listener of its own, that would open the link once more.
  event.stopPropagation();
  const isSecondary = event.button === 2;
  if (!isSecondary && /^https?:$/.test(link.protocol)) post({ type: 'openLink', url: link.href });
}
