/** VS Code's own list holds all that is dragged; the standard one holds the first of it. */
const types = ['application/vnd.code.uri-list', 'text/uri-list'];

/** Whether files are dragged, by VS Code or by another program. */
export function dragsFiles({ types: dragged }: DataTransfer): boolean {
  return [...types, 'Files'].some((type) => dragged.includes(type));
}

/** The URIs of what was dropped; links into the web are none of files. */
export function droppedUris(data: DataTransfer): readonly string[] {
  const list = types.map((type) => data.getData(type)).find((text) => text !== '') ?? '';
  return list.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#') && !/^https?:/i.test(line));
}
