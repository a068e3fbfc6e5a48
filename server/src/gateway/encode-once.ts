/** Bytes made once for all who get the same: members that get the same entries get the same array of them. */

/** Remembers `encode(list)` as long as the list itself lives. */
export function encodeOnce<B>(
  encode: (updates: readonly Uint8Array[], ...more: never[]) => B,
): typeof encode {
  const made = new WeakMap<readonly Uint8Array[], B>()
  return (updates, ...more) => {
    let bytes = made.get(updates)
    if (bytes === undefined) {
      bytes = encode(updates, ...more)
      made.set(updates, bytes)
    }
    return bytes
  }
}
