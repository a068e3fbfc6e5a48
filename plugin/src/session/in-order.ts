/** Frames of a connection, in the order in which they came: behind a snapshot that is being unpacked they queue up. */
import type { ChannelName } from '@auzolan/shared/ids.ts'
import type { ServerFrame } from '@auzolan/shared/protocol/frames.ts'

export interface InOrderOptions {
  readonly channel: ChannelName
  /** @param unpacked the text of a snapshot; null for every other frame */
  readonly take: (frame: ServerFrame, unpacked: Uint8Array | null) => void
  /** A snapshot could not be read: only a new connection brings it again. */
  readonly onUnreadable: () => void
}

export class InOrder {
  readonly #options: InOrderOptions
  /** Frames that wait for a snapshot before them to be unpacked. */
  #waiting: Promise<void> | null = null
  /** Of which connection a frame is: one that was unpacked too late belongs to none. */
  #connection = 0

  constructor(options: InOrderOptions) {
    this.#options = options
  }

  receive(frame: ServerFrame): void {
    if (frame.kind === 'welcome') this.begin()
    const isSnapshot = frame.kind === 'snapshot' && frame.channel === this.#options.channel
    if (!this.#waiting && !isSnapshot) this.#options.take(frame, null)
    else this.#queue(frame, isSnapshot ? gunzip(frame.gzip) : Promise.resolve(null))
  }

  /** A connection begins or ends: what still waits belongs to the one before. */
  begin(): void {
    this.#connection += 1
    this.#waiting = null
  }

  /** Resolves when everything that was received so far has been taken in. */
  async settled(): Promise<void> {
    await this.#waiting
  }

  #queue(frame: ServerFrame, unpacking: Promise<Uint8Array | null>): void {
    const connection = this.#connection
    // Looked at when its turn comes; until then a failure is nobody's.
    unpacking.catch(() => {})
    const step = (this.#waiting ?? Promise.resolve()).then(async () => {
      const unpacked = await unpacking
      if (connection === this.#connection) this.#options.take(frame, unpacked)
    })
    const queued = step
      .catch((error: unknown) => {
        console.error('a snapshot could not be read', error)
        if (connection === this.#connection) this.#options.onUnreadable()
      })
      .then(() => {
        if (this.#waiting === queued) this.#waiting = null
      })
    this.#waiting = queued
  }
}

async function gunzip(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes.slice()]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
