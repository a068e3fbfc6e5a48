/** The copy of a browser that keeps nothing: it lasts as long as the page, and the ledger says so. */
import type { ChannelName } from '@auzolan/shared/ids.ts'
import { DRAFTS_MAX } from '@auzolan/shared/limits.ts'
import { NOTHING, isAhead, type CopiedEntry, type LocalCopy, type Marker, type OwnEdit } from './copy.ts'
import type { Draft } from './draft.ts'

const copies = new Map<string, MemoryCopy>()

/** The same copy when a document is opened again in this page: drafts and what waits must outlive its `Y.Doc`. */
export function memoryCopy(name: string): MemoryCopy {
  const copy = copies.get(name) ?? new MemoryCopy()
  copies.set(name, copy)
  return copy
}

export class MemoryCopy implements LocalCopy {
  readonly durable = false
  #lastKey = 0
  readonly #rows = new Map<number, { channel: ChannelName; update: Uint8Array; waiting: boolean }>()
  readonly #markers = new Map<ChannelName, Marker>()
  #drafts: Draft[] = []

  async load(channel: ChannelName): Promise<{ marker: Marker; entries: readonly CopiedEntry[] }> {
    const entries = [...this.#rows].flatMap(([key, row]) =>
      row.channel === channel ? [{ key, update: row.update, waiting: row.waiting }] : [],
    )
    return { marker: this.#markers.get(channel) ?? NOTHING, entries }
  }
  async addOwn(channel: ChannelName, update: Uint8Array): Promise<number> {
    this.#rows.set(++this.#lastKey, { channel, update, waiting: true })
    return this.#lastKey
  }
  keepAtOnce(): void {}
  onLeft(): void {}
  async addEntries(channel: ChannelName, marker: Marker, updates: readonly Uint8Array[]): Promise<void> {
    for (const update of updates) this.#rows.set(++this.#lastKey, { channel, update, waiting: false })
    this.#advance(channel, marker)
  }
  async acknowledge(channel: ChannelName, marker: Marker, done: readonly OwnEdit[]): Promise<void> {
    for (const { key, update } of done)
      this.#rows.set(key ?? ++this.#lastKey, { channel, update, waiting: false })
    this.#advance(channel, marker)
  }
  async rewrite(channel: ChannelName, marker: Marker, state: Uint8Array): Promise<void> {
    this.#rows.set(++this.#lastKey, { channel, update: state, waiting: false })
    this.#markers.set(channel, marker)
  }
  async putAside(keys: readonly number[], draft: Draft): Promise<void> {
    const found = keys.filter((key) => this.#rows.get(key)?.waiting && this.#rows.delete(key))
    if (found.length > 0 || keys.length === 0) this.#keep(draft)
  }
  async beginAgain(
    channel: ChannelName,
    epoch: number,
    keys: readonly number[],
    draft: Draft | null,
  ): Promise<void> {
    const marker = this.#markers.get(channel)
    const first = marker !== undefined && marker.epoch <= epoch
    let found = 0
    for (const [key, row] of this.#rows) {
      if (row.channel !== channel) continue
      if (keys.includes(key)) found += 1
      else if (!first) continue
      this.#rows.delete(key)
    }
    if (first) this.#markers.delete(channel)
    if (draft && (found > 0 || first)) this.#keep(draft)
  }
  async drafts(): Promise<readonly Draft[]> {
    return this.#drafts
  }
  async keepDraft(draft: Draft): Promise<void> {
    this.#keep(draft)
  }
  async throwAway(draft: string): Promise<void> {
    this.#drafts = this.#drafts.filter((d) => d.id !== draft)
  }
  async erase(): Promise<void> {
    this.#rows.clear()
    this.#markers.clear()
    this.#drafts = []
  }
  close(): void {}

  #advance(channel: ChannelName, marker: Marker): void {
    if (isAhead(marker, this.#markers.get(channel))) this.#markers.set(channel, marker)
  }
  #keep(draft: Draft): void {
    this.#drafts = [draft, ...this.#drafts.filter((d) => d.id !== draft.id)]
      .sort((a, b) => b.at - a.at)
      .slice(0, DRAFTS_MAX)
  }
}
