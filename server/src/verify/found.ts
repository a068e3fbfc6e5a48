/** What checking has found. */
export type Found =
  /** Nothing can be said: it is not there, or nothing of ours. */
  | { readonly kind: 'unreadable'; readonly why: string }
  | {
      readonly kind: 'read'
      /** What was checked, in words. */
      readonly whole: readonly string[]
      /** What does not fit, the first one first. */
      readonly faults: readonly string[]
      /** The row whose hash was noted elsewhere. */
      readonly notedAt: number | null
      readonly head: { readonly n: number; readonly hash: string }
      /** The rows of one document, which say nothing about rows between them. */
      readonly partial: boolean
    }
