/** For the event bus, which asks two versions of itself whether they are of one kind. */
export const valid = (version: string): string | null => (/^\d+\.\d+\.\d+/.test(version) ? version : null)
export const major = (version: string): number => Number.parseInt(version, 10)
