/** What cleaning a file gives: pieces to write one after the other, never longer together than what was sent. */

export interface Size {
  readonly width: number
  readonly height: number
}
export interface Cleaned {
  /** Mostly parts of the buffer that was given: valid as long as it is. */
  readonly pieces: readonly Uint8Array[]
  /** As it is seen, turned as the file says; `null` where it does not say. */
  readonly size: Size | null
}

/** Gives `null` for what cannot be read as that type: what is not understood cannot be cleaned, and is not kept. */
export type Clean = (bytes: Buffer) => Cleaned | null

export const sizeOf = (width: number, height: number): Size | null =>
  width > 0 && height > 0 ? { width, height } : null

/** The same length as before, with other bytes in some places, in their order. */
export function patched(
  bytes: Buffer,
  patches: readonly { readonly at: number; readonly with: Uint8Array }[],
): Uint8Array[] {
  const pieces: Uint8Array[] = []
  let from = 0
  for (const patch of patches) {
    pieces.push(bytes.subarray(from, patch.at), patch.with)
    from = patch.at + patch.with.length
  }
  pieces.push(bytes.subarray(from))
  return pieces
}
