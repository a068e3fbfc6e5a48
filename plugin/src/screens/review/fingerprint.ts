/** A hash as people compare it: in groups of eight. */
export const fingerprint = (sha256: string): string => sha256.match(/.{1,8}/g)?.join(' ') ?? ''
