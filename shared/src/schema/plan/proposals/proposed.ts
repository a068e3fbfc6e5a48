/** A text that a new plan brings along, in the languages of the program. */
export interface Proposed {
  readonly en: string
  readonly es: string
  readonly eu: string
  readonly ca: string
}
export type ProposalLanguage = keyof Proposed

export const proposed = (en: string, es: string, eu: string, ca: string): Proposed => ({ en, es, eu, ca })
