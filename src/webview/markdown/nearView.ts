/** How far out of sight something may be to count as near, so that it is ready before it is seen. */
const margin = '800px 0px';

type Listener = (near: boolean) => void;

const listeners = new WeakMap<Element, Listener>();
const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) listeners.get(target)?.(isIntersecting);
  },
  { root: document, rootMargin: margin, scrollMargin: margin },
);

/** Tells after layout whether an element is near what is seen, first soon, then whenever that changes. */
export function watchNearView(element: Element, listener: Listener): void {
  listeners.set(element, listener);
  observer.observe(element);
}
