/** A leaflet as a file for a website: what is on the page, with its looks inside, and nothing that runs or is fetched. */
import css from './leaflet.css?inline'

export function leafletFile(element: HTMLElement, title: string, language: string): string {
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
  style.textContent = `${css}\nbody { max-width: 210mm; margin: 0 auto; padding: 20px; }\nbody:has(.beside) { max-width: 400mm; }\n@page { size: A4; margin: 16mm; }\n@media print { body { max-width: none; padding: 0; } }\n`
  page.head.append(style)
  const copy = page.importNode(element, true)
  copy.classList.remove('paper')
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
