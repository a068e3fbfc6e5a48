/**
 * What a page still has in its hands when it goes: the browser's store may not answer any more, `localStorage` writes at
 * once. The next page that opens the copy finds it there. Said twice it does no harm: the log takes every edit once.
 */
import { fromBase64, toBase64 } from 'lib0/buffer'

const PREFIX = 'auzolan/last-words/'
const store = (): Storage | null => {
  try {
    return globalThis.localStorage ?? null
  } catch {
    // A browser that forbids it: then there is one way less.
    return null
  }
}

export class LastWords {
  readonly #copy: string
  /** One page's own, so that two that go at once do not overwrite each other. */
  readonly #page = crypto.randomUUID()

  /** @param copy name of the copy, which is one person's */
  constructor(copy: string) {
    this.#copy = `${PREFIX}${copy}/`
  }

  /** Keeps exactly these; none takes back what was kept. Never throws: it is the last thing a page does. */
  keep(channel: string, updates: readonly Uint8Array[]): void {
    const key = `${this.#copy}${channel}/${this.#page}`
    try {
      if (updates.length === 0) store()?.removeItem(key)
      else store()?.setItem(key, updates.map(toBase64).join(' '))
    } catch (error) {
      console.error('the last words of this page could not be kept', error)
    }
  }

  /** What pages of this copy have left in a channel, and how to forget it once it is kept elsewhere. */
  find(channel: string): { readonly updates: readonly Uint8Array[]; readonly forget: () => void } {
    const mine = this.#keys(`${this.#copy}${channel}/`)
    const updates = mine.flatMap((key) =>
      (store()?.getItem(key) ?? '').split(' ').filter(Boolean).map(fromBase64),
    )
    return { updates, forget: () => mine.forEach((key) => store()?.removeItem(key)) }
  }

  /** Access has ended: nothing may stay. */
  erase(): void {
    for (const key of this.#keys(this.#copy)) store()?.removeItem(key)
  }

  #keys(prefix: string): string[] {
    return Object.keys(store() ?? {}).filter((key) => key.startsWith(prefix))
  }
}
