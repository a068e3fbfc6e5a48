/** Comments as the server understands them: whose they are, who hears of them, what they stop, and suggestions that make authors. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newEventId } from '@auzolan/shared/comments/said.ts'
import type { Commenter, Thread } from '@auzolan/shared/comments/threads.ts'
import { channelId, newUuid, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import type { Touches } from '@auzolan/shared/protocol/history.ts'
import { MENTIONS_OF_ONE_PER_HOUR_MAX } from '@auzolan/shared/limits.ts'
import type { Mention, Notice } from '@auzolan/shared/protocol/notices.ts'
import type { Problem } from '@auzolan/shared/protocol/rest.ts'
import type { Review, Task } from '@auzolan/shared/protocol/review.ts'
import { COMMENTS_ROOT, type CommentEvent } from '@auzolan/shared/schema/comments.ts'
import { ARRANGING, COMMENTERS, DOCUMENTS, JOURNAL, MENTIONED, TEAMS } from '@auzolan/server/src/container.ts'
import { startHere, type ServerHere } from '../support/in-process.ts'
import { sign } from '../support/nextcloud-host.ts'
import { startNextcloud, type NextcloudServer } from '../support/nextcloud-server.ts'
import { wholePlan } from '../support/reviewed.ts'
import { openPage, type TestPage } from '../support/page.ts'
import { until } from '../support/server.ts'
import { teamOf } from '../support/teams.ts'
import { openWriter } from '../support/wire.ts'
import { passedOn } from '../support/told.ts'

let nextcloud: NextcloudServer
let server: ServerHere
beforeAll(async () => {
  nextcloud = await startNextcloud()
  for (const person of ['ane', 'jon', 'mayor', 'lawyer', 'miren', 'outsider'])
    nextcloud.users[person] = { enabled: true, groups: [], teams: [] }
  nextcloud.users['grouped'] = { enabled: true, groups: ['Kultura'], teams: [] }
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

/** A plan without gaps: Ane coordinates, Jon writes, Mayor directs, Lawyer gives opinions, Miren reads, Kultura too. */
async function plan(): Promise<DocumentId> {
  const template = wholePlan()
  const teamId = await teamOf(
    server.container.resolve(TEAMS),
    'Taldea',
    ['person', 'ane', 'coordinator'],
    ['person', 'jon', 'editor'],
    ['person', 'mayor', 'director'],
    ['person', 'lawyer', 'legal'],
    ['person', 'lawyer', 'director'],
    ['person', 'miren', 'reader'],
    ['group', 'Kultura', 'reader'],
  )
  return server.container
    .resolve(DOCUMENTS)
    .create({ teamId, languages: ['eu', 'es'], template, by: 'ane' as PersonId })
}

const UNSAID = { groups: [], teams: [], language: 'eu', admin: false, issuedAt: 0 }
const said = new Map<string, TestPage>()
afterAll(async () => void (await Promise.all([...said.values()].map((page) => page.close()))))
/** Says something as this person, from their own page, and waits until the server has it. Gives the id of the event. */
async function say(person: string, id: DocumentId, more: Partial<CommentEvent>): Promise<string> {
  const key = `${person} ${id}`
  const page = said.get(key) ?? (await openPage(server, person, id, { channels: ['comments'] }))
  said.set(key, page)
  const channel = page.channels.get('comments')!
  await channel.ready
  const event = newEventId(channel.doc.clientID)
  channel.doc.getArray(COMMENTS_ROOT).push([
    {
      id: event,
      thread: more.kind === 'suggest' ? event : (more.thread ?? event),
      kind: 'comment',
      body: '',
      ...more,
    },
  ])
  await until(() => page.ledger().waiting === 0 && page.ledger().connectivity.kind === 'online', 'it is said')
  return event
}
const suggest = (person: string, id: DocumentId): Promise<string> =>
  say(person, id, {
    kind: 'suggest',
    text: 'Berria',
    anchor: { path: 'identity.title:eu', quote: 'Zaharra' },
  })
const accept = (person: string, id: string, event: string) =>
  outcome(person, 'POST', `/documents/${id}/suggestions/${event}/accepted`)
const submit = (id: string) => call<Problem>('ane', 'POST', `/documents/${id}/review`, {})
const notices = async (id: string): Promise<Notice[]> =>
  (await passedOn(server, nextcloud))
    .flatMap((one) => (one.kind === 'notify' ? one.notice : []))
    .filter((notice) => notice.kind === 'mention' && notice.document === id)
const told = async (id: string, count: number): Promise<Notice[]> => {
  await until(async () => (await notices(id)).length >= count, `${count} mentions are told`)
  return notices(id)
}

describe('[TK1] whose a comment is', () => {
  it('is what the server bound its client id to, with the roles of then', async () => {
    const id = await plan()
    await say('miren', id, { body: 'Zer da hau?' })
    const { json } = await call<{ [client: string]: Commenter }>('jon', 'GET', `/documents/${id}/commenters`)
    expect(Object.values(json)).toContainEqual({
      id: 'miren',
      name: 'miren of the council',
      roles: ['reader'],
    })
    const threads = (await call<Thread[]>('jon', 'GET', `/documents/${id}/comments`)).json
    expect(threads).toMatchObject([{ first: { body: 'Zer da hau?', by: { id: 'miren' } } }])
  })
  it('a role that was lost takes back what was done with it under that id', async () => {
    const id = await plan()
    const thread = await say('mayor', id, { mustFix: true, body: 'Zuzendu' })
    await say('ane', id, { kind: 'resolve', thread })
    expect((await call<Thread[]>('jon', 'GET', `/documents/${id}/comments`)).json[0]!.open).toBe(false)
    const teams = server.container.resolve(TEAMS)
    const document = (await server.container.resolve(DOCUMENTS).find(id))!
    const claims = {
      person: 'ane' as PersonId,
      name: 'ane',
      groups: [],
      teams: [],
      language: 'eu',
      admin: false,
      issuedAt: 0,
    }
    const facts = { name: 'x', department: null, expertise: [] }
    const kind = 'person'
    await teams.setMember(
      document.teamId,
      { ...facts, principal: { kind, id: 'jon' }, roles: ['coordinator'] },
      claims,
    )
    await teams.setMember(
      document.teamId,
      { ...facts, principal: { kind, id: 'ane' }, roles: ['reader'] },
      claims,
    )
    await said.get(`ane ${id}`)!.connection.reconnect()
    await until(
      async () => (await call<Thread[]>('jon', 'GET', `/documents/${id}/comments`)).json[0]!.open,
      'the mark counts again',
    )
  })
})

describe('[TK1] a number that was given up', () => {
  it('is its new owner’s, name and roles, and nothing is kept of pages that said nothing', async () => {
    const id = await plan()
    const { rows } = server.container.resolve(JOURNAL)
    const commenters = server.container.resolve(COMMENTERS)
    const channel = channelId(id, 'comments')
    const claims = (person: string) => ({ person: person as PersonId, name: person, ...UNSAID })
    const own = (person: string, client: number, clock: number) =>
      rows.insertInto('author').values({ channel, client, person, clock }).execute()
    await own('ane', 7, 0)
    await commenters.seen(id, [7], claims('ane'), ['coordinator'])
    expect((await commenters.of(id)).size).toBe(0)
    await rows.deleteFrom('author').where('channel', '=', channel).where('client', '=', 7).execute()
    await own('ane', 8, 0)
    await commenters.seen(id, [8], claims('ane'), ['coordinator'])
    const kept = await rows.selectFrom('commenter').select('client').where('document', '=', id).execute()
    expect(kept).toEqual([{ client: 8 }])
    await rows.deleteFrom('author').where('channel', '=', channel).where('client', '=', 8).execute()
    await own('miren', 8, 1)
    await commenters.seen(id, [8], claims('miren'), ['reader'])
    expect(await commenters.of(id)).toEqual(new Map([[8, { id: 'miren', name: 'miren', roles: ['reader'] }]]))
  })
})

describe('[TK2] who may comment', () => {
  it('is the team; and everybody who may read the document where its coordinator says so', async () => {
    const id = await plan()
    const { rows } = server.container.resolve(JOURNAL)
    await rows.updateTable('document').set({ visibility: 'organisation' }).where('id', '=', id).execute()
    expect(await outcome('outsider', 'GET', `/documents/${id}/comments`)).toEqual([403, 'NOT_ALLOWED'])
    expect(await outcome('outsider', 'GET', `/documents/${id}/commenters`)).toEqual([403, 'NOT_ALLOWED'])
    expect(await outcome('ane', 'PUT', `/documents/${id}/commenting`, { commenting: 'all' })).toEqual([
      400,
      'INVALID_INPUT',
    ])
    expect(await outcome('jon', 'PUT', `/documents/${id}/commenting`, { commenting: 'readers' })).toEqual([
      403,
      'NOT_ALLOWED',
    ])
    expect(await outcome('ane', 'PUT', `/documents/${id}/commenting`, { commenting: 'readers' })).toEqual([
      204,
      undefined,
    ])
    await say('outsider', id, { body: 'Kaixo' })
    expect((await call<Thread[]>('outsider', 'GET', `/documents/${id}/comments`)).json).toHaveLength(1)
    const deeds = await rows.selectFrom('audit').select('action').where('subject', '=', id).execute()
    expect(deeds.map(({ action }) => action)).toEqual(['document.create', 'document.commenting'])
  })
})

describe('[TK3] somebody who is named in a comment', () => {
  it('hears of it when they may read it, once, also by a group; others and oneself do not', async () => {
    const id = await plan()
    const mentions = ['jon', 'grouped', 'outsider', 'nobody', 'miren', 'jon']
    const event = await say('miren', id, { body: '@jon begiratu', mentions })
    expect(await told(id, 1)).toMatchObject([
      {
        key: `mention/${id}/${event}`,
        by: { id: 'miren', name: 'miren of the council' },
        to: [
          { kind: 'person', id: 'jon' },
          { kind: 'person', id: 'grouped' },
        ],
      },
    ])
    await say('jon', id, { kind: 'reply', thread: event, body: '@miren eginda', mentions: ['miren'] })
    expect((await told(id, 2)).map(({ to }) => to[0]!.id)).toEqual(['jon', 'miren'])
  })
  it('[TK8] finds it on the first page until they have opened the comments, and nobody else does', async () => {
    const id = await plan()
    const event = await say('jon', id, { body: '@Miren?', mentions: ['miren', 'mayor', 'outsider'] })
    await told(id, 1)
    const mentions = async (who: string): Promise<Mention[]> =>
      (await call<Mention[]>(who, 'GET', '/mentions')).json.filter(({ document }) => document === id)
    expect(await mentions('miren')).toMatchObject([
      { document: id, comment: event, by: { id: 'jon', name: 'jon of the council' } },
    ])
    expect(await mentions('outsider')).toEqual([])
    expect(await mentions('jon')).toEqual([])
    expect(await outcome('outsider', 'DELETE', `/documents/${id}/mentions`)).toEqual([404, 'NOT_FOUND'])
    expect(await outcome('miren', 'DELETE', `/documents/${id}/mentions`)).toEqual([204, undefined])
    expect(await mentions('miren')).toEqual([])
    expect(await mentions('mayor')).toHaveLength(1)
    await server.container.resolve(MENTIONED).forget(['mayor'])
    expect(await mentions('mayor')).toEqual([])
    expect(await outcome(null, 'GET', '/mentions')).toEqual([401, 'TICKET_MISSING'])
  })
  it('hears of it after a restart, and not twice', async () => {
    const id = await plan()
    nextcloud.instead = { status: 500 }
    await say('miren', id, { body: '@jon', mentions: ['jon'] })
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(await notices(id)).toEqual([])
    nextcloud.instead = null
    await server.restart()
    await told(id, 1)
    await server.restart()
    await say('miren', id, { body: '@mayor', mentions: ['mayor'] })
    expect((await told(id, 2)).map(({ to }) => to[0]!.id)).toEqual(['jon', 'mayor'])
  })
})

describe('[TK3] somebody who calls many', () => {
  it.each<[string, number, number, string[]]>([
    ['two are left', MENTIONS_OF_ONE_PER_HOUR_MAX - 2, 59, ['jon', 'miren']],
    ['one is left', MENTIONS_OF_ONE_PER_HOUR_MAX - 1, 59, ['jon']],
    ['none is left', MENTIONS_OF_ONE_PER_HOUR_MAX, 59, []],
    ['the hour is over', MENTIONS_OF_ONE_PER_HOUR_MAX, 61, ['jon', 'miren']],
  ])('reaches no more within an hour than the limit: %s', async (_left, called, minutes, reached) => {
    const id = await plan()
    const { rows } = server.container.resolve(JOURNAL)
    await rows.deleteFrom('mention_told').execute()
    const at = new Date(Date.now() - minutes * 60_000).toISOString()
    // In whichever document it was.
    await rows
      .insertInto('mention_told')
      .values({ document: newUuid(), event: 'before', person: 'mayor', people: called, at })
      .execute()
    await say('mayor', id, { body: '@jon @miren', mentions: ['jon', 'miren'] })
    // Somebody else has an hour of their own, and comes after it.
    await say('ane', id, { body: '@lawyer', mentions: ['lawyer'] })
    const heard = await told(id, reached.length > 0 ? 2 : 1)
    expect(heard.map(({ to }) => to.map((one) => one.id))).toEqual([
      ...(reached.length > 0 ? [reached] : []),
      ['lawyer'],
    ])
  })
})

describe('[TK4] what must be dealt with', () => {
  it('stops the text until it is resolved by whoever may', async () => {
    const id = await plan()
    const thread = await say('mayor', id, { body: 'Zehaztu', mustFix: true })
    const refused = await submit(id)
    expect([refused.status, refused.json.code]).toEqual([409, 'GATE_CLOSED'])
    expect(refused.json.detail).toContain(`G1 comments/${thread}`)
    // An editor cannot wave it through, nor by saying to be somebody else.
    await say('jon', id, { kind: 'resolve', thread })
    await say('jon', id, { kind: 'hide', thread, of: thread })
    expect((await submit(id)).status).toBe(409)
    await say('mayor', id, { kind: 'resolve', thread })
    expect((await submit(id)).status).toBe(201)
  })
  it('during a review stops the approval, which the review says, until it is resolved', async () => {
    const id = await plan()
    await server.container
      .resolve(ARRANGING)
      .show(id, 'organisation', { ...UNSAID, person: 'ane' as PersonId, name: 'Ane' })
    expect((await submit(id)).status).toBe(201)
    const stopped = async (who: string): Promise<string[]> =>
      (await call<Review>(who, 'GET', `/documents/${id}/review`)).json.findings
        .filter(({ severity, gate }) => severity === 'block' && (gate === 'review' || gate === 'approval'))
        .map(({ check, path, message }) => `${check} ${path} ${message.holes?.['words'] ?? '-'}`)
    /** Who finds it among what waits for them. */
    const answering = async (): Promise<string[]> => {
      const found: string[] = []
      for (const who of ['ane', 'jon', 'mayor', 'lawyer', 'outsider']) {
        const tasks = (await call<Task[]>(who, 'GET', '/reviews')).json
        if (tasks.some(({ document, kind }) => document === id && kind === 'comment')) found.push(who)
      }
      return found
    }
    expect(await stopped('mayor')).toEqual([])
    expect(await answering()).toEqual([])
    const thread = await say('lawyer', id, { body: 'Zehaztu', mustFix: true })
    expect(await answering()).toEqual(['ane', 'jon'])
    expect(await stopped('mayor')).toEqual([`G1 comments/${thread} Zehaztu`])
    // Whoever may read the text and not the comments learns that there is one, and not what it says.
    expect(await stopped('outsider')).toEqual([`G1 comments/${thread} -`])
    const { version } = (await call<Review>('mayor', 'GET', `/documents/${id}/review`)).json
    const decide = (verdict: string, more: object = {}) =>
      outcome('mayor', 'POST', `/documents/${id}/decisions`, {
        id: newUuid(),
        version: version.n,
        sha256: version.sha256,
        verdict,
        ...more,
      })
    expect(await decide('approve')).toEqual([409, 'GATE_CLOSED'])
    // It is no check that could be waived, nor for the director to resolve.
    const waivers = [{ check: 'G1', reason: 'Hau ez da oraindik garbi.' }]
    expect(await decide('approve', { waivers })).toEqual([400, 'INVALID_INPUT'])
    await say('mayor', id, { kind: 'resolve', thread })
    expect(await decide('approve')).toEqual([409, 'GATE_CLOSED'])
    await say('lawyer', id, { kind: 'resolve', thread })
    expect(await stopped('mayor')).toEqual([])
    expect(await answering()).toEqual([])
    expect(await decide('approve')).toEqual([204, undefined])
    // What is marked from then on stops the next version, and is no word about this one.
    await say('lawyer', id, { body: 'Hurrengorako', mustFix: true })
    expect(await stopped('mayor')).toEqual([])
  })
  it('during a review does not stop a request for changes', async () => {
    const id = await plan()
    expect((await submit(id)).status).toBe(201)
    await say('lawyer', id, { body: 'Zehaztu', mustFix: true })
    const { version } = (await call<Review>('mayor', 'GET', `/documents/${id}/review`)).json
    const body = { id: newUuid(), version: version.n, sha256: version.sha256, verdict: 'request_changes' }
    const why = { comment: 'Hau ez da oraindik garbi.', sections: ['planning'] }
    expect(await outcome('mayor', 'POST', `/documents/${id}/decisions`, { ...body, ...why })).toEqual([
      204,
      undefined,
    ])
  })
  it('is only what reviewers and coordinators mark', async () => {
    const id = await plan()
    await say('jon', id, { body: 'Zehaztu', mustFix: true })
    expect((await submit(id)).status).toBe(201)
  })
})

describe('[TK5] a suggestion that is accepted', () => {
  const decide = async (who: string, id: string) => {
    const { version } = (await call<Review>(who, 'GET', `/documents/${id}/review`)).json
    const body = { id: newUuid(), version: version.n, sha256: version.sha256, verdict: 'approve' }
    return outcome(who, 'POST', `/documents/${id}/decisions`, body)
  }

  it('[W-01] makes its author an author of the text, who then cannot approve it', async () => {
    const id = await plan()
    const event = await suggest('mayor', id)
    expect(await accept('jon', id, event)).toEqual([204, undefined])
    expect(await accept('ane', id, event)).toEqual([204, undefined])
    const { rows } = server.container.resolve(JOURNAL)
    const found = await rows
      .selectFrom('accepted_suggestion')
      .selectAll()
      .where('document', '=', id)
      .execute()
    expect(found).toMatchObject([
      { event, author: 'mayor', accepter: 'jon', accepter_name: 'jon of the council' },
    ])
    const deeds = await rows
      .selectFrom('audit')
      .select(['action', 'actor'])
      .where('subject', '=', id)
      .execute()
    expect(deeds.slice(1)).toEqual([{ action: 'suggestion.accept', actor: 'jon' }])
    expect((await submit(id)).status).toBe(201)
    expect(await decide('mayor', id)).toEqual([403, 'OWN_TEXT'])
    expect(await decide('lawyer', id)).toEqual([204, undefined])
    // In the next version nothing of theirs is new.
    expect((await submit(id)).status).toBe(201)
    expect(await decide('mayor', id)).toEqual([204, undefined])
    // Taken once more, it is.
    expect(await accept('jon', id, event)).toEqual([204, undefined])
    expect((await submit(id)).status).toBe(201)
    expect(await decide('mayor', id)).toEqual([403, 'OWN_TEXT'])
  })

  it('[HI13] is the work of both, in the history as well', async () => {
    const id = await plan()
    const event = await suggest('miren', id)
    expect(await accept('jon', id, event)).toEqual([204, undefined])
    const writer = await openWriter(server, 'jon', id)
    for (const update of writer.edit((doc) => doc.getText('identity.title:eu').insert(0, 'Berria')))
      expect(await writer.write(update)).toBeNull()
    await writer.close()
    expect((await submit(id)).status).toBe(201)
    const between = async (query: string): Promise<string[]> => {
      const { json } = await call<Touches>('ane', 'GET', `/documents/${id}/touched${query}`)
      return (json.fields['identity.title:eu'] ?? []).map(({ by }) => by.id)
    }
    expect(await between('?from=0&to=1')).toEqual(['jon', 'miren'])
    expect(await between('?from=1')).toEqual([])
  })

  it('[W-01] counts also where it was hidden after it was taken, and the page did not tell us', async () => {
    const id = await plan()
    const event = await suggest('mayor', id)
    await say('jon', id, { kind: 'accept', thread: event, of: event })
    await say('mayor', id, { kind: 'hide', thread: event, of: event })
    expect((await submit(id)).status).toBe(201)
    expect(await decide('mayor', id)).toEqual([403, 'OWN_TEXT'])
  })
  it('[W-01] counts also when a page has only said so', async () => {
    const id = await plan()
    const event = await suggest('mayor', id)
    await say('jon', id, { kind: 'accept', thread: event })
    expect((await submit(id)).status).toBe(201)
    expect(await decide('mayor', id)).toEqual([403, 'OWN_TEXT'])
  })
  it('is by whoever owns its client id in the log, whatever is claimed', async () => {
    const id = await plan()
    const mine = await suggest('miren', id)
    expect(
      await accept(
        'jon',
        id,
        mine.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
      ),
    ).toEqual([404, 'NOT_FOUND'])
    // Jon writes an event that carries Mayor's client id.
    const other = await suggest('mayor', id)
    const forged = `${other.split('.')[0]}.${newUuid()}`
    await say('jon', id, {
      id: forged,
      thread: forged,
      kind: 'suggest',
      text: 'x',
      anchor: { path: 'identity.title:eu' },
    })
    expect(await accept('jon', id, forged)).toEqual([404, 'NOT_FOUND'])
    expect(await accept('jon', id, await say('jon', id, { body: 'no suggestion' }))).toEqual([
      404,
      'NOT_FOUND',
    ])
  })
  it('is not one that was rejected, nor while the text is in review', async () => {
    const id = await plan()
    const event = await suggest('miren', id)
    const other = await suggest('miren', id)
    await say('ane', id, { kind: 'reject', thread: event })
    expect(await accept('jon', id, event)).toEqual([409, 'CHANGED_MEANWHILE'])
    await submit(id)
    expect(await accept('jon', id, other)).toEqual([423, 'LOCKED'])
  })
  it('is removed with the document', async () => {
    const id = await plan()
    await accept('jon', id, await suggest('miren', id))
    await call('ane', 'POST', `/documents/${id}/trash`)
    const { rows } = server.container.resolve(JOURNAL)
    await rows
      .updateTable('document')
      .set({ trashed_at: '2000-01-01T00:00:00.000Z' })
      .where('id', '=', id)
      .execute()
    await server.container.resolve(ARRANGING).purge()
    for (const table of ['accepted_suggestion', 'commenter', 'mention_told', 'mention_look'] as const)
      expect(await rows.selectFrom(table).selectAll().where('document', '=', id).execute()).toEqual([])
  })
})

describe('who may call what', () => {
  const routes: [method: string, path: string, body: object | undefined, reader: number][] = [
    ['GET', '/commenters', undefined, 200],
    ['GET', '/comments', undefined, 200],
    ['POST', '/suggestions/1.x/accepted', undefined, 403],
    ['PUT', '/commenting', { commenting: 'readers' }, 403],
  ]
  it.each(routes)('[A2] %s /documents/:id%s: nothing for outsiders', async (method, path, body, reader) => {
    const id = await plan()
    for (const where of [id, newUuid()])
      expect(await outcome('outsider', method, `/documents/${where}${path}`, body)).toEqual([
        404,
        'NOT_FOUND',
      ])
    expect((await outcome('miren', method, `/documents/${id}${path}`, body))[0]).toBe(reader)
    expect((await outcome(null, method, `/documents/${id}${path}`, body))[0]).toBe(401)
  })
})
