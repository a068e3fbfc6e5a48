/** Work that leaves the outbox without having reached the document: what it said becomes a draft. */
import type { RefusalCode } from '@auzolan/shared/codes.ts'
import type { ChannelName } from '@auzolan/shared/ids.ts'
import type { EpochCause } from '@auzolan/shared/protocol/frames.ts'
import { mergedUpdates } from '@auzolan/shared/protocol/merged.ts'
import type { CopiedEntry, LocalCopy } from './copy.ts'
import { changedTexts, type Draft, type DraftCause } from './draft.ts'
import type { Waiting } from './outbox.ts'

export interface AsideOptions {
  readonly channel: ChannelName
  readonly copy: LocalCopy
  readonly now: () => Date
  readonly newId: () => string
}

export interface SetAside {
  /** Null when there is nothing to be read. */
  readonly draft: Draft | null
  /** Takes the work out of the copy and keeps the draft, both or neither. @throws when the device does not. */
  keep(): Promise<void>
}

export class Aside {
  readonly #options: AsideOptions

  constructor(options: AsideOptions) {
    this.#options = options
  }

  /** What the server would not take. */
  async refused(code: RefusalCode, taken: readonly Waiting[]): Promise<SetAside> {
    const keys = keysOf(taken)
    const base = (await this.#entries()).filter((e) => !keys.includes(e.key)).map((e) => e.update)
    const edits = taken.map((e) => e.update)
    const draft = this.#draft({ refused: code }, await changedTexts(base, edits), edits, false)
    return { draft, keep: () => this.#options.copy.putAside(keys, draft) }
  }

  /** What waited when the epoch ended, and what the server may lack of the old text. */
  async epochOver(cause: EpochCause, epoch: number, taken: readonly Waiting[]): Promise<SetAside> {
    const edits = taken.map((e) => e.update)
    const old = (await this.#entries()).filter((e) => !e.waiting).map((e) => e.update)
    // After an erasure nothing of the old text may stay; else what the new one lacks is found when it has come.
    const whole = cause === 'repair' || cause === 'restore'
    const fields = await changedTexts(old, edits)
    const draft =
      fields.length > 0 || whole
        ? this.#draft({ epoch: cause }, fields, whole ? [...old, ...edits] : edits, whole)
        : null
    const { copy, channel } = this.#options
    return { draft, keep: () => copy.beginAgain(channel, epoch, keysOf(taken), draft) }
  }

  /** What the server does not have, as a draft that nobody keeps; null when there is nothing to be read. */
  async unsent(cause: RefusalCode, waiting: readonly Waiting[]): Promise<Draft | null> {
    const edits = waiting.map((e) => e.update)
    const stored = (await this.#entries()).filter((e) => !e.waiting).map((e) => e.update)
    const fields = await changedTexts(stored, edits)
    return fields.length > 0 ? this.#draft({ refused: cause }, fields, edits, false) : null
  }

  async #entries(): Promise<readonly CopiedEntry[]> {
    try {
      return (await this.#options.copy.load(this.#options.channel)).entries
    } catch (error) {
      // Then the draft says more than was changed, and what it says is still there.
      console.error('the copy on this device could not be read', error)
      return []
    }
  }

  #draft(cause: DraftCause, fields: Draft['fields'], updates: Uint8Array[], unfinished: boolean): Draft {
    return {
      id: this.#options.newId(),
      at: this.#options.now().getTime(),
      cause,
      channel: this.#options.channel,
      fields,
      update: mergedUpdates(updates),
      unfinished,
    }
  }
}

const keysOf = (entries: readonly Waiting[]): number[] =>
  entries.flatMap((e) => (e.key === null ? [] : [e.key]))
