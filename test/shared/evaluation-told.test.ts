/** What an evaluation comes to on paper and in the copy to read: from its text alone, in each language, and nothing in English. */
import { describe, expect, it } from 'vitest'
import { withWhatItComesTo, IN_SHORT } from '@auzolan/shared/export/evaluation-told.ts'
import { readingCopy } from '@auzolan/shared/export/reading-copy.ts'
import { isList, tell, type ToldSection } from '@auzolan/shared/export/told.ts'
import { wordsIn } from '@auzolan/shared/export/words.ts'
import { UNDESCRIBED } from '@auzolan/shared/protocol/organisation.ts'
import { BUILTIN } from '@auzolan/shared/reference/references.ts'
import { FROZEN_EVALUATION } from '@auzolan/shared/schema/evaluation.ts'
import { withEveryField } from '@auzolan/shared/schema/json.ts'
import { frozenScoring } from '@auzolan/shared/scoring/frozen.ts'
import { DEFAULT_WEIGHTS } from '@auzolan/shared/scoring/criteria.ts'
import { DEFAULT_THRESHOLDS } from '@auzolan/shared/scoring/result.ts'
import { SAIOA_MEET, SAIOA_RESOLUTIONS } from '@auzolan/server/src/standalone/sample-evaluation.ts'
import { FACTS, newKey } from '../support/receipts.ts'
import { SAIOA_SHEETS, sheetOf } from '../support/scored.ts'

const LANGUAGES = ['eu', 'es']
type Changes = { readonly [section: string]: { readonly [field: string]: unknown } }
const scoring = frozenScoring(
  {
    n: 1,
    state: 'revealed',
    weights: DEFAULT_WEIGHTS,
    weightSet: 0,
    thresholds: DEFAULT_THRESHOLDS,
    sheets: SAIOA_SHEETS.map((row, i) => ({
      person: `p${i}`,
      name: `P${i}`,
      department: `d${i}`,
      scores: sheetOf(row),
    })),
  } as never,
  { sheets: 3, departments: 2 } as never,
)
function meet(changes: Changes = {}): object {
  const base = structuredClone({ ...SAIOA_MEET, scoring }) as { [section: string]: object }
  base['decision'] = { ...base['decision'], resolutions: SAIOA_RESOLUTIONS }
  for (const [section, fields] of Object.entries(changes)) base[section] = { ...base[section], ...fields }
  return withEveryField(FROZEN_EVALUATION, base, LANGUAGES)
}
function told(json: object, language: string, more: object = {}): ToldSection[] {
  const telling = {
    type: FROZEN_EVALUATION,
    json: json as never,
    language,
    say: wordsIn(language),
    organisation: UNDESCRIBED,
    outside: true,
    day: '2026-11-10',
    decided: true,
    dayIn: (day: string) => day,
    ...more,
  }
  return withWhatItComesTo(tell(telling), telling)
}
const line = (sections: ToldSection[], key: string): string | null => {
  const found = sections.find(({ id }) => id === IN_SHORT)!.parts.find((part) => part.key === key)
  return found && !isList(found) && found.told.kind === 'words' ? found.told.words.join() : null
}

describe('[EV20] an evaluation in one page', () => {
  const spanish = told(meet(), 'es')
  it('stands first, and says what was decided, with which conditions, and until when', () => {
    expect(spanish[0]).toMatchObject({ id: IN_SHORT, label: 'En una página' })
    expect(line(spanish, 'tool')).toBe('Saioa Meet · Public Sector · Saioa Meet GmbH')
    expect(line(spanish, 'outcome')).toBe('Con condiciones')
    expect(line(spanish, 'conditions')!.trim().split('\n')).toHaveLength(3)
    expect(line(spanish, 'conditions')).toMatch(
      /^\n1\. Deshabilitar por contrato .*EEE \(.*hasta el 2026-12-31\)\.\n2/,
    )
    // G.2: ninety days before the certificate runs out.
    expect(line(spanish, 'review')).toBe('2027-07-02')
  })
  it('says what the scores suggest, how far apart they lie, and what became of that', () => {
    expect(line(spanish, 'scores')).toBe(
      'Con condiciones. 65,8 puntos de 100. Sin una de las personas que puntuaron estaría entre 61,2 y 70,4. ' +
        'Es frágil: sin una de esas personas se sugeriría otra cosa.',
    )
    expect(line(spanish, 'apart')).toMatch(/^D1 .*: de 1 a 4\. .*: Los servicios jurídicos/)
  })
  it('says where the data are as the screen does', () => {
    expect(line(spanish, 'where')).toMatch(/^Los datos se guardan en Alemania y Francia\./)
    expect(line(told(meet(), 'eu'), 'where')).toContain('Alemania eta Frantzia')
  })
  it('has every blocking criterion with what it stands against', () => {
    expect(line(spanish, 'blocks')).toBe('No hay ningún criterio bloqueante en contra.')
    const sensitive = meet({ dataProtection: { dataClasses: ['special_art9'] } })
    expect(line(told(sensitive, 'es'), 'blocks')).toMatch(/^E-K1: .*No vale para: /)
    const nobody = meet({ cost: { model: 'free', contracted: false } })
    expect(line(told(nobody, 'es'), 'blocks')).toContain('E-K7')
  })
  it('by country: zone, what happens there, and who does it', () => {
    const section = spanish.find(({ id }) => id === 'dataLocation')!
    const table = section.parts.find(({ key }) => key === 'byCountry')!
    const cells = isList(table)
      ? table.records.map(({ fields }) =>
          fields.map(({ told: one }) => (one.kind === 'words' ? one.words.join() : '')),
        )
      : []
    expect(cells.map(([country, zone]) => [country, zone])).toEqual([
      ['Alemania', 'Unión Europea'],
      ['Francia', 'Unión Europea'],
      ['India', 'Tercer país'],
      ['Estados Unidos', 'Con decisión de adecuación parcial'],
    ])
    expect(cells[2]![3]).toBe('Saioa Laguntza Pvt')
  })
  it.each([
    ['an annulled decision is a zone no more', 'annulled', 'Tercer país'],
    ['one under appeal holds', 'under_appeal', 'Con decisión de adecuación parcial'],
  ])('%s', (_what, status, zone) => {
    const adequacy = BUILTIN.adequacy.map((one) => (one.id === 'US' ? { ...one, status } : one))
    const sections = told(meet(), 'es', { references: { ...BUILTIN, adequacy } })
    expect(JSON.stringify(sections.find(({ id }) => id === 'dataLocation'))).toContain(`"${zone}"`)
  })
  it.each([
    ['nothing is written', withEveryField(FROZEN_EVALUATION, {}, LANGUAGES)],
    [
      'a round is open',
      meet({
        scoring: frozenScoring(
          { n: 1, state: 'open', weights: DEFAULT_WEIGHTS, sheets: [] } as never,
          {} as never,
        ) as never,
      }),
    ],
  ])('says no points where %s', (_what, json) => {
    expect(line(told(json, 'es'), 'scores')).toBeNull()
    expect(line(told(json, 'es'), 'apart')).toBeNull()
  })
  it('names data and levels of what is recommended alone, whatever was written before', () => {
    const of = (outcome: string) =>
      ['data', 'levels'].map((key) => line(told(meet({ decision: { outcome } }), 'es'), key) !== null)
    expect([of('recommended'), of('not_recommended'), of('withdrawn')]).toEqual([
      [true, true],
      [false, false],
      [false, false],
    ])
  })
  it('[E-19] is looked at again when the organisation says', () => {
    const policy = { ...UNDESCRIBED.policy, reviewMonths: { individual: 1, collective: 1, institutional: 2 } }
    const said = (organisation: object) => line(told(meet(), 'es', { organisation }), 'review')
    expect([said(UNDESCRIBED), said({ ...UNDESCRIBED, policy })]).toEqual(['2027-07-02', '2027-01-10'])
  })
  it('is proposed, until it is decided', () => {
    const part = told(meet(), 'es', { decided: false })[0]!.parts.find(({ key }) => key === 'outcome')
    expect(part!.label).toBe('Qué se propone')
  })
  it.each(['eu', 'es', 'ca'])('in %s nothing is English', (language) => {
    const labels = told(meet(), language)[0]!.parts.map(({ label }) => label)
    const english = told(meet(), 'en')[0]!.parts.map(({ label }) => label)
    expect(labels.filter((label) => english.includes(label))).toEqual([])
  })
  it('is in the copy to read, which an archive keeps', () => {
    const copy = readingCopy({
      type: FROZEN_EVALUATION,
      json: meet(),
      receipt: newKey().sign(FACTS),
      languages: ['es', 'eu'],
      organisation: { ...UNDESCRIBED, name: { es: 'Haranberri' } },
      signedFile: 'x.json',
    })
    expect(copy).toContain('## En una página')
    expect(copy).toContain('**Qué sugieren las puntuaciones**: Con condiciones. 65,8 puntos de 100.')
    expect(copy.indexOf('## En una página')).toBeLessThan(copy.indexOf('## Identificación'))
  })
})
