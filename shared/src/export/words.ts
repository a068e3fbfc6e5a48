/** The words of the program in all its languages at once, for what is written where none is on a screen. */
import ca from '../../l10n/ca.json' with { type: 'json' }
import es from '../../l10n/es.json' with { type: 'json' }
import eu from '../../l10n/eu.json' with { type: 'json' }
import { sayFrom, type Say } from './say.ts'

const WORDS: ReadonlyMap<string, { readonly [english: string]: unknown }> = new Map([
  ['ca', ca],
  ['es', es],
  ['eu', eu],
])

export const wordsIn = (language: string): Say => sayFrom(WORDS.get(language))
