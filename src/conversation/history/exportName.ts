/** Names that Windows keeps for devices, whatever follows their first dot. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/** A name for a file of the chat with this title, without its ending, that every file system takes. */
export function exportName(title: string): string {
  const words = title.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '');
  const name = [...words].slice(0, 60).join('');
  return name === '' || reserved.test(name) ? `chat${name && '-'}${name}` : name;
}
