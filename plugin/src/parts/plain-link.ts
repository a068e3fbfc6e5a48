/** A link to another screen where there are hundreds: it does not watch, as `RouterLink` does, whether one is there already. */
import { h, type FunctionalComponent } from 'vue'
import { useRouter, type RouteLocationRaw } from 'vue-router'

export const PlainLink: FunctionalComponent<{ to: RouteLocationRaw }> = ({ to }, { slots }) => {
  const router = useRouter()
  const go = (event: MouseEvent): void => {
    // With a key or another button, it is the browser's.
    if (event.metaKey || event.altKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    if (event.defaultPrevented) return
    event.preventDefault()
    void router.push(to)
  }
  return h('a', { href: router.resolve(to).href, onClick: go }, slots['default']?.())
}
PlainLink.props = ['to']
