/**
 * Phrases that give a purpose or an audience away as no purpose and no audience (DOMAIN A.2, P-02; SEED L191).
 * Lower case, accents folded; dated, replaceable by an administrator later.
 */
export const PHRASES = {
  verifiedOn: '2026-11-23',
  noPurpose: [
    'porque toca',
    'hay que estar',
    'todo el mundo esta',
    'tothom hi es',
    'perque toca',
    'denak daude',
    'egon behar delako',
    'because everyone',
    'everybody is there',
  ],
  /** What says that opinions may be expressed freely (DOMAIN A.9, P-21). */
  freedom: [
    'libertad de expresion',
    'expresar libremente',
    'expresarse libremente',
    'opinar libremente',
    'adierazpen askatasun',
    'adierazpen-askatasun',
    'askatasunez adieraz',
    'libre adieraz',
    'llibertat d’expressio',
    "llibertat d'expressio",
    'expressar lliurement',
    'expressar-se lliurement',
    'freedom of expression',
    'freely express',
    'express their opinions freely',
    'say freely',
  ],
  everybody: [
    'todo el mundo',
    'toda la ciudadania',
    'la ciudadania en general',
    'herritar guztiak',
    'herritarrak oro har',
    'tothom',
    'tota la ciutadania',
    'everybody',
    'everyone',
    'all citizens',
    'general public',
  ],
} as const

/** Lower case without accents, so that «perquè» and «perque» are the same. */
export const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()

export const contains = (phrases: readonly string[], text: string): boolean => {
  const folded = fold(text)
  return phrases.some((phrase) => folded.includes(phrase))
}
