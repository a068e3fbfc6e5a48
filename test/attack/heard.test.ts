/**
 * [HE5] What is said of us leaves the server by one road, to those who listen, and by no other: a word that stands in every part of a
 * mention is looked for in every answer, frame, parcel and line of the log that anybody else can get.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newUuid, type DocumentId, type TeamId } from '@auzolan/shared/ids.ts'
import type { MentionGiven } from '@auzolan/shared/protocol/heard.ts'
import type { Plan } from '@auzolan/shared/schema/plan.ts'
import type { ReportFigure } from '@auzolan/shared/schema/report/figures.ts'
import { JOURNAL, LOG, RETENTION, VERSIONS } from '@auzolan/server/src/container.ts'
import { REASON, WHO, startReviewed, wholePlan, type Reviewed, type Who } from '../support/reviewed.ts'
import { openWire } from '../support/wire.ts'

const CANARY = 'zozabeltz77'
const found = (text: string): boolean => text.toLowerCase().includes(CANARY)

let house: Reviewed
let plan: DocumentId
const log: string[] = []
const mention: MentionGiven = {
  id: newUuid(),
  saidOn: '2026-11-20',
  network: `${CANARY}-sarea`,
  sourceKind: 'media',
  author: `@${CANARY}`,
  url: `https://${CANARY}.example/@${CANARY}`,
  summary: `Esaldia: ${CANARY}`,
  sentiment: 'negative',
  topic: `Gaia ${CANARY}`,
  reach: 7_700_177,
  needsAnswer: true,
  action: 'corrected_fact',
  source: `https://www.haranberri.example/${CANARY}`,
  owner: { id: 'jon', name: `Jon ${CANARY}` },
  closedOn: null,
}
const { id: _, ...terms } = mention
/** Nobody's part in it is to listen: a reader, staff of other kinds, strangers, and those who have no name. */
const OTHERS: readonly (Who | null)[] = ['miren', 'outsider', 'root', null]

beforeAll(async () => {
  house = await startReviewed({ AUZOLAN_LOG_LEVEL: 'trace' })
  const logger = house.server.container.resolve(LOG)
  const stream = Object.getOwnPropertySymbols(logger).find(
    ({ description }) => description === 'pino.stream',
  )!
  Object.assign((logger as unknown as Record<symbol, object>)[stream]!, {
    write: (line: string) => log.push(line),
  })
  logger.info('the log is heard')
  plan = await house.plan()
  expect((await house.call('jon', 'POST', `/documents/${plan}/heard`, mention)).status).toBe(204)
  const corrected = { ...terms, revision: 1, summary: `Beste bat: ${CANARY}` }
  expect((await house.call('jon', 'PUT', `/documents/${plan}/heard/${mention.id}`, corrected)).status).toBe(
    204,
  )
  // A version with all that hangs on it, so that there is something to read everywhere.
  await house.decided(plan)
})
afterAll(() => house.stop())

/** Every route there is, as the source says: one that comes later is asked as well. */
const gateway = fileURLToPath(new URL('../../server/src/gateway/', import.meta.url))
const routes = readdirSync(gateway)
  .filter((name) => name.endsWith('.ts'))
  .flatMap((name) => [
    ...readFileSync(join(gateway, name), 'utf8').matchAll(/api\.(get|post|put|delete|patch)\(\s*'([^']+)'/g),
  ])
  .map(([, method = '', path = '']) => ({ method: method.toUpperCase(), path }))
const filled = (path: string): string =>
  path
    .replace(/^\/(documents|delegations)\/:id/, `/$1/${plan}`)
    .replace(':list', 'networks')
    .replace(':n', '1')
    .replace(/:(mention|row|consent|post|event)/g, mention.id)
    .replace(/:sha256/, 'a'.repeat(64))
    .replace(/:\w+/g, 'x')
const HEARD = '/documents/:id/heard'

describe('a report', () => {
  it('has how often and how something was said of us, and nothing of what', async () => {
    const template = wholePlan() as unknown as Plan
    const indicators = template.planning.indicators.map((one) =>
      one.id === 'i1' ? { ...one, formula: 'net_sentiment', networks: [] } : one,
    )
    const measured = { ...template, planning: { ...template.planning, indicators } }
    const id = await house.plan(measured as unknown as ReturnType<typeof wholePlan>)
    await house.decided(id)
    const heard = (await house.call('jon', 'POST', `/documents/${id}/heard`, { ...mention, id: newUuid() }))
      .status
    expect(heard).toBe(204)
    const begun = await house.call<{ id: DocumentId }>('jon', 'POST', '/documents', {
      ...{ type: 'report', about: id, title: { eu: 'Azaroa', es: 'Noviembre' } },
      ...{ from: '2026-11-01', to: '2026-11-30' },
    })
    const { json, text } = await house.call<{ figures: { figures: ReportFigure[] } }>(
      'miren',
      'GET',
      `/documents/${begun.json.id}/attached`,
    )
    expect(json.figures.figures.find(({ id: one }) => one === 'i1.own')).toMatchObject({
      value: -100,
      caution: 'small_sample',
      components: { es: 'Menciones positivas 0 · Menciones negativas 1 · Menciones 1' },
    })
    const frozen = await house.server.container.resolve(VERSIONS).freeze(begun.json.id)
    expect(JSON.stringify(frozen)).toContain('i1.own')
    expect([found(text), found(JSON.stringify(frozen))]).toEqual([false, false])
  })
})

describe('what others can ask for', () => {
  it('there are routes, and those who listen do read it: the search finds what it looks for', async () => {
    expect(routes.length).toBeGreaterThan(60)
    expect(routes).toContainEqual({ method: 'GET', path: HEARD })
    for (const who of ['ane', 'jon', 'mayor', 'lawyer'] as const)
      expect(found((await house.call(who, 'GET', `/documents/${plan}/heard`)).text)).toBe(true)
    expect(log.join('')).toContain('the log is heard')
  })
  it.each([...WHO, 'root' as const, null])('%s reads it by no other route', async (who) => {
    for (const { method, path } of routes.filter((one) => one.method === 'GET')) {
      const listens = path === HEARD && who !== null && !OTHERS.includes(who)
      const { status, text } = await house.call(who, method, filled(path))
      expect([path, status < 500, found(text) && !listens]).toEqual([path, true, false])
    }
  })
  it.each(OTHERS)('%s gets nothing of it for what is sent there, right or wrong', async (who) => {
    for (const { method, path } of routes.filter((one) => one.path.startsWith(HEARD)))
      for (const body of [{ ...mention, id: newUuid() }, { ...terms, revision: 2 }, {}, { id: mention.id }]) {
        const answer = await house.call(who, method, filled(path), method === 'GET' ? undefined : body)
        // Whoever reads the plan hears that a body is no body; it is all that they hear.
        expect([400, 401, 403, 404]).toContain(answer.status)
        expect(found(answer.text)).toBe(false)
        // Nor whether there is one of this id.
        const other = filled(path).replace(mention.id, newUuid())
        const elsewhere = await house.call(who, method, other, method === 'GET' ? undefined : body)
        expect([elsewhere.status, elsewhere.text]).toEqual([answer.status, answer.text])
      }
  })
  it.each(['it', 'hr', 'language'])('nor does somebody who is in the team as %s', async (role) => {
    const { rows } = house.server.container.resolve(JOURNAL)
    const document = rows.selectFrom('document').select('team_id').where('id', '=', plan)
    const { team_id } = await document.executeTakeFirstOrThrow()
    const membership = (to: string) =>
      rows
        .updateTable('membership')
        .set({ role: to })
        .where('team_id', '=', team_id as TeamId)
        .where('principal_id', '=', 'miren')
        .execute()
    await membership(role)
    for (const { path } of routes.filter((one) => one.method === 'GET'))
      expect([path, found((await house.call('miren', 'GET', filled(path))).text)]).toEqual([path, false])
    expect((await house.call('miren', 'GET', `/documents/${plan}/heard`)).status).toBe(403)
    await membership('reader')
  })
  it('nor anybody when everybody may read the plan, nor whoever coordinates the plan above', async () => {
    await house.call('ane', 'PUT', `/documents/${plan}/visibility`, { visibility: 'public' })
    const above = await house.server.container
      .resolve(JOURNAL)
      .rows.selectFrom('document')
      .selectAll()
      .where('id', '=', plan)
      .executeTakeFirstOrThrow()
    expect(above.visibility).toBe('public')
    for (const who of ['outsider', 'miren'] as const)
      for (const { path } of routes.filter((one) => one.method === 'GET'))
        expect([path, found((await house.call(who, 'GET', filled(path))).text)]).toEqual([path, false])
    expect((await house.call('outsider', 'GET', `/documents/${plan}/heard`)).status).toBe(403)
    // Outsider coordinates a plan of their own; this one is put below it.
    const body = { type: 'plan', title: { eu: 'P', es: 'P' }, team: { kind: 'person' } }
    const mine = (await house.call<{ id: string }>('outsider', 'POST', '/documents', body)).json.id
    const { rows } = house.server.container.resolve(JOURNAL)
    await rows
      .updateTable('document')
      .set({ parent: mine, visibility: 'team' })
      .where('id', '=', plan)
      .execute()
    expect((await house.call('outsider', 'GET', `/documents/${plan}`)).status).toBe(200)
    expect((await house.call('outsider', 'GET', `/documents/${plan}/heard`)).status).toBe(403)
    expect((await house.call('outsider', 'GET', `/documents/${plan}/heard`)).text).not.toContain(mention.id)
    await rows.updateTable('document').set({ parent: null }).where('id', '=', plan).execute()
  })
})

describe('what is made of the plan', () => {
  it('a duplicate, a template and a plan from it have none', async () => {
    const copies: string[] = []
    const kept = async (who: Who, path: string, body: object): Promise<void> => {
      const { json } = await house.call<{ id?: string }>(who, 'POST', path, body)
      if (json?.id) copies.push(json.id)
    }
    await kept('jon', `/documents/${plan}/duplicate`, {
      title: { eu: 'K', es: 'K' },
      team: { kind: 'person' },
    })
    const template = {
      version: 1,
      title: { eu: 'T', es: 'T' },
      sentence: 's',
      organisation: true,
      pictures: true,
    }
    await kept('ane', `/documents/${plan}/template`, template)
    expect(copies).toHaveLength(2)
    const { rows } = house.server.container.resolve(JOURNAL)
    for (const id of copies)
      expect(await rows.selectFrom('mention').select('id').where('document', '=', id).execute()).toEqual([])
  })
})

describe('what is said by itself', () => {
  it('no frame of a socket, in any channel, and no channel of that name', async () => {
    for (const person of ['jon', 'miren']) {
      const wire = await openWire(house.server, plan)
      wire.say({
        kind: 'hello',
        ticket: await house.server.ticket(person, plan),
        build: 'test',
        channels: (['content', 'comments', 'calendar'] as const).map((channel, i) => ({
          channel,
          epoch: 0,
          afterSeq: 0,
          clientIds: [4000 + i + (person === 'jon' ? 0 : 10)],
        })),
      })
      await wire.heard('welcome')
      // Somebody notes another one while they are there.
      await house.call('ane', 'POST', `/documents/${plan}/heard`, { ...mention, id: newUuid() })
      await new Promise((resolve) => setTimeout(resolve, 300))
      const bytes = wire.frames.map((frame) =>
        JSON.stringify(frame, (_key, value: unknown) =>
          value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
        ),
      )
      expect(bytes.join('')).toContain('welcome')
      expect(found(bytes.join(''))).toBe(false)
      await wire.close()
    }
    for (const name of ['mention', 'mentions', 'listening', 'heard'])
      await expect(openWire(house.server, plan, { path: `/sync/${plan}/${name}` })).rejects.toThrow()
  })
  it('no parcel for Nextcloud, no row of any other table', async () => {
    const { rows } = house.server.container.resolve(JOURNAL)
    const tables = (await rows.introspection.getTables()).map(({ name }) => name)
    expect(tables).toContain('mention')
    for (const name of tables.filter((one) => one !== 'mention')) {
      const all = await rows
        .selectFrom(name as 'outbox')
        .selectAll()
        .execute()
      const text = JSON.stringify(all, (_key, value: unknown) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
      )
      expect([name, found(text)]).toEqual([name, false])
    }
  })
  it('no line of the log: not when it is refused, cut off, no JSON, too long, nor when the store fails', async () => {
    const post = (body: string, headers: Record<string, string> = {}) =>
      fetch(`${house.server.url}/api/v1/documents/${plan}/heard`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      }).then((answer) => answer.text())
    const answers = [
      await post(JSON.stringify(mention).slice(0, -20)),
      await post(`{"${CANARY}": ${CANARY}}`),
      await post(JSON.stringify({ ...mention, summary: CANARY.repeat(200_000) })),
      ...(await Promise.all(
        [
          { ...mention, id: CANARY },
          { ...mention, sentiment: CANARY },
          { ...mention, [CANARY]: 1 },
          { ...mention, saidOn: CANARY },
          { ...mention, owner: CANARY },
          { ...mention, url: `${CANARY}:` },
          { ...mention, signedInAs: CANARY },
        ].map(async (body) => (await house.call('jon', 'POST', `/documents/${plan}/heard`, body)).text),
      )),
      (await house.call('jon', 'GET', `/documents/${plan}/heard?from=${CANARY}`)).text,
      (await house.call('jon', 'PUT', `/documents/${plan}/heard/${CANARY}`, { ...terms, revision: 1 })).text,
    ]
    expect(answers.filter(found)).toEqual([])
    // The store says no in the middle: what it was given must not be in what is said of that.
    const { rows } = house.server.container.resolve(JOURNAL)
    const before = await rows.selectFrom('mention').selectAll().execute()
    await house.server.container
      .resolve(JOURNAL)
      .transact((transaction) =>
        transaction.schema.alterTable('mention').renameColumn('salt', 'pepper').execute(),
      )
    const failed = await house.call('jon', 'POST', `/documents/${plan}/heard`, {
      ...mention,
      id: newUuid(),
    })
    await house.server.container
      .resolve(JOURNAL)
      .transact((transaction) =>
        transaction.schema.alterTable('mention').renameColumn('pepper', 'salt').execute(),
      )
    expect([failed.status, found(failed.text)]).toEqual([503, false])
    expect(log.join('')).toContain('a request failed')
    expect(await rows.selectFrom('mention').selectAll().execute()).toEqual(before)
    await house.server.container.resolve(RETENTION).look()
    expect(log.filter(found)).toEqual([])
  })
  it('the audit, also as it is exported, says that, who and when, and not what', async () => {
    for (const [who, path] of [
      ['ane', `/documents/${plan}/audit?format=json`],
      ['mayor', `/documents/${plan}/audit?format=csv`],
      ['root', '/audit?format=json'],
    ] as const) {
      const { text } = await house.call(who, 'GET', path)
      expect(text).toContain('mention.add')
      expect(found(text)).toBe(false)
    }
    expect((await house.call('jon', 'POST', `/documents/${plan}/archive`, { reason: REASON })).status).toBe(
      403,
    )
  })
})
