/**
 * Phrases that checks look for (SEED L191, L132): those that give a purpose or an audience away as none (DOMAIN P-02, A-2), and
 * those that say that opinions are free (P-21). Neither case nor accents count.
 */
import { fold, referenceList, type EntryOf } from './list.ts'

export const PHRASE_USES = ['noPurpose', 'everybody', 'freedom'] as const
export type PhraseUse = (typeof PHRASE_USES)[number]

const said = (use: PhraseUse, byLanguage: { readonly [language: string]: readonly string[] }) =>
  Object.entries(byLanguage).flatMap(([language, all]) => all.map((phrase) => ({ use, language, phrase })))

export const phrases = referenceList(
  {
    id: 'phrases',
    key: ['use', 'phrase'],
    columns: {
      use: { kind: 'choice', options: PHRASE_USES, required: true },
      language: { kind: 'language', required: true },
      // Of two letters nearly every text has some.
      phrase: { kind: 'text', min: 3, max: 120, required: true },
    },
  },
  {
    verifiedOn: '2026-11-23',
    source: 'Auzolan',
    entries: [
      ...said('noPurpose', {
        es: ['porque toca', 'hay que estar', 'todo el mundo está'],
        ca: ['tothom hi és', 'perquè toca'],
        eu: ['denak daude', 'egon behar delako'],
        en: ['because everyone', 'everybody is there'],
      }),
      ...said('everybody', {
        es: ['todo el mundo', 'toda la ciudadanía', 'la ciudadanía en general'],
        eu: ['herritar guztiak', 'herritarrak oro har'],
        ca: ['tothom', 'tota la ciutadania'],
        en: ['everybody', 'everyone', 'all citizens', 'general public'],
      }),
      ...said('freedom', {
        es: ['libertad de expresión', 'expresar libremente', 'expresarse libremente', 'opinar libremente'],
        eu: ['adierazpen askatasun', 'adierazpen-askatasun', 'askatasunez adieraz', 'libre adieraz'],
        ca: ["llibertat d'expressió", 'expressar lliurement', 'expressar-se lliurement'],
        en: ['freedom of expression', 'freely express', 'express their opinions freely', 'say freely'],
      }),
    ],
  },
)
export type Phrase = EntryOf<(typeof phrases)['columns']>

/** Looks for the phrases of one use: `in` any text, and whether there are any of a language at all. */
export function phrasesOf(all: readonly Phrase[], use: PhraseUse) {
  const ours = all.filter((one) => one.use === use)
  const folded = ours.map(({ phrase }) => fold(phrase))
  return {
    in(text: string): boolean {
      const own = fold(text)
      return folded.some((phrase) => own.includes(phrase))
    },
    has: (language: string): boolean => ours.some((one) => one.language === language),
  }
}
