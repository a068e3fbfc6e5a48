/** What an evaluation says stands beside the criteria it says it about. */
import { describe, expect, it } from 'vitest'
import { typeOfDocument } from '@auzolan/shared/document-types.ts'
import { parseDocument } from '@auzolan/shared/checks/run.ts'
import { EVALUATION } from '@auzolan/shared/schema/evaluation.ts'
import type { DocumentJson, Section } from '@auzolan/shared/schema/fields.ts'
import { CRITERIA } from '@auzolan/shared/scoring/criteria.ts'
import { factsBeside, FIELDS_BESIDE } from '@auzolan/shared/scoring/facts.ts'
import { SAIOA_MEET } from '@auzolan/server/src/standalone/sample-evaluation.ts'

const LANGUAGES = ['eu', 'es']
const evaluation = (over: object = {}): DocumentJson =>
  parseDocument(
    typeOfDocument('evaluation'),
    JSON.stringify({ ...SAIOA_MEET, ...over }),
    LANGUAGES,
  ) as DocumentJson

describe('[EV17] the facts beside a criterion', () => {
  const sections: readonly Section[] = EVALUATION.sections
  it.each(CRITERIA.map(({ id }) => id))('of %s are fields that there are, open to every reader', (id) => {
    expect(FIELDS_BESIDE[id].length).toBeGreaterThan(1)
    for (const path of FIELDS_BESIDE[id]) {
      const [section, key] = path.split('.') as [string, string]
      const field = sections.find((one) => one.id === section)?.fields[key]
      expect([path, field?.kind]).toEqual([path, expect.any(String)])
      expect([path, field?.restricted]).toEqual([path, undefined])
    }
  })

  it('are what is written, in the language of the screen where it is there, else in another one', () => {
    const facts = factsBeside(['X3', 'X4'], evaluation(), ['es', 'eu'])
    expect(facts.filter(({ filled }) => filled).map(({ path }) => path)).toContain('independence.licence')
    const need = (languages: string[]) => factsBeside(['N1'], evaluation(), languages)[0]
    expect(need(['es', 'eu'])).toMatchObject({ path: 'need.need', language: 'es', filled: true })
    expect(need(['ca', 'eu'])).toMatchObject({ path: 'need.need', language: 'eu', filled: true })
    expect(need(['ca'])).toMatchObject({ path: 'need.need', language: '', filled: false })
  })

  it('stand once in a block, however many of its criteria they are about', () => {
    const paths = factsBeside(['N4', 'X4'], evaluation(), LANGUAGES).map(({ path }) => path)
    expect(paths.filter((path) => path === 'cost.annualCost')).toHaveLength(1)
  })

  it('leave out what is not asked for and nobody has written, and not what somebody has', () => {
    const paths = (json: DocumentJson) => factsBeside(['S1', 'X1'], json, LANGUAGES).map(({ path }) => path)
    const alone = evaluation({ useLevel: { level: 'individual' }, security: {}, independence: {} })
    expect(paths(alone)).toEqual([])
    const written = evaluation({
      useLevel: { level: 'individual' },
      security: {},
      independence: { exports: 'everything' },
    })
    expect(paths(written)).toEqual(['independence.exports'])
    const none = evaluation({ security: { conformity: 'none' } })
    expect(paths(none)).not.toContain('security.certificateCategory')
    expect(paths(none)).toContain('security.otherCertificates')
  })
})
