/** The letters of a file of unknown age: UTF-8 and UTF-16 say what they are, what is neither was written by a spreadsheet of old. */

export function textOf(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return decoded('utf-16le', bytes)
  if (first === 0xfe && second === 0xff) return decoded('utf-16be', bytes)
  // Letters of Europe in two bytes each: one of them is nought.
  const zeros = (from: number): number =>
    bytes.subarray(0, 200).filter((byte, i) => i % 2 === from && byte === 0).length
  const half = Math.min(bytes.length, 200) / 2
  if (bytes.length >= 4 && zeros(1) > half * 0.8) return decoded('utf-16le', bytes)
  if (bytes.length >= 4 && zeros(0) > half * 0.8) return decoded('utf-16be', bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return decoded('windows-1252', bytes)
  }
}

const decoded = (encoding: string, bytes: Uint8Array): string => new TextDecoder(encoding).decode(bytes)
