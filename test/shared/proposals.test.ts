/** What a new plan brings along, offered again where a field is empty; what somebody has written stays. */
import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import { plainText } from '@auzolan/shared/schema/fields.ts'
import { paragraphs, readRich, writeDocument } from '@auzolan/shared/schema/json.ts'
import { proposalOf, proposals, propose } from '@auzolan/shared/schema/plan/proposals.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { SectionPlace } from '@auzolan/shared/schema/shapes.ts'

describe('the proposal of', () => {
  it.each([
    ['staffGuidance.enjoy', 'eu', 'Sareek ate asko'],
    ['participation.pertinent', 'es', 'Que sean pertinentes'],
    ['replies/thanks/text', 'ca', 'Gràcies!'],
    ['values/quality/name', 'en', 'Quality'],
  ])('%s in %s', (path, language, text) => expect(proposalOf(path, language)).toContain(text))
  it.each([
    ['staffGuidance.enjoy', 'gl'],
    ['identity.title', 'es'],
    ['privacy.minorsAge', 'es'],
    ['privacy.replies', 'es'],
    ['replies/thanks/purpose', 'es'],
    ['replies/gone/text', 'es'],
    ['nowhere/thanks/text', 'es'],
    ['profiles/x/handle', 'es'],
    ['', 'es'],
  ])('%j in %s is none', (path, language) => expect(proposalOf(path, language)).toBeNull())
})

describe('using a proposal', () => {
  const section = (id: string, template = {}): SectionPlace => {
    const doc = new Y.Doc()
    writeDocument(PLAN, doc, ['eu', 'es'], template)
    return new SectionPlace(
      doc,
      PLAN.sections.find((one) => one.id === id)!,
    )
  }
  it('fills an empty text, also one of spaces, in its language alone', () => {
    const place = section('participation', { participation: { pertinent: { eu: '  ', es: '' } } })
    propose(place, 'pertinent', 'eu', 'Egokiak')
    expect(place.text('pertinent', 'eu').toString()).toBe('Egokiak')
    expect(place.text('pertinent', 'es').toString()).toBe('')
  })
  it('fills an empty prose with one paragraph', () => {
    const place = section('staffGuidance')
    propose(place, 'enjoy', 'eu', 'Sareak')
    expect(readRich(place.prose('enjoy', 'eu'))).toEqual(paragraphs('Sareak'))
  })
  it('changes nothing that somebody has written', () => {
    const place = section('staffGuidance', {
      staffGuidance: { enjoy: { eu: paragraphs('Gurea'), es: [] }, freedom: { eu: 'Gurea', es: '' } },
    })
    for (const key of ['enjoy', 'freedom']) propose(place, key, 'eu', 'Sareak')
    expect(plainText(readRich(place.prose('enjoy', 'eu')))).toBe('Gurea')
    expect(place.text('freedom', 'eu').toString()).toBe('Gurea')
  })
})

it('every proposed text fits its field', () => {
  const languages = ['en', 'es', 'eu', 'ca']
  const template = proposals(languages)
  const tooLong: string[] = []
  const look = (fields: object, values: Record<string, unknown>, at: string): void => {
    for (const [key, field] of Object.entries(fields) as [string, never][]) {
      const {
        kind,
        maxCharacters = 0,
        item = {},
      } = field as { kind: string; maxCharacters?: number; item?: object }
      if (kind === 'list')
        for (const one of (values[key] ?? []) as Record<string, unknown>[]) look(item, one, key)
      if (kind === 'text' && values[key])
        for (const text of Object.values(values[key] as object) as string[])
          if (text === '' || text.length > maxCharacters) tooLong.push(`${at}.${key}`)
    }
  }
  for (const { id, fields } of PLAN.sections) look(fields, template[id] ?? {}, id)
  expect(tooLong).toEqual([])
})
