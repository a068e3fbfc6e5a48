/** Files that wait for the network, by post: in this tab alone, also while another post is looked at. */
const held = new Map<string, readonly File[]>()

export const heldFor = (post: string): readonly File[] => held.get(post) ?? []
export function holdFor(post: string, files: readonly File[]): void {
  if (files.length > 0) held.set(post, files)
  else held.delete(post)
}
globalThis.addEventListener?.('beforeunload', (event) => {
  if (held.size > 0) event.preventDefault()
})
