type Attributes = Record<string, string | number | boolean | null | undefined>;
type Child = Node | string | null | undefined | false;

/** Makes one element; text is always text, never markup. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== null && value !== undefined && value !== false)
      element.setAttribute(name, value === true ? '' : String(value));
  element.append(...children.filter((child): child is Node | string => !!child));
  return element;
}

/** Puts these in place of everything the page has shown so far, and names the page as they are headed. */
export function show(...children: Child[]): void {
  const page = document.getElementById('page');
  page?.replaceChildren(...children.filter((child): child is Node | string => !!child));
  document.title = page?.querySelector('h1')?.textContent || document.title;
}

/** An SVG text of ours as a picture: nothing in it can run. */
export function picture(svg: string, alt: string): HTMLImageElement {
  return make('img', { src: `data:image/svg+xml,${encodeURIComponent(svg)}`, alt });
}
