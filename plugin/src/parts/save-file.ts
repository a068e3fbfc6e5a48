/** Hands something to the person as a file; the pass for the server is in a header, so a plain link cannot fetch it. */
export function saveFile(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }))
  saveFrom(name, address)
  // The browser has begun to save by then.
  setTimeout(() => URL.revokeObjectURL(address), SAVING_MS)
}

/** @param address of a blob of this page, which stays there for `SAVING_MS` */
export function saveFrom(name: string, address: string): void {
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
}
export const SAVING_MS = 60_000
