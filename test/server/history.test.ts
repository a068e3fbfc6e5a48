/** Who changed what and when, named versions, and how far somebody has read, over REST and on the wire. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type * as Y from 'yjs'
import { channelId, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import {
  NAMED_VERSIONS_MAX,
  SEEN_MARKS_MAX,
  TOUCHED_ROWS_OF_ONE_MAX,
  VERSION_LABEL_MAX_CHARACTERS,
} from '@auzolan/shared/limits.ts'
import type { ChangedDocument, Happening, Touches } from '@auzolan/shared/protocol/history.ts'
import type { Problem } from '@auzolan/shared/protocol/rest.ts'
import type { Review, Version, VersionSummary } from '@auzolan/shared/protocol/review.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { ListPlace } from '@auzolan/shared/schema/shapes.ts'
import { ARRANGING, ATTRIBUTION, DOCUMENTS, JOURNAL, TEAMS } from '@auzolan/server/src/container.ts'
import { startHere, type ServerHere } from '../support/in-process.ts'
import { sign } from '../support/nextcloud-host.ts'
import { startNextcloud, type NextcloudServer } from '../support/nextcloud-server.ts'
import { wholePlan } from '../support/reviewed.ts'
import { teamOf } from '../support/teams.ts'
import { openWriter, type Writer } from '../support/wire.ts'

let nextcloud: NextcloudServer
let server: ServerHere
beforeAll(async () => {
  nextcloud = await startNextcloud()
  for (const person of ['ane', 'jon', 'mayor', 'lawyer', 'miren', 'outsider'])
    nextcloud.users[person] = { enabled: true, groups: [], teams: [] }
  server = await startHere({ AUZOLAN_NEXTCLOUD_INTERNAL_URL: nextcloud.url })
})
afterAll(async () => {
  await server.stop()
  nextcloud.close()
})

async function call<T = unknown>(person: string | null, method: string, path: string, body?: unknown) {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: {
      ...(person === null ? {} : { authorization: `Bearer ${await sign({ person })}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, json: (text === '' ? null : JSON.parse(text)) as T }
}
const outcome = async (...args: Parameters<typeof call>): Promise<[number, string | undefined]> => {
  const { status, json } = await call<Problem | null>(...args)
  return [status, json?.code]
}

/** Ane coordinates, Jon writes, the mayor directs, Miren reads. */
async function plan(): Promise<DocumentId> {
  const template = wholePlan()
  const teamId = await teamOf(
    server.container.resolve(TEAMS),
    'Taldea',
    ['person', 'ane', 'coordinator'],
    ['person', 'jon', 'editor'],
    ['person', 'mayor', 'director'],
    ['person', 'lawyer', 'legal'],
    ['person', 'miren', 'reader'],
  )
  return server.container
    .resolve(DOCUMENTS)
    .create({ teamId, languages: ['eu', 'es'], template, by: 'ane' as PersonId })
}
async function writing(person: string, id: DocumentId, ...steps: Parameters<Writer['edit']>): Promise<void> {
  const writer = await openWriter(server, person, id)
  for (const update of writer.edit(...steps)) expect(await writer.write(update)).toBeNull()
  await writer.close()
}
const titled = (text: string) => (doc: Writer['doc']) => doc.getText('identity.title:eu').insert(0, text)
const audiences = (doc: Writer['doc']) => new ListPlace(doc, PLAN.sections[1].fields.audiences)
const named = async (id: DocumentId, label: string, who = 'jon'): Promise<number> =>
  (await call<{ version: number }>(who, 'POST', `/documents/${id}/versions`, { label })).json.version
const touched = async (id: DocumentId, query = '', who = 'miren') =>
  (await call<Touches>(who, 'GET', `/documents/${id}/touched${query}`)).json
const whoIn = (touches: Touches, path: string): string[] =>
  (touches.fields[path] ?? []).map(({ by }) => by.id)

describe('what was done with it', () => {
  it('[HI12] is told in order, by whom, when and why, with the version it was about', async () => {
    const id = await plan()
    const step = async (who: string, method: string, what: string, body: unknown = {}): Promise<void> =>
      expect(await outcome(who, method, `/documents/${id}/${what}`, body)).toEqual([
        what === 'review' ? 201 : 204,
        undefined,
      ])
    await step('ane', 'POST', 'review')
    await step('ane', 'POST', 'review/withdraw')
    await named(id, 'Tartekoa')
    await writing('jon', id, titled('a'))
    await step('ane', 'POST', 'review')
    await step('ane', 'POST', 'review/withdraw')
    await step('ane', 'POST', 'archive', { reason: 'Ez dugu gehiago erabiltzen.' })
    await step('mayor', 'POST', 'reopen')
    const happened = await call<Happening[]>('miren', 'GET', `/documents/${id}/happened`)
    expect(happened.json.map(({ kind, by, version, reason }) => [kind, by.id, version, reason])).toEqual([
      ['reopened', 'mayor', 3, ''],
      ['archived', 'ane', 3, 'Ez dugu gehiago erabiltzen.'],
      ['withdrawn', 'ane', 3, ''],
      ['withdrawn', 'ane', 1, ''],
    ])
    expect(happened.json[0]!.by.name).toBe('mayor of the council')
    expect(happened.json.every(({ at }) => Date.parse(at) > Date.now() - 60_000)).toBe(true)
  })

  it('[HI12] an opinion has its words, also one that its author has replaced', async () => {
    const id = await plan()
    await call('ane', 'POST', `/documents/${id}/review`, {})
    const say = (stance: string, text: string) =>
      outcome('lawyer', 'PUT', `/documents/${id}/review/opinions/legal`, { version: 1, stance, text })
    expect(await say('against', 'Datuak babesteko klausula falta da.')).toEqual([204, undefined])
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(await say('favourable', 'Orain ondo.')).toEqual([204, undefined])
    const { json } = await call<Happening[]>('miren', 'GET', `/documents/${id}/happened`)
    expect(json).toMatchObject([
      { kind: 'opinion', role: 'legal', stance: 'favourable', reason: 'Orain ondo.', version: 1 },
      { kind: 'opinion', role: 'legal', stance: 'against', reason: 'Datuak babesteko klausula falta da.' },
    ])
  })

  it('is for whoever may read the document', async () => {
    const id = await plan()
    expect(await outcome('outsider', 'GET', `/documents/${id}/happened`)).toEqual([404, 'NOT_FOUND'])
    expect(await outcome(null, 'GET', `/documents/${id}/happened`)).toEqual([401, 'TICKET_MISSING'])
  })
})

describe('who changed a field', () => {
  it('[HI1] is said by the author of the entry, between the versions it lies between', async () => {
    const id = await plan()
    await writing('ane', id, titled('a'))
    expect(await named(id, 'Lehena')).toBe(1)
    await writing('jon', id, titled('b'), (doc) =>
      audiences(doc).record('a1')!.toggle('languages', 'fr', true),
    )
    expect(await named(id, 'Bigarrena')).toBe(2)
    await writing('ane', id, titled('c'))
    await writing('jon', id, (doc) => audiences(doc).record('a1')!.text('name', 'eu')!.insert(0, 'd'))
    expect(whoIn(await touched(id, '?from=0&to=1'), 'identity.title:eu')).toEqual(['ane'])
    expect(whoIn(await touched(id, '?from=1&to=2'), 'identity.title:eu')).toEqual(['jon'])
    expect(whoIn(await touched(id, '?from=2'), 'identity.title:eu')).toEqual(['ane'])
    expect(whoIn(await touched(id), 'identity.title:eu')).toEqual(['ane', 'jon'])
    const since = await touched(id, '?from=2')
    expect(whoIn(since, 'audiences/a1/name:eu')).toEqual(['jon'])
    expect(since.contributors.map(({ id }) => id).sort()).toEqual(['ane', 'jon'])
    expect((await touched(id, '?from=0&to=1')).contributors.map(({ id }) => id)).toEqual(['ane'])
    expect(Date.parse(since.fields['identity.title:eu']![0]!.at)).toBeGreaterThan(Date.now() - 60_000)
  })

  it('[HI2] a deletion, a move and a choice are said too', async () => {
    const id = await plan()
    await writing('jon', id, (doc) => audiences(doc).remove('a2'))
    await writing('ane', id, (doc) => audiences(doc).move('a1', 1))
    await writing(
      'ane',
      id,
      (doc) => doc.getText('identity.title:eu').delete(0, 2),
      (doc) => audiences(doc).record('a1')!.toggle('languages', 'fr', true),
      (doc) => doc.getMap('identity.*').set('start', '2027-01-01'),
    )
    const all = await touched(id)
    expect(whoIn(all, 'audiences/a2')).toEqual(['jon'])
    expect(whoIn(all, 'audiences/a1/order')).toEqual(['ane'])
    expect(whoIn(all, 'audiences/a1')).toEqual([])
    expect(whoIn(all, 'identity.title:eu')).toEqual(['ane'])
    expect(whoIn(all, 'audiences/a1/languages')).toEqual(['ane'])
    // What the birth of the document wrote, nobody has changed.
    expect(whoIn(all, 'planning.whyAnswer:eu')).toEqual([])
    // A name in the schema counts; any other word does not.
    expect(Object.keys(all.fields).every((path) => !path.includes('*'))).toBe(true)
  })

  it('[HI1] names only what the schema and the text have', async () => {
    const id = await plan()
    await writing(
      'jon',
      id,
      (doc) => doc.getMap('audiences').set('invented', 'no record'),
      (doc) => (doc.getMap('audiences').get('a1') as Y.Map<unknown>).set('name:xx', 'no language of it'),
      (doc) => (doc.getMap('audiences').get('a1') as Y.Map<unknown>).set('invented', 1),
      (doc) => doc.getMap('identity.*').set('invented', 1),
      titled('a'),
    )
    expect(Object.keys((await touched(id)).fields)).toEqual(['identity.title:eu'])
  })

  it.each([
    [TOUCHED_ROWS_OF_ONE_MAX, []],
    [TOUCHED_ROWS_OF_ONE_MAX + 1, ['audiences/r0']],
  ])(
    '[HI1] of %i rows of one person the earliest beyond the limit go, and nobody else’s',
    async (count, gone) => {
      const id = await plan()
      const { rows } = server.container.resolve(JOURNAL)
      const attribution = server.container.resolve(ATTRIBUTION)
      const entry = (seq: number, person: string, paths: string[]) => ({
        seq,
        at: '2026-11-26T00:00:00.000Z',
        person: person as PersonId,
        roots: [],
        paths,
      })
      const channel = channelId(id, 'content')
      await attribution.read(channel, [entry(2, 'ane', ['identity.title:eu'])])
      const many = Array.from({ length: count }, (_, i) => entry(i + 3, 'jon', [`audiences/r${i}`]))
      // Read again, as after a restart, it is the same.
      for (const entries of [many, many]) await attribution.read(channel, entries)
      const left = await rows
        .selectFrom('touched')
        .select(['path', 'person'])
        .where('document', '=', id)
        .execute()
      const paths = new Set(left.map(({ path }) => path))
      expect(many.flatMap((one) => one.paths).filter((path) => !paths.has(path))).toEqual(gone)
      expect(left.filter(({ person }) => person === 'jon')).toHaveLength(TOUCHED_ROWS_OF_ONE_MAX)
      expect(left.filter(({ person }) => person === 'ane')).toHaveLength(1)
    },
  )

  it('[HI3] names are those that Nextcloud gives, never those in the text', async () => {
    const id = await plan()
    await call('jon', 'GET', `/documents/${id}`)
    await writing('jon', id, (doc) =>
      audiences(doc).record('a1')!.text('name', 'eu')!.insert(0, 'Ane Etxebarria'),
    )
    const [who] = (await touched(id)).fields['audiences/a1/name:eu']!
    expect(who!.by.id).toBe('jon')
    expect(who!.by.name).not.toContain('Ane Etxebarria')
  })

  it('is for whoever may read the document', async () => {
    const id = await plan()
    expect(await outcome('outsider', 'GET', `/documents/${id}/touched`)).toEqual([404, 'NOT_FOUND'])
    expect(await outcome(null, 'GET', `/documents/${id}/touched`)).toEqual([401, 'TICKET_MISSING'])
    expect(await outcome('miren', 'GET', `/documents/${id}/touched`)).toEqual([200, undefined])
    expect(await outcome('miren', 'GET', `/documents/${id}/touched?from=x`)).toEqual([400, 'INVALID_INPUT'])
  })
})

describe('a named version', () => {
  it('[HI4] is made by those who write, keeps the text, and asks nobody for a decision', async () => {
    const id = await plan()
    for (const who of ['miren', 'mayor'])
      expect(await outcome(who, 'POST', `/documents/${id}/versions`, { label: 'x' })).toEqual([
        403,
        'NOT_ALLOWED',
      ])
    expect(await outcome('outsider', 'POST', `/documents/${id}/versions`, { label: 'x' })).toEqual([
      404,
      'NOT_FOUND',
    ])
    expect(await outcome(null, 'POST', `/documents/${id}/versions`, { label: 'x' })).toEqual([
      401,
      'TICKET_MISSING',
    ])
    const long = 'x'.repeat(VERSION_LABEL_MAX_CHARACTERS)
    expect(await outcome('jon', 'POST', `/documents/${id}/versions`, { label: long })).toEqual([
      201,
      undefined,
    ])
    expect(await outcome('jon', 'POST', `/documents/${id}/versions`, { label: `${long}x` })).toEqual([
      400,
      'INVALID_INPUT',
    ])
    expect(await outcome('jon', 'POST', `/documents/${id}/versions`, { label: ' ' })).toEqual([
      400,
      'INVALID_INPUT',
    ])
    expect(await outcome('jon', 'GET', `/documents/${id}/review`)).toEqual([404, 'NOT_FOUND'])
    expect(await outcome('ane', 'POST', `/documents/${id}/review`, {})).toEqual([201, undefined])
    expect(await outcome('jon', 'POST', `/documents/${id}/versions`, { label: 'x' })).toEqual([
      409,
      'ILLEGAL_MOVE',
    ])
    const [sent, label] = (await call<VersionSummary[]>('miren', 'GET', `/documents/${id}/versions`)).json
    expect([sent!.n, sent!.label]).toEqual([2, null])
    expect([label!.n, label!.label, label!.by.id]).toEqual([1, long, 'jon'])
    const { json } = (await call<Version>('miren', 'GET', `/documents/${id}/versions/1`)).json
    expect(json).toBe((await call<Review>('miren', 'GET', `/documents/${id}/review`)).json.version.json)
  })

  it('leaves the review that went before it where it was', async () => {
    const id = await plan()
    await call('ane', 'POST', `/documents/${id}/review`, {})
    await call('ane', 'POST', `/documents/${id}/review/withdraw`)
    expect(await named(id, 'Tartekoa')).toBe(2)
    expect((await call<Review>('mayor', 'GET', `/documents/${id}/review`)).json.version.n).toBe(1)
  })

  it('there are only so many', async () => {
    const id = await plan()
    expect(await named(id, 'bat')).toBe(1)
    const { rows } = server.container.resolve(JOURNAL)
    const row = await rows
      .selectFrom('version')
      .selectAll()
      .where('document', '=', id)
      .executeTakeFirstOrThrow()
    const more = Array.from({ length: NAMED_VERSIONS_MAX - 2 }, (_, i) => ({ ...row, json: '{}', n: i + 2 }))
    for (let i = 0; i < more.length; i += 20)
      await rows
        .insertInto('version')
        .values(more.slice(i, i + 20))
        .execute()
    expect(await named(id, 'azkena')).toBe(NAMED_VERSIONS_MAX)
    expect(await outcome('jon', 'POST', `/documents/${id}/versions`, { label: 'x' })).toEqual([
      409,
      'VERSIONS_FULL',
    ])
  })
})

describe('what has changed since somebody looked', () => {
  const changes = async (who: string) =>
    (await call<ChangedDocument[]>(who, 'GET', '/changes?language=eu')).json
  const look = (who: string, id: string, body?: unknown) => outcome(who, 'PUT', `/documents/${id}/seen`, body)

  it('[HI5] is told by document, field and person; own changes are left out; seen is seen', async () => {
    const id = await plan()
    expect(await changes('miren')).toEqual([])
    expect(await look('miren', id)).toEqual([204, undefined])
    expect(await look('ane', id)).toEqual([204, undefined])
    await writing('ane', id, (doc) => audiences(doc).record('a1')!.toggle('languages', 'fr', true))
    await touched(id)
    expect(await changes('ane')).toEqual([])
    const [found, ...others] = await changes('miren')
    expect(others).toEqual([])
    expect(found).toMatchObject({ document: id, total: 1, people: 1 })
    expect(found!.changes).toMatchObject([{ path: 'audiences/a1/languages', by: { id: 'ane' } }])
    expect(found!.changes[0]!.record).not.toBe('')
    // What came after the list was read is not marked with it.
    await writing('jon', id, titled('x'))
    await touched(id)
    expect(await look('miren', id, { seq: found!.seq })).toEqual([204, undefined])
    expect((await changes('miren'))[0]!.changes.map(({ path }) => path)).toEqual(['identity.title:eu'])
    // A mark never goes back.
    expect(await look('miren', id)).toEqual([204, undefined])
    expect(await look('miren', id, { seq: 1 })).toEqual([204, undefined])
    expect(await changes('miren')).toEqual([])
  })

  it('[HI6] is nobody else’s business: no route, no audit row, nothing for whoever has no access any more', async () => {
    const id = await plan()
    expect(await look('outsider', id)).toEqual([404, 'NOT_FOUND'])
    expect(await outcome(null, 'PUT', `/documents/${id}/seen`)).toEqual([401, 'TICKET_MISSING'])
    expect(await outcome(null, 'GET', '/changes')).toEqual([401, 'TICKET_MISSING'])
    await look('miren', id)
    expect(await look('miren', id, { seq: -1 })).toEqual([400, 'INVALID_INPUT'])
    for (const path of [`/documents/${id}/seen`, `/documents/${id}/seen/miren`, '/seen', '/seen/miren'])
      expect((await call('ane', 'GET', path)).status).toBe(404)
    await writing('jon', id, titled('y'))
    await touched(id)
    expect(await changes('mayor')).toEqual([])
    expect(await changes('outsider')).toEqual([])
    const { rows } = server.container.resolve(JOURNAL)
    const audit = await rows.selectFrom('audit').select('action').where('actor', '=', 'miren').execute()
    expect(audit).toEqual([])
    // Out of the team: what was seen there says nothing any more.
    expect(await changes('miren')).toHaveLength(1)
    await rows.deleteFrom('membership').where('principal_id', '=', 'miren').execute()
    expect(await changes('miren')).toEqual([])
  })

  it('[HI7] goes with the person and with the document, and is bounded', async () => {
    const id = await plan()
    const { rows } = server.container.resolve(JOURNAL)
    const marks = (person: string) =>
      rows.selectFrom('seen').select('document').where('person', '=', person).execute()
    const old = Array.from({ length: SEEN_MARKS_MAX }, (_, i) => ({
      person: 'mayor',
      document: `d${i}`,
      seq: 1,
      at: `2020-01-01T00:00:00.${String(i).padStart(3, '0')}Z`,
    }))
    for (let i = 0; i < old.length; i += 100)
      await rows
        .insertInto('seen')
        .values(old.slice(i, i + 100))
        .execute()
    await look('mayor', id)
    const left = (await marks('mayor')).map(({ document }) => document)
    expect(left).toHaveLength(SEEN_MARKS_MAX)
    expect(left).toContain(id)
    expect(left).not.toContain('d0')
    await call('ane', 'DELETE', `/documents/${id}`)
    await rows
      .updateTable('document')
      .set({ trashed_at: '2020-01-01T00:00:00Z' })
      .where('id', '=', id)
      .execute()
    await server.container.resolve(ARRANGING).purge()
    expect((await marks('mayor')).map(({ document }) => document)).not.toContain(id)
    const { SEEN } = await import('@auzolan/server/src/container.ts')
    await server.container.resolve(SEEN).forget(['mayor'])
    expect(await marks('mayor')).toEqual([])
  })
})
