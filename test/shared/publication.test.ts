/** What stands in the way of making a version public, from its text and the organisation alone. */
import { describe, expect, it } from 'vitest'
import { publicationFindings, type PublicationContext } from '@auzolan/shared/checks/publication.ts'
import { DOCUMENT_TYPES } from '@auzolan/shared/document-types.ts'
import { UNDESCRIBED } from '@auzolan/shared/protocol/organisation.ts'
import { wholePlan } from '../support/reviewed.ts'

const CONTEXT: PublicationContext = {
  languages: ['eu', 'es'],
  today: '2026-11-25',
  inForce: true,
  visibility: 'public',
  organisation: { ...UNDESCRIBED, version: 1, name: { eu: 'Haranberriko Udala' } },
}
type Open = { identity: { title: { [language: string]: string } } }
const found = (edit: (plan: Open) => void = () => {}, more: Partial<PublicationContext> = {}): string[] => {
  const plan = wholePlan() as unknown as Open
  edit(plan)
  return publicationFindings(DOCUMENT_TYPES.plan, plan as never, { ...CONTEXT, ...more }).map(
    ({ check, severity, path, gate }) => `${gate} ${severity} ${check} ${path}`.trim(),
  )
}
const titled = (eu: string): string[] => found((plan) => (plan.identity.title = { eu, es: eu }))

describe('[AU10] a plan', () => {
  it('that lacks nothing is made public', () => {
    expect(found()).toEqual([])
  })
  it.each(['team', 'organisation'] as const)('that only %s sees is not', (visibility) => {
    expect(found(undefined, { visibility })).toEqual(['publication block visibility'])
  })
  it('without a text in an official language is not', () => {
    expect(found((plan) => (plan.identity.title = { eu: 'Plana' }))).toEqual([
      'publication block O-02 identity.title:es',
    ])
  })
  it.each([
    ['of nobody', { version: 0 }],
    ['without a name', { name: {} }],
    ['without a name in its first language', { name: { es: 'Ayuntamiento' } }],
  ])('of an organisation %s is not', (_what, more) => {
    expect(found(undefined, { organisation: { ...CONTEXT.organisation, ...more } })).toEqual([
      'publication block O-06',
    ])
  })
  it.each(['Ane 12345678Z', 'dni: 12345678-z.', 'X1234567L', 'NIE x-1234567 l'.replace('x-', 'x')])(
    'with an identity number (%s) is not',
    (title) => {
      expect(titled(title)).toEqual(['publication block O-04 identity.title'])
    },
  )
  it.each([
    '12345678A',
    'Tel. 943123456',
    'Expediente 2026/12345678',
    'A12345678Z',
    '12345678ZA',
    'L01200697',
  ])('with another number (%s) is', (title) => {
    expect(titled(title)).toEqual([])
  })
  it('with an e-mail address is, after a look', () => {
    expect(titled('Galderak: ane@haranberri.example')).toEqual(['publication warn O-04 identity.title'])
  })
  it('is read through bold: a number in two pieces of one paragraph is one', () => {
    const rich = {
      type: 'doc',
      content: [
        {
          type: 'paragraph',
          content: [
            { type: 'text', text: '1234' },
            { type: 'text', text: '5678Z' },
          ],
        },
      ],
    }
    expect(found((plan) => (plan.identity.title = { eu: rich as never, es: 'x' }))).toContain(
      'publication block O-04 identity.title',
    )
  })
})
