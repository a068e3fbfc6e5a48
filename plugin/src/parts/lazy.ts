/** A part of a screen that is fetched when it is needed: one that cannot be fetched says so, and is asked for again. */
import { defineComponent, h, onScopeDispose, shallowRef, type Component } from 'vue'
import NotFetched from './NotFetched.vue'

/** Vite asks for the stylesheet of a part once and never again: one that failed is asked for by us. */
const failedStyles = new Set<HTMLLinkElement>()
globalThis.document?.addEventListener(
  'error',
  ({ target }) => {
    if (target instanceof HTMLLinkElement && target.relList.contains('stylesheet')) failedStyles.add(target)
  },
  true,
)
/** How long a part waits for looks that may be those of another. */
const STYLES_WITHIN_MS = 3_000
const stylesAgain = (): Promise<unknown> =>
  Promise.race([
    Promise.all([...failedStyles].map(styleAgain)),
    new Promise((resolve) => setTimeout(resolve, STYLES_WITHIN_MS)),
  ])
/** One that fails once more is among the failed by that. */
function styleAgain(failed: HTMLLinkElement): Promise<void> {
  failedStyles.delete(failed)
  return new Promise((resolve) => {
    const link = failed.cloneNode() as HTMLLinkElement
    link.onload = link.onerror = () => resolve()
    failed.replaceWith(link)
  })
}
globalThis.addEventListener?.('online', () => void stylesAgain())

/** What an import brings, with the stylesheets that failed before. */
export async function fetched<T>(load: () => Promise<T>): Promise<T> {
  if (failedStyles.size === 0) return load()
  const [part] = await Promise.all([load(), stylesAgain()])
  return part
}

/** @param floats nothing of the page has its place: a dialog */
export function lazy<C extends Component>(load: () => Promise<{ default: C }>, floats = false): C {
  return defineComponent({
    inheritAttrs: false,
    setup(_, { attrs, slots }) {
      const part = shallowRef<C | null>(null)
      const state = shallowRef<'fetching' | 'failed' | 'failed again'>('fetching')
      async function ask(): Promise<void> {
        const before = state.value
        state.value = 'fetching'
        try {
          part.value = (await fetched(load)).default
        } catch (error) {
          console.warn('a part of the page could not be fetched', error)
          state.value = before === 'fetching' ? 'failed' : 'failed again'
        }
      }
      const again = (): void => void (part.value === null && state.value !== 'fetching' && ask())
      globalThis.addEventListener('online', again)
      onScopeDispose(() => globalThis.removeEventListener('online', again))
      void ask()
      return () =>
        part.value
          ? h(part.value, attrs, slots)
          : state.value === 'fetching'
            ? null
            : h(NotFetched, {
                floats,
                twice: state.value === 'failed again',
                onAgain: again,
                onClose: attrs['onClose'] as () => void,
              })
    },
  }) as unknown as C
}
