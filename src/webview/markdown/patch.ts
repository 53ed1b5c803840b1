import { continueCodeBlock } from './codeBlock.ts';

/**
 * Updates the children of `element` to those of `next` and keeps every unchanged node, so that selection, focus and
 * scroll positions survive.
 */
export function patchChildren(element: Node, next: Node): void {
  let present = element.firstChild;
  for (let wanted = next.firstChild; wanted;) {
    const following = wanted.nextSibling;
    if (!present) {
      element.appendChild(wanted);
    } else {
      const after: ChildNode | null = present.nextSibling;
      if (!patch(present, wanted)) element.replaceChild(wanted, present);
      present = after;
    }
    wanted = following;
  }
  while (present) {
    const after: ChildNode | null = present.nextSibling;
    element.removeChild(present);
    present = after;
  }
}

/** Whether `present` could be updated to `wanted`. */
function patch(present: Node, wanted: Node): boolean {
  if (continueCodeBlock(present, wanted) || present.isEqualNode(wanted)) return true;
  if (present instanceof Text && wanted instanceof Text) {
    if (wanted.data.startsWith(present.data)) present.appendData(wanted.data.slice(present.length));
    else present.data = wanted.data;
    return true;
  }
  if (!(present instanceof Element && wanted instanceof Element && sameTag(present, wanted))) return false;
  patchChildren(present, wanted);
  return true;
}

function sameTag(present: Element, wanted: Element): boolean {
  return present.cloneNode(false).isEqualNode(wanted.cloneNode(false));
}
