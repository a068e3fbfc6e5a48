/** What is done with documents as a whole: moved, duplicated, trashed, taken back, purged. */
import * as Y from 'yjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DOCUMENT_TYPES } from '@auzolan/shared/document-types.ts'
import { channelId, newUuid, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import { TRASH_KEPT_MS } from '@auzolan/shared/limits.ts'
import { COMMENTS_ROOT } from '@auzolan/shared/schema/comments.ts'
import type { DocumentSummary, Problem, TrashedDocument } from '@auzolan/shared/protocol/rest.ts'
import { ARRANGING, COMPACTION, DOCUMENTS, JOURNAL } from '@auzolan/server/src/container.ts'
import { templateOf } from '@auzolan/server/src/documents/copies.ts'
import { readOn } from '@auzolan/server/src/journal/read-on.ts'
import { HARANBERRI_PLAN } from '@auzolan/server/src/standalone/sample-plan.ts'
import { firstBreak } from '../support/first-break.ts'
import { startHere, type ServerHere } from '../support/in-process.ts'
import { sign } from '../support/nextcloud-host.ts'
import { until } from '../support/server.ts'
import { hello, openWire } from '../support/wire.ts'

/** Ane coordinates two teams; Jon coordinates the first and writes in the second; Mayor reads the first. */
const WHO = ['ane', 'jon', 'mayor', 'miren'] as const

let server: ServerHere
let clock = 0
let teams: { first: string; second: string }
beforeAll(async () => {
  server = await startHere({}, () => new Date(Date.now() + clock))
  const team = async (...members: [string, string][]): Promise<string> => {
    const { id } = (await call('ane', 'POST', '/teams', { name: { eu: 'T' } })).json as { id: string }
    for (const [person, role] of members)
      await call('ane', 'PUT', `/teams/${id}/members`, {
        principal: { kind: 'person', id: person },
        name: person,
        roles: [role],
      })
    return id
  }
  teams = {
    first: await team(['jon', 'coordinator'], ['mayor', 'director']),
    second: await team(['jon', 'editor']),
  }
})
afterAll(() => server.stop())

async function call(person: string, method: string, path: string, body?: unknown) {
  const at = Math.floor((Date.now() + clock) / 1000)
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await sign({ person, at })}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, json: (text === '' ? null : JSON.parse(text)) as unknown }
}
/** Ane says something about it. */
async function comment(id: string): Promise<void> {
  const doc = new Y.Doc()
  const wire = await openWire(server, id)
  const greeting = hello(await sign({ person: 'ane', scope: 'ticket', document: id }), [doc.clientID])
  wire.say({ ...greeting, channels: greeting.channels.map((c) => ({ ...c, channel: 'comments' as const })) })
  await wire.heard('welcome')
  doc.getArray(COMMENTS_ROOT).push([{ id: 'c1', thread: 'c1', kind: 'comment', body: 'Zergatik?' }])
  wire.say({ kind: 'update', channel: 'comments', n: 1, update: Y.encodeStateAsUpdate(doc) })
  await wire.heard('ack')
  await wire.close()
}
async function plan(team: string): Promise<string> {
  const body = { type: 'plan', title: { eu: 'Plana', es: 'Plan' }, team: { kind: 'team', id: team } }
  const made = await call('ane', 'POST', '/documents', body)
  expect(made.status).toBe(201)
  return (made.json as { id: string }).id
}
const seen = async (person: string, id: string): Promise<number> =>
  (await call(person, 'GET', `/documents/${id}`)).status
const listed = async (person: string, id: string): Promise<boolean> =>
  ((await call(person, 'GET', '/documents')).json as DocumentSummary[]).some((d) => d.id === id)

describe('who may', () => {
  const deeds: { name: string; body?: () => object; answers: readonly number[] }[] = [
    { name: 'move', body: () => ({ team: teams.second }), answers: [204, 403, 403, 404] },
    {
      name: 'duplicate',
      body: () => ({ title: { eu: 'K' }, team: { kind: 'person' } }),
      answers: [201, 201, 201, 404],
    },
    {
      name: 'duplicate',
      body: () => ({ title: { eu: 'K' }, team: { kind: 'team', id: teams.second } }),
      answers: [201, 201, 404, 404],
    },
    { name: 'trash', answers: [204, 204, 403, 404] },
    { name: 'take-back', answers: [404, 404, 404, 404] },
  ]
  const table = deeds.flatMap((deed) => WHO.map((who, i) => ({ ...deed, who, status: deed.answers[i]! })))
  it.each(table)('[T7] $name a document as $who: $status', async ({ name, body, who, status }) => {
    const id = await plan(teams.first)
    expect((await call(who, 'POST', `/documents/${id}/${name}`, body?.())).status).toBe(status)
  })

  it.each(['move', 'duplicate', 'trash', 'take-back'])('%s without a token: 401', async (name) => {
    const response = await fetch(`${server.url}/api/v1/documents/${newUuid()}/${name}`, { method: 'POST' })
    expect(response.status).toBe(401)
  })
  it('look into the trash without a token: 401', async () => {
    expect((await fetch(`${server.url}/api/v1/trash`)).status).toBe(401)
  })

  it.each([
    ['move', {}, 400],
    ['move', { team: 7 }, 400],
    ['move', { team: newUuid() }, 404],
    ['move', { team: 'x' }, 404],
    ['duplicate', {}, 400],
    ['duplicate', { title: { eu: 'x'.repeat(201) }, team: { kind: 'person' } }, 400],
    ['duplicate', { title: {}, team: { kind: 'team', id: 'x' } }, 404],
  ])('%s with %j: %i', async (name, body, status) => {
    const answer = await call('ane', 'POST', `/documents/${await plan(teams.first)}/${name}`, body)
    expect(answer.status).toBe(status)
    if (status === 400) expect((answer.json as Problem).code).toBe('INVALID_INPUT')
  })
})

describe('a document that is', () => {
  it('[T8] moved belongs to the new team at once, and to nobody else, open sockets included', async () => {
    const id = await plan(teams.first)
    const wire = await openWire(server, id)
    wire.say(hello(await sign({ person: 'mayor', scope: 'ticket', document: id }), [new Y.Doc().clientID]))
    await wire.heard('entries')
    await call('ane', 'POST', `/documents/${id}/move`, { team: teams.second })
    await until(() => wire.closed() === 4403, 'the socket is ended')
    expect([await seen('ane', id), await seen('jon', id), await seen('mayor', id)]).toEqual([200, 200, 404])
  })

  it('[T9] duplicated is a document of its own: the same content, no history, no comments, nothing accepted', async () => {
    const id = await plan(teams.first)
    const wire = await openWire(server, id)
    const doc = new Y.Doc()
    wire.say(hello(await sign({ person: 'ane', scope: 'ticket', document: id }), [doc.clientID]))
    ;(await wire.heard('entries'))[0]!.updates.forEach((u) => Y.applyUpdate(doc, u))
    const known = Y.encodeStateVector(doc)
    doc.getText('identity.title:es').insert(0, 'Viejo ')
    wire.say({ kind: 'update', channel: 'content', n: 1, update: Y.encodeStateAsUpdate(doc, known) })
    await wire.heard('ack')
    await wire.close()
    await comment(id)
    const made = await call('ane', 'POST', `/documents/${id}/duplicate`, {
      title: { eu: 'Kopia', es: 'Copia' },
      team: { kind: 'team', id: teams.second },
    })
    const copy = (made.json as { id: string }).id
    const content = async (of: string): Promise<{ [section: string]: { [field: string]: unknown } }> => {
      const journal = server.container.resolve(JOURNAL)
      const channel = `${of}/content` as Parameters<typeof journal.read>[0]
      const text = await journal.read(channel, 0, { entries: 99, bytes: 1e7 })
      expect(text.entries.length).toBe(of === id ? 2 : 1)
      const { json } = await server.container.resolve(COMPACTION).canonical({ channel, ...text })
      return JSON.parse(json) as { [section: string]: { [field: string]: unknown } }
    }
    const [old, fresh] = [await content(id), await content(copy)]
    expect(old['identity']!['title']).toEqual({ eu: 'Plana', es: 'Viejo Plan' })
    expect(fresh).toEqual({ ...old, identity: { ...old['identity'], title: { eu: 'Kopia', es: 'Copia' } } })
    expect([await seen('jon', copy), await seen('mayor', copy)]).toEqual([200, 404])
    const said = async (of: string): Promise<number> =>
      (await server.container.resolve(JOURNAL).open(channelId(of as DocumentId, 'comments')))!.seq
    expect([await said(id), await said(copy)]).toEqual([1, 0])
  })

  it('[T9] duplicated has every answer, list and text of a plan that is full of them', async () => {
    const documents = server.container.resolve(DOCUMENTS)
    const journal = server.container.resolve(JOURNAL)
    const id = await documents.create({
      teamId: teams.first as Parameters<typeof documents.create>[0]['teamId'],
      languages: ['eu', 'es'],
      template: HARANBERRI_PLAN,
      by: 'ane' as PersonId,
    })
    const content = async (of: DocumentId): Promise<{ [section: string]: { [field: string]: unknown } }> => {
      const channel = channelId(of, 'content')
      const text = await readOn(journal, channel, 0)
      const { json } = await server.container.resolve(COMPACTION).canonical({ channel, ...text })
      return JSON.parse(json) as { [section: string]: { [field: string]: unknown } }
    }
    const title = { eu: 'Kopia', es: 'Copia' }
    const spec = { title, team: { kind: 'person' } }
    const made = await call('ane', 'POST', `/documents/${id}/duplicate`, spec)
    const [old, fresh] = [await content(id), await content((made.json as { id: DocumentId }).id)]
    expect(old['planning']!['responsibleAccepts']).not.toBeNull()
    expect(fresh).toEqual({
      ...old,
      identity: { ...old['identity'], title },
      planning: { ...old['planning'], responsibleAccepts: null },
    })
  })

  it('[T9] duplicated asks anew for what was accepted', () => {
    const accepted = { by: { id: 'ane', name: 'Ane' }, on: '2026-01-01' }
    const planning = { responsibleAccepts: accepted, responsible: accepted.by }
    const template = templateOf(DOCUMENT_TYPES.plan, { planning }, { eu: 'K' }, ['eu'])
    expect(template['planning']).toEqual({ responsible: accepted.by })
  })

  it('[T10] in the trash is out of everybody’s reach at once; a coordinator takes it back as it was', async () => {
    const id = await plan(teams.first)
    const wire = await openWire(server, id)
    wire.say(hello(await sign({ person: 'ane', scope: 'ticket', document: id }), [new Y.Doc().clientID]))
    await wire.heard('entries')
    await call('jon', 'POST', `/documents/${id}/trash`)
    await until(() => wire.closed() === 4403, 'the socket is ended')
    for (const who of WHO) expect([await seen(who, id), await listed(who, id)]).toEqual([404, false])
    const trash = async (who: string): Promise<TrashedDocument[]> =>
      ((await call(who, 'GET', '/trash')).json as TrashedDocument[]).filter((d) => d.id === id)
    expect([(await trash('mayor')).length, (await trash('miren')).length]).toEqual([0, 0])
    const [mine] = await trash('ane')
    expect(Date.parse(mine!.purgedAt) - Date.parse(mine!.trashedAt)).toBe(TRASH_KEPT_MS)
    expect((await call('mayor', 'POST', `/documents/${id}/take-back`)).status).toBe(404)
    expect((await call('ane', 'POST', `/documents/${id}/take-back`)).status).toBe(204)
    expect([await seen('mayor', id), await listed('jon', id)]).toEqual([200, true])
    expect(await trash('ane')).toEqual([])
  })

  it('[T8] two who arrange it at once: the second finds it where the first has put it', async () => {
    const third = ((await call('jon', 'POST', '/teams', { name: { eu: 'J' } })).json as { id: string }).id
    for (let round = 0; round < 5; round++) {
      const id = await plan(teams.first)
      const theirs = await Promise.all([
        call('ane', 'POST', `/documents/${id}/move`, { team: teams.second }),
        ...Array.from({ length: 4 }, () => call('jon', 'POST', `/documents/${id}/move`, { team: third })),
        call('jon', 'POST', `/documents/${id}/trash`),
      ])
      // Ane's move stands only if nobody had moved or trashed it before her; if it stands, nobody takes it from there.
      if (theirs[0]!.status === 204)
        expect([await seen('ane', id), await seen('jon', id)]).toEqual([200, 200])
      else expect(theirs[0]!.status).toBe(404)
      const { rows } = server.container.resolve(JOURNAL)
      const moves = await rows.selectFrom('audit').select('detail').where('subject', '=', id).execute()
      const froms = moves.flatMap(({ detail }) => (JSON.parse(detail) as { from?: string }).from ?? [])
      expect(new Set(froms).size).toBe(froms.length)
    }
  })

  it('[T11] in the trash for 30 days is gone, text and all; what was done to it stays on record', async () => {
    const [id, fresh] = [await plan(teams.first), await plan(teams.first)]
    const documents = server.container.resolve(DOCUMENTS)
    const arranging = server.container.resolve(ARRANGING)
    const { rows } = server.container.resolve(JOURNAL)
    await comment(id)
    await call('ane', 'POST', `/documents/${id}/trash`)
    clock = TRASH_KEPT_MS - 60_000
    await arranging.purge()
    expect(await documents.find(id as Parameters<typeof documents.find>[0])).not.toBeNull()
    await call('ane', 'POST', `/documents/${fresh}/trash`)
    clock = TRASH_KEPT_MS + 60_000
    expect(await arranging.purge()).toBeGreaterThan(0)
    clock = 0
    const left = async (table: 'entry' | 'author' | 'contribution'): Promise<number> =>
      (await rows.selectFrom(table).selectAll().where('channel', 'like', `${id}/%`).execute()).length
    expect([await left('entry'), await left('author'), await left('contribution')]).toEqual([0, 0, 0])
    expect(await rows.selectFrom('channel').selectAll().where('id', 'like', `${id}/%`).execute()).toEqual([])
    expect((await call('ane', 'POST', `/documents/${id}/take-back`)).status).toBe(404)
    expect((await call('ane', 'POST', `/documents/${fresh}/take-back`)).status).toBe(204)
    const deeds = await rows
      .selectFrom('audit')
      .select(['actor', 'action'])
      .where('subject', '=', id)
      .execute()
    expect(deeds).toEqual([
      { actor: 'ane', action: 'document.create' },
      { actor: 'ane', action: 'document.trash' },
      { actor: '/system', action: 'document.purge' },
    ])
    expect(await firstBreak(rows)).toBeNull()
  })
})
