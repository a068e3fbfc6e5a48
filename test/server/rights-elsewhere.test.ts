/** What people may do ends at every node when it ends at one: two servers on one PostgreSQL, and a Nextcloud that calls the first. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Approver } from '@auzolan/shared/approval-route.ts'
import type { DocumentId, PersonId } from '@auzolan/shared/ids.ts'
import { NODES_LOOK_EVERY_MS } from '@auzolan/shared/limits.ts'
import type { Problem } from '@auzolan/shared/protocol/rest.ts'
import type { Claims } from '@auzolan/server/src/access/claims.ts'
import { DOCUMENTS, JOURNAL, ORGANISATION, TEAMS } from '@auzolan/server/src/container.ts'
import { startHere, type ServerHere } from '../support/in-process.ts'
import { sign } from '../support/nextcloud-host.ts'
import { startNextcloud, type NextcloudServer } from '../support/nextcloud-server.ts'
import { NO_POSTGRES, ask, freshDatabase, type TestDatabase } from '../support/postgres.ts'
import { wholePlan } from '../support/reviewed.ts'
import { until } from '../support/server.ts'
import { openWriter, type Writer } from '../support/wire.ts'

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const ANE: Claims = {
  person: 'ane' as PersonId,
  name: 'Ane',
  groups: [],
  teams: [],
  language: 'eu',
  admin: false,
  issuedAt: 0,
}
const DAY_MS = 86_400_000
/** The look, and what a busy machine adds to it. */
const SECONDS = 6_000

describe.skipIf(NO_POSTGRES)('[ND5] what ends at one node', { timeout: 120_000 }, () => {
  let database: TestDatabase
  let nextcloud: NextcloudServer
  /** Nextcloud calls the first, which also keeps house. */
  let [first, second]: ServerHere[] = []
  let aheadMs = 0
  const now = (): Date => new Date(Date.now() + aheadMs)
  const day = (): string => new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Madrid' }).format(now())
  beforeAll(async () => {
    database = await freshDatabase()
    nextcloud = await startNextcloud()
    for (const person of ['ane', 'mayor', 'deputy', 'stand-in']) nextcloud.users[person] = { enabled: true }
    const shared = { AUZOLAN_DATABASE_URL: database.url, AUZOLAN_NEXTCLOUD_INTERNAL_URL: nextcloud.url }
    first = await startHere(shared, now)
    second = await startHere(shared, now)
  }, 60_000)
  afterAll(async () => {
    await second?.stop()
    await first?.stop()
    nextcloud.close()
    await database.drop()
  })
  async function call<T>(node: ServerHere, person: string, method: string, path: string, body?: object) {
    const response = await fetch(`${node.url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await sign({ person, at: Math.floor(now().getTime() / 1000) })}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await response.text()
    return { status: response.status, json: (text === '' ? null : JSON.parse(text)) as T }
  }
  const member = (
    id: string,
    role: 'coordinator' | 'director' | 'editor' | 'reader',
    kind: 'person' | 'group' = 'person',
  ) => ({
    principal: { kind, id },
    name: id,
    roles: [role],
    department: null,
    expertise: [],
  })
  async function plan(...members: ReturnType<typeof member>[]): Promise<DocumentId> {
    const { container } = first!
    const teamId = await container.resolve(TEAMS).create({ name: { eu: 'Taldea' }, departments: [] }, members)
    return container
      .resolve(DOCUMENTS)
      .create({ teamId, languages: ['eu'], template: wholePlan(), by: 'ane' as PersonId })
  }
  /** The page at the other node of somebody into whose hands the decisions on a plan were put, once nothing of that is news there. */
  async function lentBy(giver: string, role: 'director' | 'reader' = 'director'): Promise<Writer> {
    const id = await plan(member('ane', 'coordinator'), member(giver, role))
    const given = { delegate: { id: 'stand-in', name: 'Stand-in' }, from: day(), to: day() }
    const answer = await call<Problem>(first!, giver, 'POST', `/documents/${id}/delegations`, given)
    expect(answer.status, answer.json?.code).toBe(201)
    const held = await openWriter(second!, 'stand-in', id)
    await pause(NODES_LOOK_EVERY_MS + 500)
    return held
  }
  const approvedBy = async (approver: Approver): Promise<void> => {
    const organisation = first!.container.resolve(ORGANISATION)
    const { version, ...facts } = await organisation.read()
    const approval = { quorum: 'any' as const, approvers: [approver] }
    const approvalRoutes = [{ type: 'plan' as const, opinions: [], approval, departments: [] }]
    await organisation.change({ ...facts, approvalRoutes }, version, 'ane' as PersonId)
  }

  const passOf = (groups: readonly string[]) => (person: string, document: string) =>
    sign({ person, groups, scope: 'ticket', document })

  it('closes the page of whoever holds a delegation, when its giver loses the account', async () => {
    const held = await lentBy('deputy')
    nextcloud.users['deputy'] = { enabled: false }
    const began = performance.now()
    expect(await first!.changed({ ended: ['deputy'] })).toBe(204)
    expect(await held.farewell()).toMatchObject({ code: 'ACCESS_ENDED' })
    expect(performance.now() - began).toBeLessThan(SECONDS)
  })

  it('closes it when another route leaves the giver nothing to lend', async () => {
    await approvedBy({ kind: 'person', id: 'mayor', name: 'Mayor' })
    const held = await lentBy('mayor', 'reader')
    const began = performance.now()
    await approvedBy({ kind: 'directors' })
    expect(await held.farewell()).toMatchObject({ code: 'ACCESS_ENDED' })
    expect(performance.now() - began).toBeLessThan(SECONDS)
  })

  it('[T6] nobody counts as back who shows a pass of before, where the news has not been read yet', async () => {
    const ended = async (): Promise<number> => (await ask(database.url, 'SELECT person FROM ended')).length
    const at = Math.floor(Date.now() / 1000)
    const pass = (issued: number): Promise<string> => sign({ person: 'gorka', at: at + issued })
    const seen = async (token: string): Promise<number> =>
      (await fetch(`${second!.url}/api/v1/teams`, { headers: { authorization: `Bearer ${token}` } })).status
    const old = await pass(-1)
    expect(await seen(old)).toBe(200)
    const before = await ended()
    // As the other node does it, but for the word on the bus.
    await ask(
      database.url,
      `WITH one AS (INSERT INTO revocation (kind, id, before) VALUES ('person', 'gorka', ${at}))
        INSERT INTO ended (person, at) VALUES ('gorka', '${new Date(at * 1000).toISOString()}')`,
    )
    for (let i = 0; i < 10; i++) await seen(old)
    expect(await ended()).toBe(before + 1)
    await until(async () => (await seen(old)) === 401, 'the news is read')
    expect(await ended()).toBe(before + 1)
    expect(await seen(await pass(1))).toBe(200)
    expect(await ended()).toBe(before)
    // What is signed in the second of the news is void as well: whoever comes next comes later.
    await until(() => Date.now() >= (at + 1) * 1000, 'the second is over')
  })

  it('[A5] is told to be for good, however long the database takes to write it', async () => {
    const id = await plan(member('gorka', 'reader'))
    const held = await openWriter(second!, 'gorka', id)
    await ask(
      database.url,
      `CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(3); RETURN NEW; END';
        CREATE TRIGGER slow BEFORE INSERT ON ended FOR EACH ROW EXECUTE FUNCTION slow()`,
    )
    try {
      expect(await first!.changed({ ended: ['gorka'] })).toBe(204)
      expect(await held.farewell()).toMatchObject({ code: 'ACCESS_ENDED' })
    } finally {
      await ask(database.url, 'DROP TRIGGER slow ON ended; DROP FUNCTION slow()')
    }
  })

  it('[A5] of two looks at one page the later counts, also where the database is slow to answer the first', async () => {
    const editors = member('Kultura', 'editor', 'group')
    const id = await plan(member('ane', 'coordinator'), member('jon', 'reader'), editors)
    const jon = await openWriter({ port: second!.port, ticket: passOf([]) }, 'jon', id)
    const { container } = second!
    const journal = container.resolve(JOURNAL)
    const bind = journal.bind.bind(journal)
    // What the database says to this is three seconds on its way.
    journal.bind = async (...what) => {
      const taken = await bind(...what)
      await pause(3_000)
      return taken
    }
    try {
      // Whoever may write now may do so when their name stands beside what they write; meanwhile they may no more.
      jon.say({ kind: 'renew', ticket: await passOf(['Kultura'])('jon', id) })
      await pause(500)
      const { teamId } = (await container.resolve(DOCUMENTS).find(id))!
      expect(await container.resolve(TEAMS).removeMember(teamId, editors.principal, ANE)).toBeNull()
      await pause(4_000)
    } finally {
      journal.bind = bind
    }
    const [update] = jon.edit((doc) => doc.getText('identity.title:eu').insert(0, 'x'))
    expect(await jon.write(update!)).toBe('READ_ONLY')
    await jon.close()
  })

  it('is noticed also when the database was put back to an older state', async () => {
    const id = await plan(member('ane', 'coordinator'), member('gorka', 'reader'))
    const held = await openWriter({ port: second!.port, ticket: passOf([]) }, 'gorka', id)
    await pause(NODES_LOOK_EVERY_MS + 500)
    await ask(
      database.url,
      `DELETE FROM audit WHERE n > (SELECT max(n) - 2 FROM audit);
        UPDATE counted SET last = last - 2 WHERE name = 'audit'`,
    )
    await pause(NODES_LOOK_EVERY_MS + 500)
    const { teamId } = (await first!.container.resolve(DOCUMENTS).find(id))!
    const gorka = { kind: 'person' as const, id: 'gorka' }
    expect(await first!.container.resolve(TEAMS).removeMember(teamId, gorka, ANE)).toBeNull()
    expect(await held.farewell()).toMatchObject({ code: 'ACCESS_ENDED' })
  })

  it('[RT6] closes it at a node that does not keep house, when its last day is over', async () => {
    const held = await lentBy('mayor')
    try {
      aheadMs = DAY_MS
      // Looked for once a minute.
      for (const end = Date.now() + 65_000; held.closed() === null && Date.now() < end;) await pause(100)
      expect(await held.farewell()).toMatchObject({ code: 'ACCESS_ENDED' })
    } finally {
      aheadMs = 0
    }
  })
})
