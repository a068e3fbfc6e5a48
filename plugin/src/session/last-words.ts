/**
 * What a page still has in its hands when it goes: the browser's store may not answer any more, `localStorage` writes at
 * once. The next page that opens the copy finds it there, or hears of it, because pages overlap: the one that is loaded
 * again may have read before the old one's last write has come through.
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
/** Only pages over HTTPS (or of this computer) have them. */
const locks = (): LockManager | null => globalThis.navigator?.locks ?? null

export class LastWords {
  readonly #copy: string
  /** One page's own, so that two that go at once do not overwrite each other. */
  readonly #page = crypto.randomUUID()
  /** Words of pages that still live; a slow device says some with every letter, and one wait for its end is enough. */
  readonly #awaited = new Set<string>()
  #letGo: () => void = () => {}
  #late: (channel: string) => void = () => {}
  readonly #heard = ({ key, newValue }: StorageEvent): void => {
    if (key?.startsWith(this.#copy) && newValue !== null && pageOf(key) !== this.#page) this.#whenGone(key)
  }

  /** @param copy name of the copy, which is one person's */
  constructor(copy: string) {
    this.#copy = `${PREFIX}${copy}/`
    // Held for as long as this page lives: nobody takes the words of somebody who may still say more.
    void locks()?.request(`${PREFIX}${this.#page}`, () => new Promise<void>((go) => (this.#letGo = go)))
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

  /** What pages that are gone have left in a channel, and how to forget it once it is kept elsewhere. */
  async find(
    channel: string,
  ): Promise<{ readonly updates: readonly Uint8Array[]; readonly forget: () => void }> {
    const left: string[] = []
    for (const key of this.#keys(`${this.#copy}${channel}/`))
      if (await isGone(pageOf(key))) left.push(key)
      else this.#whenGone(key)
    const updates = left.flatMap((key) =>
      (store()?.getItem(key) ?? '').split(' ').filter(Boolean).map(fromBase64),
    )
    return { updates, forget: () => left.forEach((key) => store()?.removeItem(key)) }
  }

  /** Calls back when a page that is gone has left something in a channel after this one had looked. */
  onLate(listener: (channel: string) => void): void {
    this.#late = listener
    globalThis.addEventListener?.('storage', this.#heard)
  }

  /** Access has ended: nothing may stay. */
  erase(): void {
    for (const key of this.#keys(this.#copy)) store()?.removeItem(key)
  }

  close(): void {
    this.#letGo()
    this.#late = () => {}
    globalThis.removeEventListener?.('storage', this.#heard)
  }

  #whenGone(key: string): void {
    const channel = key.slice(this.#copy.length).split('/')[0]!
    if (this.#awaited.has(key)) return
    this.#awaited.add(key)
    void locks()?.request(`${PREFIX}${pageOf(key)}`, SHARED, () => {
      this.#awaited.delete(key)
      // Said, taken back, or taken by somebody else meanwhile.
      if (store()?.getItem(key)) this.#late(channel)
    })
  }

  #keys(prefix: string): string[] {
    return Object.keys(store() ?? {}).filter((key) => key.startsWith(prefix))
  }
}

/** A page has its own name alone; those who ask after it do not take each other for it. */
const SHARED: LockOptions = { mode: 'shared' }

const pageOf = (key: string): string => key.slice(key.lastIndexOf('/') + 1)

/** Without locks nobody can tell: then words are taken when a document is opened, as those of a page that is gone. */
const isGone = async (page: string): Promise<boolean> =>
  (await locks()?.request(
    `${PREFIX}${page}`,
    { ...SHARED, ifAvailable: true },
    async (lock) => lock !== null,
  )) ?? true
