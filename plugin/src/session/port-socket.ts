/** What the provider takes for a WebSocket: open from the start, and never closed by anybody but the provider. */

/** The part of the WebSocket interface that the provider uses. */
export class PortSocket {
  readonly OPEN = 1
  readyState = 0
  binaryType = 'arraybuffer'
  onopen: (() => void) | null = null
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  onerror: (() => void) | null = null
  onSend: (bytes: Uint8Array) => void = () => {}
  onClosed: () => void = () => {}
  #early: Uint8Array[] = []

  constructor() {
    queueMicrotask(() => {
      this.readyState = this.OPEN
      this.onopen?.()
      for (const bytes of this.#early.splice(0)) this.deliver(bytes)
    })
  }

  send(bytes: Uint8Array): void {
    this.onSend(bytes)
  }

  deliver(bytes: Uint8Array): void {
    if (this.readyState !== this.OPEN) {
      this.#early.push(bytes)
      return
    }
    try {
      this.onmessage?.({ data: bytes.slice().buffer })
    } catch (error) {
      // One entry that cannot be applied must not stop the others.
      console.error('an entry could not be applied', error)
    }
  }

  close(): void {
    this.readyState = 3
    this.onClosed()
    this.onclose?.({ code: 1000 })
  }
}
