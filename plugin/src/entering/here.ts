/** The entries and their sender of this page: every screen reads here what was entered and is not confirmed yet. */
import { computed, shallowRef, type ComputedRef } from 'vue'
import { causeOf, send as call } from '../api.ts'
import { home, me } from '../host.ts'
import type { Pace, SendState } from '../sending/pace.ts'
import { makeTabs, whenBack } from '../sending/tabs.ts'
import type { Cause } from '../session/connection.ts'
import { Entries, type QueuedEntry } from './entries.ts'
import { makeEntrySender } from './sender.ts'

/** What this person has entered on this device and the server has not confirmed, in that order. */
export const waiting = shallowRef<readonly QueuedEntry[]>([])

const tabs = makeTabs(`auzolan/entries/${home}/${me.id}`)
/** `null` where the browser keeps nothing: then an entry is made online or not at all. */
const here: Promise<Entries | null> = Entries.open(home, me.id, () => (tabs.tell(), look())).catch(() => null)
const refresh = async (): Promise<void> => void (waiting.value = (await (await here)?.all()) ?? [])
function look(): void {
  void refresh().catch((error: unknown) => console.error(error))
}

const post = (path: string, body: object, method: 'POST' | 'PUT' = 'POST'): Promise<unknown> =>
  call(method, path, body)
const online = (): boolean => globalThis.navigator?.onLine !== false
const sender: Promise<Pace | null> = here.then(
  (entries) => entries && makeEntrySender({ entries, post, causeOf, online, alone: tabs.alone }),
)
const send = async (): Promise<void> => (await sender)?.send()

/** Once a page, from its frame: whatever screen is open, what waits goes out. */
export function startEntering(): void {
  look()
  void send()
  // Another tab has entered something: if it goes, this one goes on.
  tabs.onTold(() => (look(), void sender.then((one) => one?.notice())))
  whenBack(() => void send())
}

export type Outcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'refused'; readonly cause: Cause }

export type Entered = Pick<QueuedEntry, 'id' | 'document' | 'kind' | 'path'> & { readonly body: object }

/**
 * Keeps the entry on this device first, then sends it: whatever happens in between, it is made once. `sent` also when
 * it was sent by another tab. Throws only where the browser keeps nothing and the server refuses or does not answer.
 */
export async function enter(entry: Entered): Promise<Outcome> {
  const body = { ...entry.body, id: entry.id, signedInAs: me.id }
  const state: SendState = { kind: 'waiting', cause: null }
  const entries = await here
  const kept = await entries?.keep({ ...entry, body, at: Date.now(), state }).then(
    () => true,
    () => false,
  )
  if (!entries || !kept) {
    await post(entry.path, body)
    return { kind: 'sent' }
  }
  await send()
  const now = (await entries.all()).find(({ id }) => id === entry.id)?.state
  if (now === undefined) return { kind: 'sent' }
  return now.kind === 'refused' ? now : { kind: 'waiting' }
}

/**
 * Keeps on this device what replaces itself, in the place of what waits for the same address; `sendEntries` sends it.
 * @param make the body, from what is here for that address; `null` to leave all as it is
 * @returns `none` where the browser keeps nothing
 */
export async function keepLast(
  entry: Omit<Entered, 'body'> & { readonly method: 'PUT' },
  make: (before: readonly QueuedEntry[]) => object | null,
): Promise<'kept' | 'left' | 'none'> {
  try {
    const kept = await (
      await here
    )?.replace(entry.path, (before) => {
      const body = make(before)
      const at = Math.max(Date.now(), (before.at(-1)?.at ?? 0) + 1)
      const state: SendState = { kind: 'waiting', cause: null }
      return body && { ...entry, body: { ...body, id: entry.id, signedInAs: me.id }, at, state }
    })
    return kept === undefined ? 'none' : kept ? 'kept' : 'left'
  } catch {
    return 'none'
  }
}
export const sendEntries = async (): Promise<void> => {
  await send()
  await refresh()
}

/** Takes it back, or puts away one that was refused; false when it may have arrived already. */
export const withdrawEntry = async (id: string): Promise<boolean> =>
  (await (await here)?.withdraw(id)) ?? false

/** What waits of one kind in one document; bodies are as they were entered. */
export const waitingOf = <T>(
  document: string,
  kind: QueuedEntry['kind'],
): ComputedRef<readonly (QueuedEntry & { readonly body: T | null })[]> =>
  computed(() =>
    waiting.value.filter(
      (one): one is QueuedEntry & { readonly body: (T & object) | null } =>
        one.document === document && one.kind === kind,
    ),
  )
