/** Makes elements of text, never of markup: what a file says must not become a part of the page. */
type Attributes = { readonly [name: string]: string }

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children)
  return made
}

/** A list of terms and what they are. */
export const terms = (pairs: readonly (readonly [string, Node | string])[]): HTMLElement =>
  element(
    'dl',
    {},
    ...pairs.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value))),
  )

/** Hex in groups of eight, which an eye can compare. */
export const grouped = (hex: string): HTMLElement =>
  element(
    'code',
    {},
    hex.replace(/.{8}(?=.)/g, (eight) => `${eight} `),
  )
