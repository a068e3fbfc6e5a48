/** Follows every edit of one room from its author to each of the others, by the author's Yjs clock. */
import * as Y from 'yjs'

/** Where everybody writes: a plain text every plan has. */
export const ROOT = 'identity.sponsorRole:eu'
/** Frames whose meaning is remembered: what comes to many readers alike is decoded once. */
const REMEMBERED = 64

interface Author {
  readonly sentAt: number[]
  /** How many have seen the edit, by clock. */
  readonly seenBy: number[]
  /** Clock up to which each guest has seen this author. */
  readonly reached: number[]
}

export class Deliveries {
  readonly #guests: number
  readonly #others: number
  readonly #authors = new Map<number, Author>()
  readonly #remembered = new Map<string, ReadonlyMap<number, number>>()
  /** Milliseconds from sending an edit until the last of the others has it. */
  readonly latencies: number[] = []
  /** Edits × people who have got them. */
  count = 0
  /** Messages that brought them. */
  frames = 0
  /** Edits that somebody has still to get. */
  pending = 0

  /** @param others how many of the guests an edit has to reach */
  constructor(guests: number, others: number) {
    this.#guests = guests
    this.#others = others
  }

  /** To be called before the bytes go out; clocks of an author rise by one. */
  sent(client: number): void {
    let author = this.#authors.get(client)
    if (!author) {
      author = { sentAt: [], seenBy: [], reached: new Array<number>(this.#guests).fill(0) }
      this.#authors.set(client, author)
    }
    author.sentAt.push(performance.now())
    author.seenBy.push(0)
    this.pending += 1
  }

  /** @param own the client id of this guest, whose own edits do not count when they come back */
  received(guest: number, own: number | null, update: Uint8Array): void {
    const before = this.count
    for (const [client, clock] of this.#ends(update)) {
      const author = this.#authors.get(client)
      if (!author || client === own) continue
      const until = Math.min(clock, author.sentAt.length)
      for (let i = author.reached[guest]!; i < until; i++) {
        this.count += 1
        if (++author.seenBy[i]! === this.#others) {
          this.latencies.push(performance.now() - author.sentAt[i]!)
          this.pending -= 1
        }
      }
      author.reached[guest] = Math.max(author.reached[guest]!, until)
    }
    if (this.count > before) this.frames += 1
  }

  #ends(update: Uint8Array): ReadonlyMap<number, number> {
    const key = Buffer.from(update.buffer, update.byteOffset, update.byteLength).toString('latin1')
    const known = this.#remembered.get(key)
    if (known) return known
    const ends = Y.parseUpdateMeta(update).to
    this.#remembered.set(key, ends)
    if (this.#remembered.size > REMEMBERED) this.#remembered.delete(this.#remembered.keys().next().value!)
    return ends
  }
}

/** Somebody who types at the end of what they have written so far. What is typed is made before: making it is not the server's. */
export class Typist {
  readonly #doc = new Y.Doc()
  readonly #text = this.#doc.getText(ROOT)
  readonly #made: Uint8Array[] = []
  #clock = 0

  /** @param edits made at once; more are made when they are typed */
  constructor(edits = 0) {
    this.#doc.on('update', (update: Uint8Array) => this.#made.push(update))
    for (let n = 0; n < edits; n++) this.#make()
  }
  get clientId(): number {
    return this.#doc.clientID
  }
  /** Edits so far; one letter each, so this is also the clock. */
  get clock(): number {
    return this.#clock
  }
  /** One more letter, as an update. */
  type(): Uint8Array {
    if (this.#clock === this.#made.length) this.#make()
    return this.#made[this.#clock++]!
  }
  #make(): void {
    this.#text.insert(this.#text.length, 'abcdefghij'[this.#text.length % 10]!)
  }
}
