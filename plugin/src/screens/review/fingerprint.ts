/** A hash as people compare it: in groups of eight; and its beginning, where it only says which text is meant. */
export const fingerprint = (sha256: string): string => sha256.match(/.{1,8}/g)?.join(' ') ?? ''
export const shortFingerprint = (sha256: string): string => `${sha256.slice(0, 4)}\u00a0${sha256.slice(4, 8)}`
