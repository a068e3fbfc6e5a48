/** Reminders and digests by a clock that the test turns: written once, with the deed, and taken back with the review. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { isRefusal } from '@auzolan/shared/codes.ts'
import { newUuid, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import { TRASH_KEPT_MS } from '@auzolan/shared/limits.ts'
import type { Claims } from '@auzolan/server/src/access/claims.ts'
import {
  CONSENTS,
  DECISIONS,
  DIGESTS,
  ARRANGING,
  DOCUMENTS,
  HEARD,
  JOURNAL,
  MODERATION,
  ORGANISATION,
  REMINDING,
  RETENTION,
  REVIEWS,
  SUBMISSIONS,
  TEAMS,
  UNCONFIRMED_BLOCKS,
} from '@auzolan/server/src/container.ts'
import { startHere, type ServerHere } from '../support/in-process.ts'
import { sign } from '../support/nextcloud-host.ts'
import { startNextcloud, type NextcloudServer } from '../support/nextcloud-server.ts'
import { wholePlan } from '../support/reviewed.ts'
import { teamOf } from '../support/teams.ts'
import { allLeft, passedOn } from '../support/told.ts'

/** Wednesday, half past nine in Madrid. */
const START = '2026-11-25T08:30:00Z'
let clock = new Date(START)
let nextcloud: NextcloudServer
let server: ServerHere
beforeAll(async () => {
  nextcloud = await startNextcloud()
  for (const person of ['ane', 'mayor', 'deputy', 'reader'])
    nextcloud.users[person] = { enabled: true, groups: person === 'reader' ? ['Irakurleak'] : [], teams: [] }
  at(START)
  server = await startHere({ AUZOLAN_NEXTCLOUD_INTERNAL_URL: nextcloud.url }, () => clock)
  const organisation = server.container.resolve(ORGANISATION)
  const { version, ...facts } = await organisation.read()
  const holidays = [{ id: 'h', name: '', from: '2026-12-08', to: '2026-12-08' }]
  await organisation.change({ ...facts, holidays }, version, 'root' as PersonId)
})
afterAll(async () => {
  await server.stop()
  nextcloud.close()
})
beforeEach(async () => {
  at(START)
  const { rows } = server.container.resolve(JOURNAL)
  // Those of the test before are out of the way; the clock has gone back.
  await rows.updateTable('document').set({ trashed_at: '9999' }).execute()
  for (const table of ['outbox', 'digest'] as const) await rows.deleteFrom(table).execute()
})

function at(instant: string): void {
  clock = new Date(instant)
  nextcloud.ahead = Math.round((clock.getTime() - Date.now()) / 1000)
}
const claims = (person: string): Claims => ({
  person: person as PersonId,
  name: person,
  groups: nextcloud.users[person]?.groups ?? [],
  teams: [],
  language: 'eu',
  admin: false,
  issuedAt: 0,
})
async function plan(): Promise<DocumentId> {
  const template = wholePlan()
  const teamId = await teamOf(
    server.container.resolve(TEAMS),
    'Taldea',
    ['person', 'ane', 'coordinator'],
    ['person', 'mayor', 'director'],
    ['person', 'deputy', 'director'],
    ['person', 'deputy', 'editor'],
    ['group', 'Irakurleak', 'reader'],
  )
  return server.container
    .resolve(DOCUMENTS)
    .create({ teamId, languages: ['eu', 'es'], template, by: 'ane' as PersonId })
}
/** Sent by a director who also writes: they cannot decide on it themselves. */
async function submitted(due: string | null): Promise<DocumentId> {
  const id = await plan()
  const n = await server.container.resolve(SUBMISSIONS).submit(claims('deputy'), id, { note: '', due })
  expect(isRefusal(n)).toBe(false)
  await allLeft(server)
  return id
}
/** Who was told what of a document. */
const told = async (id: string, kinds: readonly string[] = ['due', 'overdue', 'escalated', 'digest']) =>
  (await passedOn(server, nextcloud))
    .flatMap((one) => (one.kind === 'notify' ? one.notice : []))
    .filter(({ document, kind }) => document === id && kinds.includes(kind))
    .map(({ kind, to }) => [kind, ...to.map((one) => one.id).sort()])
/** What it tells leaves before the clock is turned on. */
async function look(): Promise<number> {
  const written = await server.container.resolve(REMINDING).look()
  await allLeft(server)
  return written
}

describe('[ML5] P-23: a block without a second person', () => {
  const block = {
    profile: null,
    postUrl: '',
    reason: 'disrespect',
    action: 'block',
    note: 'Irain bat',
  } as const
  const blocked = async (by: string, id: DocumentId): Promise<string> => {
    const row = newUuid()
    expect(await server.container.resolve(MODERATION).log(claims(by), id, { ...block, id: row })).toBeNull()
    return row
  }
  const look = async (): Promise<number> => {
    const written = await server.container.resolve(UNCONFIRMED_BLOCKS).look()
    await allLeft(server)
    return written
  }
  const list = async (id: DocumentId) => {
    const found = await server.container.resolve(MODERATION).list(claims('ane'), id)
    if (isRefusal(found)) throw new Error(found.detail)
    return found
  }

  it('is told to those who coordinate, once, on the first worked day after the seventh', async () => {
    at('2026-11-26T22:59:00Z')
    const id = await plan()
    await blocked('deputy', id)
    expect(await list(id)).toMatchObject([{ reviewBy: '2026-12-03' }])
    at('2026-12-03T16:00:00Z')
    expect(await look()).toBe(0)
    at('2026-12-04T09:00:00Z')
    expect([await look(), await look()]).toEqual([1, 0])
    expect(await told(id, ['block'])).toEqual([['block', 'ane']])
    const [notice] = (await passedOn(server, nextcloud)).flatMap((one) =>
      one.kind === 'notify' && one.notice.kind === 'block' && one.notice.document === id ? one.notice : [],
    )
    expect(notice).toMatchObject({ due: '2026-12-03', version: null, by: null })
    expect(JSON.stringify(notice)).not.toMatch(/Irain|disrespect|deputy/)
    at('2027-02-15T09:00:00Z')
    expect(await look()).toBe(0)
  })
  it('by the only one who coordinates is told to that person, too', async () => {
    const id = await plan()
    await blocked('ane', id)
    at('2026-12-03T09:00:00Z')
    expect(await look()).toBe(1)
    expect(await told(id, ['block'])).toEqual([['block', 'ane']])
  })
  it('is taken back when somebody confirms it; confirmed in time, nobody is told', async () => {
    const id = await plan()
    const [late, early] = [await blocked('deputy', id), await blocked('deputy', id)]
    const moderation = server.container.resolve(MODERATION)
    expect(await moderation.confirm(claims('ane'), id, early)).toBeNull()
    at('2026-12-04T09:00:00Z')
    expect(await look()).toBe(1)
    expect(await moderation.confirm(claims('ane'), id, late)).toBeNull()
    await allLeft(server)
    const taken = (await passedOn(server, nextcloud)).flatMap((one) =>
      one.kind === 'dismiss' ? one.keys : [],
    )
    expect(taken).toContain(`block/${id}/${late}`)
    at('2026-12-11T09:00:00Z')
    expect(await look()).toBe(0)
  })
  it('not on a holiday or at night, not of a plan that is archived or in the trash', async () => {
    const [id, archived, trashed] = [await plan(), await plan(), await plan()]
    for (const one of [id, archived, trashed]) await blocked('deputy', one)
    const { rows } = server.container.resolve(JOURNAL)
    await rows.updateTable('document').set({ archived: 1 }).where('id', '=', archived).execute()
    await rows.updateTable('document').set({ trashed_at: '9999' }).where('id', '=', trashed).execute()
    for (const instant of ['2026-12-08T09:00:00Z', '2026-12-09T03:00:00Z']) {
      at(instant)
      expect(await look()).toBe(0)
    }
    at('2026-12-09T09:00:00Z')
    expect(await look()).toBe(1)
    expect(await told(id, ['block'])).toHaveLength(1)
  })
})

describe('a review that waits', () => {
  it('[RM2] [RM3] reminds those who must act, says that it is late, and then tells the others; each once', async () => {
    const id = await submitted('2026-12-11')
    expect(await look()).toBe(0)
    at('2026-12-07T09:00:00Z')
    expect(await look()).toBe(0)
    at('2026-12-09T06:59:59Z')
    expect(await look()).toBe(0)
    at('2026-12-09T07:00:00Z')
    expect([await look(), await look()]).toEqual([1, 0])
    expect(await told(id)).toEqual([['due', 'mayor']])
    at('2026-12-12T09:00:00Z')
    expect(await look()).toBe(0)
    at('2026-12-14T09:00:00Z')
    expect([await look(), await look()]).toEqual([1, 0])
    at('2026-12-16T09:00:00Z')
    expect([await look(), await look()]).toEqual([1, 0])
    expect(await told(id)).toEqual([
      ['due', 'mayor'],
      ['overdue', 'mayor'],
      ['escalated', 'ane', 'deputy'],
    ])
    // “It comes near” is taken back where “it is late” is said.
    const said = (await passedOn(server, nextcloud)).flatMap((one) =>
      one.kind === 'dismiss' ? one.keys : one.kind === 'notify' ? one.notice.key : [],
    )
    const overdue = said.indexOf(`review/${id}/1/overdue`)
    expect(said[overdue - 1]).toBe(`review/${id}/1/due`)
  })

  it('[RM2] tells once after days on which the server was off, also when it starts on that day', async () => {
    const id = await submitted('2026-11-27')
    at('2026-12-10T09:00:00Z')
    await server.restart()
    // The round of the start; ours finds nothing more.
    await expect
      .poll(() => told(id))
      .toEqual([
        ['overdue', 'mayor'],
        ['escalated', 'ane', 'deputy'],
      ])
    expect(await look()).toBe(0)
  })

  it('[RM2] ends with the review: nothing is told of what was decided or taken back', async () => {
    const id = await submitted('2026-11-27')
    const review = await server.container.resolve(REVIEWS).read(claims('mayor'), id)
    if (isRefusal(review)) throw new Error(review.detail)
    const { n, sha256 } = review.version
    const decided = await server.container.resolve(DECISIONS).decide(claims('mayor'), id, {
      id: newUuid(),
      version: n,
      sha256,
      verdict: 'approve',
      comment: '',
      sections: [],
      conditions: '',
      waivers: [],
      overrides: [],
    })
    expect(decided).toBeNull()
    const other = await submitted('2026-11-27')
    await server.container.resolve(SUBMISSIONS).withdraw(claims('deputy'), other)
    at('2026-12-10T09:00:00Z')
    expect(await look()).toBe(0)
  })

  it('[RM2] sent again is another one', async () => {
    const id = await submitted(null)
    at('2026-12-02T09:00:00Z')
    expect(await look()).toBe(1)
    const submissions = server.container.resolve(SUBMISSIONS)
    await submissions.withdraw(claims('deputy'), id)
    await submissions.submit(claims('deputy'), id, { note: '', due: null })
    expect(await look()).toBe(0)
    at('2026-12-10T09:00:00Z')
    expect(await look()).toBe(1)
  })

  it('leaves nothing behind when the document is deleted for good', async () => {
    const id = await submitted(null)
    at('2026-12-02T09:00:00Z')
    await look()
    const arranging = server.container.resolve(ARRANGING)
    await arranging.trash(id, claims('ane'))
    at(new Date(clock.getTime() + TRASH_KEPT_MS).toISOString())
    await arranging.purge()
    const left = await server.container
      .resolve(JOURNAL)
      .rows.selectFrom('reminded')
      .selectAll()
      .where('document', '=', id)
      .execute()
    expect(left).toEqual([])
  })
})

describe('[RM5] a digest', () => {
  const choose = (person: string, rhythm: 'never' | 'daily' | 'weekly') =>
    server.container.resolve(DIGESTS).choose(claims(person), rhythm)
  const digest = (): Promise<number> => server.container.resolve(DIGESTS).look()

  it('is for whoever asked for it, of what others did since, in teams of theirs, by group too', async () => {
    const id = await plan()
    await choose('reader', 'daily')
    await choose('ane', 'daily')
    at('2026-11-26T09:00:00Z')
    expect(await digest()).toBe(0)
    await server.container.resolve(SUBMISSIONS).submit(claims('ane'), id, { note: '', due: null })
    expect(await digest()).toBe(0)
    at('2026-11-27T09:00:00Z')
    // Ane did it herself.
    expect([await digest(), await digest()]).toEqual([1, 0])
    expect(await told(id, ['digest'])).toEqual([['digest', 'reader']])
    at('2026-11-30T09:00:00Z')
    expect(await digest()).toBe(0)
  })

  it('[CS1] says nothing of the register of consents', async () => {
    const id = await plan()
    await choose('reader', 'daily')
    const given = {
      id: newUuid(),
      subject: 'P-1',
      subjectKind: 'adult',
      givenBy: 'self',
      scope: ['image'],
      networks: 'all',
      purpose: 'Jaiak',
      obtainedOn: '2026-11-20',
      expiresOn: null,
      evidence: 'Udal artxiboa',
      freelyGiven: true,
    } as const
    expect(await server.container.resolve(CONSENTS).add(claims('ane'), id, given)).toBeNull()
    at('2026-11-26T09:00:00Z')
    expect(await digest()).toBe(0)
  })

  it('[HE1] says nothing of what is said of us, nor that time has taken its words', async () => {
    const id = await plan()
    await choose('reader', 'daily')
    const [heard, moderation] = [server.container.resolve(HEARD), server.container.resolve(MODERATION)]
    const given = {
      id: newUuid(),
      saidOn: '2026-11-20',
      network: 'mastodon',
      sourceKind: 'citizen',
      author: '',
      url: '',
      summary: 'Usaina du',
      sentiment: 'negative',
      topic: 'Hondakinak',
      reach: null,
      needsAnswer: false,
      action: null,
      source: '',
      owner: null,
      closedOn: null,
    } as const
    expect(await heard.add(claims('ane'), id, given)).toBeNull()
    at('2026-11-26T09:00:00Z')
    expect(await digest()).toBe(0)
    // A moderation is news for the team.
    const row = {
      id: newUuid(),
      profile: null,
      postUrl: '',
      reason: null,
      action: 'answer',
      note: 'x',
    } as const
    expect(await moderation.log(claims('ane'), id, row)).toBeNull()
    at('2026-11-27T09:00:00Z')
    expect(await digest()).toBe(1)
    at('2027-11-29T09:00:00Z')
    expect(await server.container.resolve(RETENTION).look()).toBeGreaterThanOrEqual(2)
    expect(await digest()).toBe(0)
  })

  it('comes on the first worked day of a week to whoever wants it weekly, and never at night', async () => {
    const id = await plan()
    await choose('mayor', 'weekly')
    await server.container.resolve(SUBMISSIONS).submit(claims('ane'), id, { note: '', due: null })
    at('2026-11-27T09:00:00Z')
    expect(await digest()).toBe(0)
    at('2026-11-30T05:00:00Z')
    expect(await digest()).toBe(0)
    at('2026-11-30T09:00:00Z')
    expect(await digest()).toBe(1)
    const [notice] = (await passedOn(server, nextcloud))
      .flatMap((parcel) => (parcel.kind === 'notify' ? parcel.notice : []))
      .filter((one) => one.key === 'digest/mayor')
    expect(notice).toMatchObject({ key: 'digest/mayor', to: [{ kind: 'person', id: 'mayor' }], document: id })
    expect(Object.keys(notice!.title)).toEqual(['eu', 'es'])
  })

  it('says in which sections others have written since the last one, and not where one wrote oneself', async () => {
    const id = await plan()
    await choose('reader', 'daily')
    const wrote = (path: string, person: string, when: string) =>
      server.container
        .resolve(JOURNAL)
        .rows.insertInto('touched')
        .values({ document: id, since: 0, path, person, seq: 1, at: when })
        .execute()
    await wrote('identity.title:eu', 'ane', '2026-11-25T08:00:00.000Z')
    await wrote('audiences/a1/name:eu', 'ane', '2026-11-25T10:00:00.000Z')
    await wrote('profiles/youtube/hoursPerWeek', 'reader', '2026-11-25T10:00:00.000Z')
    await server.container.resolve(SUBMISSIONS).submit(claims('ane'), id, { note: '', due: null })
    at('2026-11-26T09:00:00Z')
    expect(await digest()).toBe(1)
    const [notice] = (await passedOn(server, nextcloud))
      .flatMap((parcel) => (parcel.kind === 'notify' ? parcel.notice : []))
      .filter((one) => one.key === 'digest/reader' && one.document === id)
    expect(notice!.title['eu']).toMatch(/: Lau galderak$/)
    expect(notice!.title['es']).toMatch(/: Las cuatro preguntas$/)
  })

  it('waits while Nextcloud does not say who belongs where, and ends with the account', async () => {
    const id = await plan()
    await choose('reader', 'daily')
    await server.container.resolve(SUBMISSIONS).submit(claims('ane'), id, { note: '', due: null })
    at('2026-11-26T09:00:00Z')
    nextcloud.instead = { status: 500 }
    expect(await digest()).toBe(0)
    nextcloud.instead = null
    expect(await digest()).toBe(1)
    nextcloud.users['reader'] = { enabled: false }
    at('2026-11-27T09:00:00Z')
    expect(await digest()).toBe(0)
    expect(await server.container.resolve(DIGESTS).read(claims('reader'))).toBe('never')
    nextcloud.users['reader'] = { enabled: true, groups: ['Irakurleak'], teams: [] }
  })

  it('[RM6] is chosen by each for themselves', async () => {
    const call = async (person: string | null, method: string, body?: unknown) => {
      const response = await fetch(`${server.url}/api/v1/digest`, {
        method,
        headers: {
          ...(person === null
            ? {}
            : { authorization: `Bearer ${await sign({ person, at: Math.floor(clock.getTime() / 1000) })}` }),
          'content-type': 'application/json',
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return [response.status, ((await response.json()) as { rhythm?: string }).rhythm]
    }
    expect(await call('outsider', 'GET')).toEqual([200, 'never'])
    expect(await call('ane', 'PUT', { rhythm: 'weekly' })).toEqual([200, 'weekly'])
    expect(await call('ane', 'GET')).toEqual([200, 'weekly'])
    expect(await call('mayor', 'GET')).toEqual([200, 'never'])
    expect(await call(null, 'GET')).toEqual([401, undefined])
    expect(await call(null, 'PUT', { rhythm: 'weekly' })).toEqual([401, undefined])
    for (const wrong of [{ rhythm: 'hourly' }, {}, { rhythm: 'daily', person: 'mayor' }])
      expect(await call('ane', 'PUT', wrong)).toEqual([400, undefined])
    expect(await call('ane', 'PUT', { rhythm: 'never' })).toEqual([200, 'never'])
    const rows = await server.container.resolve(JOURNAL).rows.selectFrom('digest').selectAll().execute()
    expect(rows).toEqual([])
  })
})
