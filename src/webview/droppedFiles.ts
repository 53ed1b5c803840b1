/** VS Code's own list has all dragged files; the standard one only the first. */
const types = ['application/vnd.code.uri-list', 'text/uri-list'];

/** Whether files are dragged, from VS Code or another program. */
export function dragsFiles({ types: dragged }: DataTransfer): boolean {
  return [...types, 'Files'].some((type) => dragged.includes(type));
}

/** The URIs of dropped files; web links aren't files. */
export function droppedUris(data: DataTransfer): readonly string[] {
  const list = types.map((type) => data.getData(type)).find((text) => text !== '') ?? '';
  return list.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#') && !/^https?:/i.test(line));
}
