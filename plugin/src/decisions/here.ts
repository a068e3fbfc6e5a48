/** The desk and the sender of this page: every screen reads here what is decided and not sent yet. */
import { shallowRef } from 'vue'
import { causeOf } from '../api.ts'
import { home, me } from '../host.ts'
import { decide, getReview } from '../review-api.ts'
import { makeTabs, whenBack } from '../sending/tabs.ts'
import type { Cause } from '../session/connection.ts'
import { Desk, type QueuedDecision } from './desk.ts'
import { Sender } from './sender.ts'

const NAME = `auzolan/desk/${home}/${me.id}`

/** What this person has decided on this device and the server has not confirmed, the oldest first. */
export const queued = shallowRef<readonly QueuedDecision[]>([])
/** `null` where the browser keeps nothing: then a decision is made online or not at all. */
export const desk: Promise<Desk | null> = Desk.open(home, me.id, () => changed()).catch(() => null)

const tabs = makeTabs(NAME)
const refresh = async (): Promise<void> => void (queued.value = (await (await desk)?.decisions()) ?? [])
const look = (): void => void refresh().catch((error: unknown) => console.error(error))
function changed(): void {
  tabs.tell()
  look()
}

const sender: Promise<Sender | null> = desk.then(
  (open) => open && new Sender({ desk: open, review: getReview, decide, causeOf, alone: tabs.alone }),
)
const send = async (): Promise<void> => (await sender)?.send()

/** Once a page, from its frame: whatever screen is open, what waits goes out. */
export function startSending(): void {
  look()
  void send()
  // Another tab has decided: if it goes, this one goes on.
  tabs.onTold(() => (look(), void sender.then((one) => one?.notice())))
  whenBack(() => void send())
}

export type Outcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'refused'; readonly cause: Cause }

/** Keeps the decision on this device first, then sends it: whatever happens in between, it is made once. */
export async function decideHere(decision: Omit<QueuedDecision, 'at' | 'state'>): Promise<Outcome> {
  const given = { ...decision.given, signedInAs: me.id }
  const here = await desk
  const kept = await here
    ?.queue({ ...decision, given, at: Date.now(), state: { kind: 'waiting', cause: null } })
    .catch(() => undefined)
  if (!here || kept === undefined) {
    await decide(decision.document, given)
    return { kind: 'sent' }
  }
  // In another tab this person has decided already: that one counts.
  if (!kept) return { kind: 'waiting' }
  await send()
  const state = (await here.decisions()).find((one) => one.given.id === given.id)?.state
  if (state === undefined) return { kind: 'sent' }
  return state.kind === 'refused' ? state : { kind: 'waiting' }
}

/** Takes it back, or puts away one that was refused; false when it may have arrived already. */
export const withdraw = async (decision: QueuedDecision): Promise<boolean> =>
  (await (await desk)?.withdraw(decision)) ?? false

/** Access to the document has ended. */
export const forgetReview = async (document: string): Promise<void> => (await desk)?.forget(document)
