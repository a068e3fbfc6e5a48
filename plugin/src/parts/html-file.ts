/** Something of the page as a file of its own: with its looks inside, and nothing that runs or is fetched. */

/** @param css its looks; @param language of what is in it */
export function htmlFile(element: HTMLElement, title: string, language: string, css: string): string {
  const page = document.implementation.createHTMLDocument(title)
  page.documentElement.lang = language
  const meta = (attributes: { readonly [name: string]: string }): void => {
    const one = page.createElement('meta')
    for (const [name, value] of Object.entries(attributes)) one.setAttribute(name, value)
    page.head.prepend(one)
  }
  meta({ name: 'viewport', content: 'width=device-width, initial-scale=1' })
  meta({ charset: 'utf-8' })
  const style = page.createElement('style')
  style.textContent = css
  page.head.append(style)
  const copy = page.importNode(element, true)
  for (const one of [copy, ...copy.querySelectorAll('*')])
    for (const name of one.getAttributeNames()) if (name.startsWith('data-v-')) one.removeAttribute(name)
  // What the framework has left behind between the words.
  const comments = page.createTreeWalker(copy, NodeFilter.SHOW_COMMENT)
  const found: Node[] = []
  while (comments.nextNode()) found.push(comments.currentNode)
  for (const comment of found) comment.parentNode?.removeChild(comment)
  page.body.append(copy)
  return `<!doctype html>\n${page.documentElement.outerHTML}\n`
}
