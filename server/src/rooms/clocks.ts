/** How far each Yjs client has written in a channel: on disk, and beyond that what is on its way there. */
import * as Y from 'yjs'

export class Clocks {
  readonly #durable: Map<number, number>
  readonly #ahead = new Map<number, number>()

  /** @param durable client id → next clock, as the log has it */
  constructor(durable: Map<number, number>) {
    this.#durable = durable
  }

  get(client: number): number | undefined {
    return this.#ahead.get(client) ?? this.#durable.get(client)
  }

  /** As Yjs says it: how much of whose text is on disk. */
  get stateVector(): Uint8Array {
    return Y.encodeStateVector(new Map([...this.#durable].filter(([, clock]) => clock > 0)))
  }

  /** Something was taken that is not on disk yet. */
  taken(clocks: ReadonlyMap<number, number>): void {
    for (const [client, clock] of clocks) this.#ahead.set(client, clock)
  }

  /** Something is on disk. */
  written(clocks: ReadonlyMap<number, number>): void {
    for (const [client, clock] of clocks) {
      if (clock > (this.#durable.get(client) ?? 0)) this.#durable.set(client, clock)
      if ((this.#ahead.get(client) ?? 0) <= clock) this.#ahead.delete(client)
    }
  }

  /** What was on its way there is looked at anew. */
  forgetTaken(): void {
    this.#ahead.clear()
  }
}
