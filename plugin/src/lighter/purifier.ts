/**
 * For libraries that clean only their own words and icons. Words without markup are left as they are; a drawing keeps what
 * draws and nothing that acts, loads or links. Whatever cleans what people or servers wrote has the real DOMPurify.
 */
const DRAWS = 'svg g path rect circle ellipse line polygon polyline title desc defs clippath mask'.split(' ')
const SAYS_HOW =
  /^(xmlns|viewbox|width|height|x|y|x[12]|y[12]|r|rx|ry|cx|cy|d|points|transform|opacity|fill|fill-\w+|stroke|stroke-\w+|clip-\w+|class|id|role|aria-\w+)$/

function sanitize(text: string): string {
  if (!text.includes('<')) return text
  const drawing = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement
  const isDrawing = drawing.localName === 'svg' && !drawing.querySelector('parsererror')
  if (!isDrawing) return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  clean(drawing)
  return drawing.outerHTML
}

function clean(element: Element): void {
  for (const { name, value } of [...element.attributes])
    if (!SAYS_HOW.test(name.toLowerCase()) || /\\|url\s*\(\s*(?!['"]?#)/i.test(value))
      element.removeAttribute(name)
  for (const child of [...element.children])
    if (DRAWS.includes(child.localName.toLowerCase())) clean(child)
    else child.remove()
}

export const purifier = { sanitize }
