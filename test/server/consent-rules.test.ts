/** When a consent counts, and what makes it none. */
import { describe, expect, it } from 'vitest'
import {
  CONSENT_GIVERS,
  SUBJECT_KINDS,
  consentFault,
  coversNetwork,
  holdsOn,
  namesSomebody,
  type Consent,
} from '@auzolan/shared/posts/consent.ts'

const consent = (more: Partial<Consent> = {}): Consent => ({
  subject: 'P-017',
  subjectKind: 'adult',
  givenBy: 'self',
  scope: ['image'],
  networks: ['mastodon', 'instagram'],
  purpose: 'Jaiak',
  obtainedOn: '2027-03-10',
  expiresOn: '2027-03-20',
  evidence: 'https://cloud.example/f/77',
  freelyGiven: true,
  withdrawnOn: null,
  ...more,
})
const isValid = (one: Consent, network: string, day: string): boolean =>
  coversNetwork(one, network) && holdsOn(one, day)

describe('[CS2] it counts', () => {
  it.each<[string, Partial<Consent>, string, string, boolean]>([
    ['on its first day', {}, 'mastodon', '2027-03-10', true],
    ['not the day before', {}, 'mastodon', '2027-03-09', false],
    ['on its last day', {}, 'instagram', '2027-03-20', true],
    ['not the day after', {}, 'instagram', '2027-03-21', false],
    ['without an end, for long', { expiresOn: null }, 'mastodon', '2099-01-01', true],
    ['not on another network', {}, 'x', '2027-03-12', false],
    ['on all networks', { networks: 'all' }, 'x', '2027-03-12', true],
    ['on none', { networks: [] }, 'x', '2027-03-12', false],
    ['until the day before it was withdrawn', { withdrawnOn: '2027-03-15' }, 'mastodon', '2027-03-14', true],
    ['not on the day it was withdrawn', { withdrawnOn: '2027-03-15' }, 'mastodon', '2027-03-15', false],
    ['not when it was no free choice (P-32)', { freelyGiven: false }, 'mastodon', '2027-03-12', false],
  ])('%s', (_when, more, network, day, valid) => expect(isValid(consent(more), network, day)).toBe(valid))
  it.each(
    SUBJECT_KINDS.flatMap((subjectKind) => CONSENT_GIVERS.map((givenBy) => [subjectKind, givenBy] as const)),
  )('of %s by %s', (subjectKind, givenBy) => {
    const good = !(subjectKind === 'minor_under_age' && givenBy === 'self')
    const given = consent({ subjectKind, givenBy })
    expect(isValid(given, 'mastodon', '2027-03-12')).toBe(good)
    expect(consentFault(given, '2027-03-12')).toBe(good ? null : 'guardian')
  })
})

describe('[CS3] it is written down', () => {
  it.each<[Partial<Consent>, string | null]>([
    [{}, null],
    [{ freelyGiven: false }, 'P-32'],
    [{ scope: [] }, 'no scope'],
    [{ networks: [] }, 'no network'],
    [{ expiresOn: '2027-03-09' }, 'ends before it begins'],
    [{ expiresOn: '2027-03-10' }, null],
    [{ obtainedOn: '2027-03-12', expiresOn: null }, null],
    [{ obtainedOn: '2027-03-13', expiresOn: null }, 'not obtained yet'],
    [{ subject: 'ane@example.eus' }, 'names somebody'],
  ])('with %j: %s', (more, fault) => expect(consentFault(consent(more), '2027-03-12')).toBe(fault))
  it.each([
    ['P-017', false],
    ['Jaiak 2027, 4. haurra', false],
    ['@ane', true],
    ['ane@example.eus', true],
    ['https://mastodon.example/ane', true],
    ['12.345.678-Z', true],
    ['943 12 34 56', true],
    ['2027-03-10/4', false],
    ['KONTS-2027-0001234', false],
    ['X1234567L', true],
    ['+34 612 34 56 78', true],
    ['0034612345678', true],
    ['(612) 345 678', true],
    ['612/345/678', true],
    ['12345678_Z', true],
    ['１２３４５６７８Z', true],
    ['www.haranberri.eus/ane', true],
    ['Herri eskola. 4. taldea', false],
    ['5123456789', false],
    ['6123456789', false],
  ])('%s names somebody: %s', (subject, names) => expect(namesSomebody(subject)).toBe(names))
})
