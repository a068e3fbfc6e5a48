/** Rich text drawn, wherever it comes from: an open document, or the JSON of a version. Nothing but what we know is drawn. */
import { h, type FunctionalComponent, type VNode } from 'vue'
import type { RichNode, RichText } from '@auzolan/shared/schema/fields.ts'
import { linkAddress } from './link-address.ts'

const TAGS: { readonly [node: string]: string } = {
  paragraph: 'p',
  bulletList: 'ul',
  orderedList: 'ol',
  listItem: 'li',
  hardBreak: 'br',
}

function draw(node: RichNode): VNode | string {
  if (node.type !== 'text') {
    const tag = Object.hasOwn(TAGS, node.type) ? TAGS[node.type]! : 'div'
    // Each paragraph runs in the direction of its own words.
    return h(tag, tag === 'br' ? {} : { dir: 'auto' }, (node.content ?? []).map(draw))
  }
  let drawn: VNode | string = node.text ?? ''
  for (const mark of node.marks ?? []) {
    const address = mark.type === 'link' ? linkAddress(String(mark.attrs?.['href'] ?? '')) : null
    if (mark.type === 'bold') drawn = h('strong', [drawn])
    else if (mark.type === 'italic') drawn = h('em', [drawn])
    else if (address !== null) drawn = h('a', { href: address, rel: 'noopener noreferrer nofollow' }, [drawn])
  }
  return drawn
}

export const RichWords: FunctionalComponent<{ text: RichText }> = ({ text }) =>
  text.map((node) => h('div', [draw(node)]))
RichWords.props = ['text']
