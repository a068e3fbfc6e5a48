/** The digest: how often somebody wants to be told what is not urgent. */

export const RHYTHMS = ['never', 'daily', 'weekly'] as const
export type Rhythm = (typeof RHYTHMS)[number]

/** `GET` and `PUT /digest`: the person's own. Nobody has one before they asked for it. */
export interface DigestChoice {
  readonly rhythm: Rhythm
}
