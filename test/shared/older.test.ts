/** Text that is older than the schema, and pictures from anybody: read as what they are, and never crashed on. */
import { describe, expect, it } from 'vitest'
import { checkPlan, parsePlan, type Report } from '@auzolan/shared/checks/run.ts'
import { PICTURE_PREVIEW_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import { accountOf, namesAfter } from '@auzolan/shared/account-names.ts'
import { readPicture } from '@auzolan/shared/schema/json.ts'
import { wholePlan } from '../support/reviewed.ts'

describe('a version older than the schema', () => {
  const LANGUAGES = ['eu', 'es']
  const check = (json: string): Report =>
    checkPlan(parsePlan(json, LANGUAGES), { languages: LANGUAGES, today: '2026-11-26', inForce: false })
  const { identity, planning, principles, profiles } = wholePlan() as Record<string, Record<string, unknown>>

  it('is checked: the sections it has keep what they say, the others are empty', () => {
    const { completeness, missing } = check(JSON.stringify({ identity, planning, principles, profiles }))
    expect(completeness).toMatchObject({ identity: 'complete', planning: 'complete', team: 'empty' })
    expect(missing.map(({ section }) => section)).not.toContain('profiles')
  })
  it('whose records lack the fields of today is checked too', () => {
    const bare = [{ id: 'old', displayName: 'Udala', network: 'mastodon' }]
    const { missing } = check(JSON.stringify({ profiles: { profiles: bare } }))
    expect(missing.map(({ path }) => path)).toContain('profiles/old/handle')
    expect(missing.map(({ path }) => path)).not.toContain('profiles/old/network')
  })
  it.each([
    '{}',
    '[]',
    'null',
    '"text"',
    '{"identity":3,"profiles":{"profiles":"none"}}',
    '{"team":{"managers":[null]}}',
  ])('that is no plan (%s) lacks everything and stops nothing', (json) =>
    expect(check(json).missing.length).toBeGreaterThan(20),
  )
})

describe('a picture', () => {
  const sha256 = 'a'.repeat(64)
  const preview = (text: string): string | undefined =>
    readPicture({ name: 'a.png', sha256, preview: text })?.preview
  const HEAD = 'data:image/webp;base64,'

  it.each([`${HEAD}AAAA`, 'data:image/png;base64,AAA=', `${HEAD}a+/9==`])(
    'shows the copy that lies in the document: %s',
    (copy) => expect(preview(copy)).toBe(copy),
  )
  it.each([
    'https://tracker.example/a.png',
    '//tracker.example/a.png',
    'javascript:alert(1)',
    'data:image/svg+xml;base64,AAAA',
    'data:text/html;base64,AAAA',
    'data:image/png,AAAA',
    `${HEAD}AA AA`,
    `${HEAD}AAAA\nhttps://tracker.example`,
    ` ${HEAD}AAAA`,
    HEAD,
    '',
  ])('never shows %j', (address) => expect(preview(address)).toBe(''))
  it('shows a copy of 8,192 characters, and not one of 8,193', () => {
    const of = (length: number): string => HEAD + 'A'.repeat(length - HEAD.length)
    expect(PICTURE_PREVIEW_MAX_CHARACTERS).toBe(8_192)
    expect(preview(of(8_192))).toBe(of(8_192))
    expect(preview(of(8_193))).toBe('')
  })
  it.each([
    null,
    'a',
    {},
    { name: 'a', sha256, preview: 3 },
    { name: 'a', sha256: 'a'.repeat(63), preview: '' },
    { name: 'a', sha256: 'A'.repeat(64), preview: '' },
    { name: 'a', sha256: `${sha256}\n`, preview: '' },
  ])('is none: %j', (value) => expect(readPicture(value)).toBeNull())
})

describe('[O4] an account name', () => {
  const BRACKETS = '{org}[_{dept}]'
  it.each([
    ['@haranberriudala', BRACKETS, true],
    ['haranberriudala', BRACKETS, true],
    ['@HaranberriUdala', BRACKETS, true],
    ['@haranberriudala@mastodon.example', BRACKETS, true],
    [' @haranberriudala_gazteria ', BRACKETS, true],
    ['@haranberriudala_kultura', BRACKETS, false],
    ['@haranberriudala_', BRACKETS, false],
    ['@haranberriudalagazteria', BRACKETS, false],
    ['@gazteria_haranberriudala', BRACKETS, false],
    ['@haranberriudala2', BRACKETS, false],
    ['', BRACKETS, false],
    ['@haranberriudalaGazteria', '{org}{Dept}', true],
    ['@haranberriudala', '{org}', true],
    ['@haranberriudala_gazteria', '{org}', false],
  ] as const)('%j by %j: %s', (handle, pattern, expected) => {
    expect(namesAfter(pattern, 'Haranberri Udala', ['gazteria']).has(accountOf(handle))).toBe(expected)
  })
})
