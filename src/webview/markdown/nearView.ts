/** How far outside the viewport counts as near, so that content is ready before it is visible. */
const margin = '800px 0px';

type Listener = (near: boolean) => void;

const listeners = new WeakMap<Element, Listener>();
const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) listeners.get(target)?.(isIntersecting);
  },
  { root: document, rootMargin: margin, scrollMargin: margin },
);

/** Reports after layout whether an element is near the viewport: first soon, then on every change. */
export function watchNearView(element: Element, listener: Listener): void {
  listeners.set(element, listener);
  observer.observe(element);
}
