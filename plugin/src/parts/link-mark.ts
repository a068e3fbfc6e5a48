/**
 * Links in rich text. Tiptap's own extension brings a link recogniser that weighs as much as our whole first
 * screen; ours keeps what was set and lets nothing through but web and mail addresses.
 */
import { Mark, mergeAttributes } from '@tiptap/core'
import { linkAddress } from './link-address.ts'

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    link: {
      setLink: (address: string) => ReturnType
      unsetLink: () => ReturnType
    }
  }
}

export const LinkMark = Mark.create({
  name: 'link',
  inclusive: false,
  addAttributes() {
    return { href: { default: null } }
  },
  parseHTML() {
    return [
      {
        tag: 'a[href]',
        getAttrs: (a) => (linkAddress(a.getAttribute('href') ?? '') === null ? false : null),
      },
    ]
  },
  renderHTML({ HTMLAttributes }) {
    const href = linkAddress(String(HTMLAttributes['href'] ?? ''))
    return ['a', mergeAttributes({ rel: 'noopener noreferrer nofollow' }, href === null ? {} : { href }), 0]
  },
  addCommands() {
    return {
      setLink:
        (address) =>
        ({ commands }) =>
          commands.setMark(this.name, { href: address }),
      unsetLink:
        () =>
        ({ commands }) =>
          commands.unsetMark(this.name, { extendEmptyMarkRange: true }),
    }
  },
})
