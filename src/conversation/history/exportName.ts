/** Device names that Windows reserves, whatever follows their first dot. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/** A file name, without extension, for a chat's title, valid on every file system. */
export function exportName(title: string): string {
  const words = title.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '');
  const name = Array.from(words).slice(0, 60).join('');
  return name === '' || reserved.test(name) ? `chat${name && '-'}${name}` : name;
}
