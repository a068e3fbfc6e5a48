/** Lists of reference data over REST: who may replace them, what is taken, that nothing is lost, and what they mean for versions. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Problem } from '@auzolan/shared/protocol/rest.ts'
import type { Edition, EditionSummary, ReferenceAnswer } from '@auzolan/shared/protocol/reference.ts'
import type { Review } from '@auzolan/shared/protocol/review.ts'
import { REFERENCE_ENTRIES_MAX, REFERENCE_SOURCE_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import { BUILTIN, LISTS, type ListId } from '@auzolan/shared/reference/references.ts'
import { isRefusal } from '@auzolan/shared/codes.ts'
import { planTemplate } from '@auzolan/server/src/documents/plan-template.ts'
import {
  DOCUMENTS,
  JOURNAL,
  ORGANISATION,
  REFERENCE_LISTS,
  TEAMS,
  VERSIONS,
} from '@auzolan/server/src/container.ts'
import type { PersonId } from '@auzolan/shared/ids.ts'
import { startHere, type ServerHere } from '../support/in-process.ts'
import { sign, type Signing } from '../support/nextcloud-host.ts'
import { startReviewed } from '../support/reviewed.ts'
import { teamOf } from '../support/teams.ts'

const ROOT = { person: 'root', admin: true }
const ANE = { person: 'ane' }

let server: ServerHere
beforeAll(async () => {
  server = await startHere()
})
afterAll(() => server.stop())

async function call<T = unknown>(who: Signing | null, method: string, path: string, body?: unknown) {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: {
      ...(who ? { authorization: `Bearer ${await sign(who)}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return {
    status: response.status,
    json: (text ? JSON.parse(text) : null) as T,
  }
}
const all = async (): Promise<ReferenceAnswer> => (await call<ReferenceAnswer>(ANE, 'GET', '/reference')).json
const now = async (list: ListId): Promise<Edition> => (await all()).lists[list]
const history = async (list: ListId): Promise<EditionSummary[]> =>
  (await call<EditionSummary[]>(ANE, 'GET', `/reference/${list}/editions`)).json
const given = (edition: number, more: object = {}) => ({
  edition,
  verifiedOn: '2026-11-25',
  source: 'Udala',
  entries: [{ use: 'noPurpose', language: 'eu', phrase: 'Badaezpada' }],
  ...more,
})
const replace = async (more: object = {}, list: ListId = 'phrases') =>
  call<Edition & Problem>(ROOT, 'PUT', `/reference/${list}`, given((await now(list)).n, more))

describe('[RD3] replacing a list', () => {
  it.each([
    ['nobody', null, 401],
    ['a person', ANE, 403],
    ['an administrator of Nextcloud', ROOT, 200],
  ] as const)('as %s: %i', async (_name, who, status) => {
    const { n } = await now('phrases')
    expect((await call(who, 'PUT', '/reference/phrases', given(n))).status).toBe(status)
    expect((await now('phrases')).n).toBe(status === 200 ? n + 1 : n)
  })
  it.each(['/reference', '/reference/phrases/editions', '/reference/phrases/editions/0'])(
    'what %s says is for anybody signed in, and nobody else',
    async (path) => {
      expect((await call(null, 'GET', path)).status).toBe(401)
      expect((await call(ANE, 'GET', path)).status).toBe(200)
    },
  )
  it('keeps every edition, and says who made it, when, and on whose word', async () => {
    const before = await now('networks')
    expect(before).toMatchObject({ n: 0, by: null, entries: BUILTIN.networks })
    const entries = [
      { id: 'pixelfed', label: 'Pixelfed', unit: 'characters', confidence: 'low', textMax: 2_000 },
    ]
    const saved = await replace({ entries }, 'networks')
    expect(saved.json).toMatchObject({
      n: 1,
      by: { id: 'root' },
      verifiedOn: '2026-11-25',
      source: 'Udala',
      count: 1,
      backTo: null,
    })
    expect(saved.json.entries).toMatchObject([
      { id: 'pixelfed', textMax: 2_000, notes: {}, needsMedia: false },
    ])
    expect(await now('networks')).toEqual(saved.json)
    expect((await history('networks')).map(({ n, sha256 }) => [n, sha256])).toEqual([
      [1, saved.json.sha256],
      [0, before.sha256],
    ])
    expect((await call(ANE, 'GET', '/reference/networks/editions/1')).json).toEqual(saved.json)
    expect((await call(ANE, 'GET', '/reference/networks/editions/0')).json).toEqual(before)
  })
  it('of two who begin at the same edition the second one is told', async () => {
    const { n } = await now('phrases')
    const change = () => call<Problem>(ROOT, 'PUT', '/reference/phrases', given(n))
    const answers = await Promise.all([change(), change()])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(answers.find(({ status }) => status === 409)!.json.code).toBe('CHANGED_MEANWHILE')
    expect((await now('phrases')).n).toBe(n + 1)
  })
  it('takes an earlier edition up again as a new one, and what the program brings as it brings it', async () => {
    const first = (await replace({ source: 'Lehena' })).json
    await replace({ source: 'Bigarrena', entries: [{ use: 'everybody', language: 'eu', phrase: 'Denak' }] })
    const again = await call<Edition>(ROOT, 'PUT', '/reference/phrases', {
      edition: first.n + 1,
      backTo: first.n,
    })
    expect(again.json).toMatchObject({
      n: first.n + 2,
      backTo: first.n,
      source: 'Lehena',
      entries: first.entries,
    })
    await call(ROOT, 'PUT', '/reference/phrases', { edition: first.n + 2, backTo: 0 })
    expect(await now('phrases')).toMatchObject({ n: first.n + 3, backTo: 0, ...LISTS.phrases.builtin })
    // A newer program has brought another list since.
    const journal = server.container.resolve(JOURNAL)
    await journal.transact((rows) =>
      rows
        .updateTable('reference_edition')
        .set({ entries: '[]' })
        .where('n', '=', first.n + 3)
        .execute()
        .then(() => {}),
    )
    expect((await now('phrases')).entries).toEqual(BUILTIN.phrases)
  })
  it.each([99, -1, 1.5])('takes no edition %d up, which never was', async (backTo) => {
    const { n } = await now('licences')
    const { status } = await call(ROOT, 'PUT', '/reference/licences', { edition: n, backTo })
    expect(status).toBe(backTo === 99 ? 404 : 400)
    expect((await now('licences')).n).toBe(n)
  })
  it('leaves a row in the audit with both fingerprints', async () => {
    const before = await now('languages')
    const { json: after } = await replace(
      { entries: [{ id: 'eu' }, { id: 'de', name: { eu: 'Alemana' } }] },
      'languages',
    )
    const row = await server.container
      .resolve(JOURNAL)
      .rows.selectFrom('audit')
      .selectAll()
      .where('action', '=', 'reference.change')
      .orderBy('n', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    expect(row).toMatchObject({ actor: 'root', subject: 'languages' })
    expect(JSON.parse(row.detail)).toEqual({
      edition: after.n,
      from: before.n,
      before: before.sha256,
      after: after.sha256,
      verifiedOn: '2026-11-25',
      added: 1,
      changed: 0,
      removed: before.count - 1,
    })
  })
  it('says nothing to a page that knows it', async () => {
    const { version } = await all()
    expect((await call(ANE, 'GET', `/reference?known=${version}`)).status).toBe(204)
    await replace({ source: 'Berria' })
    expect((await call(ANE, 'GET', `/reference?known=${version}`)).status).toBe(200)
  })
  it.each(['poems', '__proto__', 'networks%2F'])('there is no list %s', async (list) => {
    expect((await call(ROOT, 'PUT', `/reference/${list}`, given(0))).status).toBe(404)
    expect((await call(ANE, 'GET', `/reference/${list}/editions`)).status).toBe(404)
  })
  it.each(['x', '99999999999999999999', '12'])('there is no edition %s', async (n) =>
    expect((await call(ANE, 'GET', `/reference/licences/editions/${n}`)).status).toBe(404),
  )

  const bad: [string, object][] = [
    ['no date', { verifiedOn: '' }],
    ['a day there is not', { verifiedOn: '2026-02-30' }],
    ['no source', { source: ' ' }],
    ['a source that is a book', { source: 'a'.repeat(REFERENCE_SOURCE_MAX_CHARACTERS + 1) }],
    ['no entries', { entries: [] }],
    ['entries that are none', { entries: 'porque toca' }],
    ['a phrase that is in every text', { entries: [{ use: 'noPurpose', language: 'es', phrase: 'a' }] }],
    [
      'a column there is not',
      { entries: [{ use: 'noPurpose', language: 'es', phrase: 'porque', colour: 'red' }] },
    ],
    [
      'too many',
      {
        entries: Array.from({ length: REFERENCE_ENTRIES_MAX + 1 }, (_, i) => ({
          use: 'noPurpose',
          language: 'es',
          phrase: `frase ${i}`,
        })),
      },
    ],
    ['both at once', { backTo: 0 }],
    ['no edition it was made from', { edition: undefined }],
  ]
  it.each(bad)('takes no %s', async (_what, part) => {
    const before = await now('phrases')
    const answer = await replace(part)
    expect([answer.status, answer.json.code]).toEqual([400, 'INVALID_INPUT'])
    expect(await now('phrases')).toEqual(before)
  })
  it('says which entry is wrong', async () => {
    const { json } = await replace({
      entries: [...BUILTIN.phrases, { use: 'never', language: 'es', phrase: 'porque' }],
    })
    expect(json.detail).toContain(`entry ${BUILTIN.phrases.length + 1} use no_choice`)
  })
  it('takes the longest source there may be', async () =>
    expect((await replace({ source: 'a'.repeat(REFERENCE_SOURCE_MAX_CHARACTERS) })).status).toBe(200))
  it('keeps all of it over a restart', async () => {
    const before = await all()
    await server.restart()
    expect(await all()).toEqual(before)
  })
})

describe('[RD7] a licence of the organisation', () => {
  it('is one of the list, or the one it has', async () => {
    const organisation = server.container.resolve(ORGANISATION)
    const save = async (licence: string) =>
      (
        await call(ROOT, 'PUT', '/organisation', {
          ...(await organisation.read()),
          name: { eu: 'Udala' },
          licence,
        })
      ).status
    const licence = { label: 'Gurea', url: 'https://a.example/' }
    await replace(
      {
        entries: [
          { id: 'GUREA', ours: true, ...licence },
          { id: 'ND', ...licence },
        ],
      },
      'licences',
    )
    expect(await save('CC-BY-4.0')).toBe(200)
    expect(await save('ND')).toBe(400)
    expect(await save('GUREA')).toBe(200)
    expect(await save('CC-BY-4.0')).toBe(400)
  })
})

describe('[RD6] a version', () => {
  it('is checked with the lists it was sent with, whatever they say later', async () => {
    await call(ROOT, 'PUT', '/reference/phrases', { edition: (await now('phrases')).n, backTo: 0 })
    const { container } = server
    const lists = container.resolve(REFERENCE_LISTS)
    const versions = container.resolve(VERSIONS)
    const teamId = await teamOf(container.resolve(TEAMS), 'Taldea', ['person', 'ane', 'editor'])
    const template = {
      ...planTemplate(['eu'], { eu: 'Plana' }),
      planning: { purposes: [{ id: 'p', text: { eu: 'Badaezpada, gerta liteke eta' } }] },
    }
    const id = await container
      .resolve(DOCUMENTS)
      .create({ teamId, languages: ['eu'], template: template as never, by: 'ane' as PersonId })
    const send = async (): Promise<void> => {
      const frozen = await versions.freeze(id)
      if (isRefusal(frozen)) throw new Error(frozen.detail)
      await container.resolve(JOURNAL).transact(async (rows) => {
        const by = { id: 'ane', name: 'Ane' }
        const checkedWith = await lists.keep(rows)
        const facts = { at: '2026-11-25T10:00:00.000Z', by, note: '', due: null, languages: ['eu'] }
        await versions.add(rows, id, frozen, { ...facts, checkedWith })
      })
    }
    const warned = async (): Promise<boolean> =>
      (await call<Review>(ANE, 'GET', `/documents/${id}/review`)).json.findings.some(
        ({ check }) => check === 'P-02',
      )
    await send()
    expect(await warned()).toBe(false)
    await replace()
    expect(await warned()).toBe(false)
    await send()
    expect(await warned()).toBe(true)
    await call(ROOT, 'PUT', '/reference/phrases', { edition: (await now('phrases')).n, backTo: 0 })
    expect(await warned()).toBe(true)
  })

  it('that was sent and approved shows what its approver saw', async () => {
    const house = await startReviewed()
    const id = await house.plan()
    await house.decided(id)
    const found = async () =>
      (await house.call<Review>('ane', 'GET', `/documents/${id}/review`)).json.findings
    const before = await found()
    const phrase = { use: 'noPurpose', language: 'eu', phrase: 'Udal zerbitzuen' }
    expect(await house.outcome('root', 'PUT', '/reference/phrases', given(0, { entries: [phrase] }))).toEqual(
      [200, undefined],
    )
    expect(await found()).toEqual(before)
    await house.submit(id)
    expect((await found()).map(({ check }) => check)).toContain('P-02')
    expect(before.map(({ check }) => check)).not.toContain('P-02')
    await house.stop()
  })
})
