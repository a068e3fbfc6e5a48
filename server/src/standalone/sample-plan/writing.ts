/** How the parts of the sample plan are written: in Basque and Spanish, by the people of the demo. */
import type { Person, Translated } from '@auzolan/shared/schema/fields.ts'
import { paragraphs } from '@auzolan/shared/schema/json.ts'
import { proposals } from '@auzolan/shared/schema/plan/proposals.ts'
import { PEOPLE } from '../people.ts'

const person = (id: string): Person => ({ id, name: PEOPLE.find((p) => p.id === id)!.name })

/** Who coordinates the plan, and made it. */
export const COMMUNICATIONS = person('komunikazio-arduraduna')
export const CULTURE = person('kultura-cm')
export const YOUTH = person('gazteria-teknikaria')

export const both = (eu: string, es: string): Translated<string> => ({ eu, es })
export const prose = (eu: string, es: string): object => ({ eu: paragraphs(eu), es: paragraphs(es) })
/** What every plan is proposed, which Haranberri has kept. */
export const PROPOSED = proposals(['eu', 'es'])
