import temml from 'temml';

/** Renders TeX as a `math` element; undefined if it is invalid. */
export type Typeset = (tex: string, display: boolean) => Element | undefined;

/** Loaded with the first formula: it is as large as the rest of the page. */
export const typeset: Typeset = (tex, display) => {
  const root = document.createElement('div');
  try {
    temml.render(tex, root, {
      displayMode: display,
      throwOnError: true,
      trust: false,
      // In em: enough for a rule or a space, too little to cover the page.
      maxSize: [20, 20],
      maxExpand: 200,
    });
    return root.firstElementChild ?? undefined;
  } catch {
    return undefined;
  }
};
