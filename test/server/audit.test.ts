/** The audit: what it tells of, how it leaves the server, and that whatever is altered afterwards is found and named. */
import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newUuid, type DocumentId } from '@auzolan/shared/ids.ts'
import { spanOf } from '@auzolan/shared/indicators/periods.ts'
import { newEventId } from '@auzolan/shared/comments/said.ts'
import { AUDIT_EXPORT_MAX_ROWS, EDIT_SESSION_IDLE_MS, EDIT_SESSION_MAX_MS } from '@auzolan/shared/limits.ts'
import { COMMENTS_ROOT } from '@auzolan/shared/schema/comments.ts'
import { EDIT_SESSIONS, JOURNAL } from '@auzolan/server/src/container.ts'
import type { EntryRead } from '@auzolan/server/src/compaction/readers.ts'
import { EditSessions } from '@auzolan/server/src/documents/edit-sessions.ts'
import { AuditExport } from '@auzolan/server/src/journal/audit-export.ts'
import { FIRST, hashOf, hashWithoutNumber, record, type ChainRow } from '@auzolan/server/src/journal/audit.ts'
import { COVERED, digestOf } from '@auzolan/server/src/journal/digest.ts'
import { Chain } from '@auzolan/server/src/verify/chain.ts'
import { SqliteJournal } from '@auzolan/server/src/journal/sqlite/journal.ts'
import { verifyAudit } from '@auzolan/server/src/verify/command.ts'
import { openPage } from '../support/page.ts'
import { openCalendar } from '../support/calendar-hand.ts'
import { WHO, startReviewed, type Reviewed, type Who } from '../support/reviewed.ts'
import { scored, withDepartments } from '../support/scored.ts'
import { runServer, temporaryFolder, until } from '../support/server.ts'
import { openWriter } from '../support/wire.ts'

let house: Reviewed
let folder: string
let id: DocumentId
/** A plan that has been through everything. */
beforeAll(async () => {
  folder = await temporaryFolder()
  house = await startReviewed({ AUZOLAN_DATA: folder })
  await house.describe()
  id = await house.plan()
  await house.submit(id)
  const opinion = { version: 1, stance: 'favourable', text: 'Ondo dago.' }
  await house.call('lawyer', 'PUT', `/documents/${id}/review/opinions/legal`, opinion)
  await house.call('ane', 'POST', `/documents/${id}/review/withdraw`)
  await house.decided(id, 'request_changes')
  await house.call('jon', 'POST', `/documents/${id}/review/resume`)
  await house.decided(id)
  const waivers = [{ check: 'P-18', reason: 'Prestakuntza otsailean egingo da.' }]
  const opened = await house.call('mayor', 'POST', `/documents/${id}/profiles/mastodon/open`, { waivers })
  expect(opened.status).toBe(204)
  await house.call('ane', 'PUT', `/documents/${id}/visibility`, { visibility: 'public' })
  await house.call('ane', 'POST', `/documents/${id}/publication`, { version: 3 })
  const other = await house.plan()
  const jon = await openWriter(house.server, 'jon', other)
  await jon.write(jon.edit((doc) => doc.getText('identity.title:eu').insert(0, 'a'))[0]!)
  await jon.close()
  await house.call('jon', 'POST', `/documents/${other}/versions`, { label: 'Udaberria' })
  const day = new Date().toISOString().slice(0, 10)
  const given = await house.call<{ id: string }>('mayor', 'POST', `/documents/${other}/delegations`, {
    delegate: { id: 'lawyer', name: 'Lawyer' },
    from: day,
    to: day,
  })
  if (given.status !== 201) throw new Error(given.text)
  await house.call('mayor', 'DELETE', `/delegations/${given.json.id}`)
  await suggestAndAccept(other)
  const consent = { id: newUuid(), subject: 'P-1', subjectKind: 'adult', givenBy: 'self', scope: ['image'] }
  const terms = {
    networks: 'all',
    purpose: 'x',
    obtainedOn: day,
    expiresOn: null,
    evidence: 'y',
    freelyGiven: true,
  }
  const added = await house.call('jon', 'POST', `/documents/${other}/consents`, { ...consent, ...terms })
  if (added.status !== 204) throw new Error(added.text)
  const month = spanOf('month', day)
  const likes = { profile: 'mastodon', metric: 'likes', ...month, value: 268, nullReason: null }
  const figures = { id: newUuid(), source: 'manual', figures: [likes] }
  const entered = await house.call('jon', 'POST', `/documents/${other}/figures`, figures)
  if (entered.status !== 204) throw new Error(entered.text)
  const said = { saidOn: day, network: 'mastodon', sourceKind: 'citizen', author: 'H-3F2A', url: '' }
  const mention = { id: newUuid(), ...said, summary: 'x', sentiment: 'neutral', topic: 'y', reach: null }
  const open = { needsAnswer: false, action: null, source: '', owner: null, closedOn: null }
  const heard = await house.call('jon', 'POST', `/documents/${other}/heard`, { ...mention, ...open })
  if (heard.status !== 204) throw new Error(heard.text)
  const calendar = await openCalendar(house.server, 'jon', other)
  const post = await calendar.post({ title: 'Azoka' })
  await calendar.close()
  const begun = await house.call('jon', 'POST', `/documents/${other}/posts/${post}/draft`, {})
  if (begun.status !== 204) throw new Error(begun.text)
  const tool = { type: 'evaluation', toolName: 'Saioa Meet', level: 'individual', team: { kind: 'person' } }
  const evaluation = await house.call<{ id: string }>('ane', 'POST', '/documents', tool)
  await withDepartments(house)
  await scored(house, evaluation.json.id, ['ane'])
  await house.server.container.resolve(JOURNAL).transact(async (rows) => {
    const row = {
      document: evaluation.json.id,
      n: 1,
      version: 1,
      in_force: 1,
      list: 'adequacy',
      edition: 1,
      losses: '[]',
      checked_with: '',
      at: new Date().toISOString(),
      person: 'root',
      person_name: 'Root',
    }
    await rows.insertInto('reopening').values(row).execute()
    const detail = { reopening: 1, digest: digestOf('reopening', row) }
    const told = { at: row.at, actor: 'root', action: 'evaluation.reopen', subject: row.document, detail }
    await record(rows, told)
  })
}, 60_000)
afterAll(async () => {
  await house.stop()
  await rm(folder, { recursive: true, force: true })
})

/** After the last version: Miren suggests, Ane takes it. */
async function suggestAndAccept(document: DocumentId): Promise<void> {
  const page = await openPage(house.server, 'miren', document, { channels: ['comments'] })
  const comments = page.channels.get('comments')!
  await comments.ready
  const event = newEventId(comments.doc.clientID)
  const anchor = { path: 'identity.title:eu', quote: 'Haranberriko' }
  comments.doc
    .getArray(COMMENTS_ROOT)
    .push([{ id: event, thread: event, kind: 'suggest', body: '', text: 'Haranberri', anchor }])
  await until(() => page.ledger().waiting === 0 && page.ledger().connectivity.kind === 'online', 'said')
  await page.close()
  const { status, text } = await house.call(
    'ane',
    'POST',
    `/documents/${document}/suggestions/${event}/accepted`,
  )
  if (status !== 204) throw new Error(text)
}

const deeds = async (subject: string): Promise<{ actor: string; action: string; detail: string }[]> =>
  house.server.container
    .resolve(JOURNAL)
    .rows.selectFrom('audit')
    .select(['actor', 'action', 'detail'])
    .where('subject', '=', subject)
    .orderBy('n')
    .execute()
async function verified(path: string, expected?: string): Promise<{ code: number; said: string }> {
  const lines: string[] = []
  const code = await verifyAudit(path, expected ?? null, (line) => lines.push(line))
  return { code, said: lines.join('\n') }
}
const headIn = (said: string): string => /head: row \d+, ([0-9a-f]{64})/.exec(said)![1]!

describe('[AU1] what is told', () => {
  it('is every deed, with who and with what', async () => {
    expect((await deeds(id)).map(({ actor, action }) => `${actor} ${action}`)).toEqual([
      'ane document.create',
      'ane review.submit',
      'lawyer review.opinion',
      'ane review.withdraw',
      'ane review.submit',
      'mayor review.decide',
      'jon review.resume',
      'ane review.submit',
      'mayor review.decide',
      'mayor profile.open',
      'ane document.visibility',
      'ane document.publish',
    ])
  })

  it('[AU2] of editing is who, when and which sections, once a session, and nothing of the text', async () => {
    const plan = await house.plan()
    const jon = await openWriter(house.server, 'jon', plan)
    for (const root of ['identity.title:eu', 'identity.title:es'])
      await jon.write(jon.edit((doc) => doc.getText(root).insert(0, 'SECRET'))[0]!)
    await jon.write(jon.edit((doc) => void doc.getMap('audiences').delete('a4'))[0]!)
    await jon.close()
    const sessions = house.server.container.resolve(EDIT_SESSIONS)
    await until(async () => {
      await sessions.close()
      return (await deeds(plan)).some(({ action }) => action === 'document.edit')
    }, 'the session is recorded')
    const told = (await deeds(plan)).filter(({ action }) => action === 'document.edit')
    const details = told.map(({ detail }) => JSON.parse(detail) as { entries: number; sections: string[] })
    expect(new Set(told.map(({ actor }) => actor))).toEqual(new Set(['jon']))
    expect(details.reduce((sum, { entries }) => sum + entries, 0)).toBe(3)
    expect([...new Set(details.flatMap(({ sections }) => sections))].sort()).toEqual(['identity', 'planning'])
    expect(JSON.stringify(told)).not.toContain('SECRET')
    // Its log is read again after a start, and nothing is told twice.
    await house.server.restart()
    const again = await openWriter(house.server, 'jon', plan)
    await again.write(again.edit((doc) => doc.getText('identity.title:eu').insert(0, 'x'))[0]!)
    await again.close()
    const fresh = house.server.container.resolve(EDIT_SESSIONS)
    await until(async () => {
      await fresh.close()
      return (await deeds(plan)).filter(({ action }) => action === 'document.edit').length > told.length
    }, 'the second session is recorded')
    const last = JSON.parse((await deeds(plan)).at(-1)!.detail) as { entries: number }
    expect(last.entries).toBe(1)
  })

  it.each([
    ['somebody who paused for less', EDIT_SESSION_IDLE_MS - 1, 0],
    ['somebody who has stopped', EDIT_SESSION_IDLE_MS, 1],
  ])('[AU2] a session of %s: %i ms', async (_who, ms, count) => {
    const { journal, sessions, read, told } = await sessionsAt((from) => from + ms)
    await read(0)
    await sessions.sweep()
    expect(await told()).toBe(count)
    await journal.close()
  })
  it.each([
    [EDIT_SESSION_MAX_MS - 1, 0],
    [EDIT_SESSION_MAX_MS, 1],
  ])('[AU2] a session that goes on for %i ms is told of %i times', async (ms, count) => {
    const { journal, sessions, read, told } = await sessionsAt((from) => from + ms)
    for (let at = 0; at <= ms; at += EDIT_SESSION_IDLE_MS / 2) await read(at)
    await sessions.sweep()
    expect(await told()).toBe(count)
    await journal.close()
  })
})

describe('an export', () => {
  it.each(WHO.map((who) => [who, 403] as const))('[AU3] of all as %s: %i', async (who, status) => {
    expect((await house.call(who, 'GET', '/audit')).status).toBe(status)
  })
  it('[AU3] of all is for administrators; without a token 401', async () => {
    expect((await house.call('root', 'GET', '/audit')).status).toBe(200)
    expect((await house.call(null, 'GET', '/audit')).status).toBe(401)
  })
  it.each<[Who, number]>([
    ['ane', 200],
    ['mayor', 200],
    ['jon', 403],
    ['lawyer', 403],
    ['miren', 403],
    ['outsider', 404],
    ['root', 404],
  ])('[AU3] of a document that its team alone sees, as %s: %i', async (who, status) => {
    const plan = await house.plan()
    expect((await house.call(who, 'GET', `/documents/${plan}/audit`)).status).toBe(status)
    expect((await house.call(null, 'GET', `/documents/${plan}/audit`)).status).toBe(401)
  })
  it.each(['format=xml', 'from=yesterday', 'to=2026-13-01'])('with %s is refused', async (query) => {
    expect((await house.call('root', 'GET', `/audit?${query}`)).status).toBe(400)
  })

  it('[AU4] stands in the audit itself, and has only the rows of its document', async () => {
    const { json } = await house.call<{ scope: string; rows: { subject: string; action: string }[] }>(
      'mayor',
      'GET',
      `/documents/${id}/audit`,
    )
    expect(json.scope).toBe(id)
    expect(new Set(json.rows.map(({ subject }) => subject))).toEqual(new Set([id]))
    expect(json.rows.at(-1)!.action).toBe('audit.export')
  })

  it('[AU4] of days without rows is empty, and of today has what was done today', async () => {
    const rows = async (query: string) =>
      (await house.call<{ rows: unknown[] }>('root', 'GET', `/audit?${query}`)).json.rows.length
    expect(await rows('from=2001-01-01&to=2001-01-02')).toBe(0)
    const today = new Date().toISOString().slice(0, 10)
    expect(await rows(`from=${today}`)).toBeGreaterThan(10)
  })

  it('[AU5] as CSV runs no formula in a spreadsheet, and keeps every sign', async () => {
    const journal = await SqliteJournal.open(join(await temporaryFolder(), 'a.sqlite'), () => new Date())
    const actors = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '＝1', 'ane "la de", Donostia', 'jon']
    await journal.transact(async (rows) => {
      for (const actor of actors)
        await record(rows, { at: '2026-11-25T10:00:00.000Z', actor, action: 'x', subject: 'y', detail: {} })
    })
    const lines = await new AuditExport(journal, () => new Date()).lines('root' as never, null, {
      format: 'csv',
      from: null,
      to: null,
    })
    let csv = ''
    for await (const line of lines) csv += line
    const cells = csv
      .split('\r\n')
      .slice(1, -2)
      .map((row) => row.split(',"')[2]!)
    expect(cells.slice(0, 7)).toEqual(actors.slice(0, 7).map((actor) => `'${actor}"`))
    expect(csv).toContain('"ane ""la de"", Donostia"')
    expect(cells.at(-1)).toBe('jon"')
    expect(csv.startsWith('\uFEFFn,at,actor')).toBe(true)
    await journal.close()
  })

  it('[AU5] is cut at its largest size, and says so', async () => {
    expect(AUDIT_EXPORT_MAX_ROWS).toBeGreaterThan(1_000)
    const journal = await SqliteJournal.open(join(await temporaryFolder(), 'a.sqlite'), () => new Date())
    await journal.transact(async (rows) => {
      for (let i = 0; i < 4; i++)
        await record(rows, {
          at: '2026-11-25T10:00:00.000Z',
          actor: 'a',
          action: 'x',
          subject: 'y',
          detail: { i },
        })
    })
    for (const [max, more] of [
      [4, true],
      [6, false],
    ] as const) {
      // The export is a row too.
      const lines = await new AuditExport(journal, () => new Date(), max).lines('root' as never, null, {
        format: 'json',
        from: null,
        to: null,
      })
      let text = ''
      for await (const line of lines) text += line
      const file = JSON.parse(text) as { rows: unknown[]; end: { rows: number; more: boolean } }
      expect(file.end).toMatchObject({ rows: file.rows.length, more })
    }
    await journal.close()
  })
})

describe('[AU6] an exported file, checked alone', () => {
  let text: string
  let file: string
  beforeAll(async () => {
    text = (await house.call('root', 'GET', '/audit')).text
    file = join(folder, 'export.json')
  })
  const check = async (content: string, expected?: string) => {
    await writeFile(file, content)
    return verified(file, expected)
  }
  const rows = (): string[] => text.split('\n').slice(1, -2)
  const withRows = (lines: string[]): string =>
    [text.split('\n')[0], ...lines, ...text.split('\n').slice(-2)].join('\n')

  it('is whole as it came', async () => {
    const { code, said } = await check(text)
    expect([code, said]).toEqual([0, expect.stringContaining('Whole')])
    expect((await check(text, headIn(said))).code).toBe(0)
  })
  it.each<[string, () => string, RegExp]>([
    [
      'a row that was changed',
      () => text.replace('"actor":"lawyer"', '"actor":"lawyor"'),
      /row \d+ was changed/,
    ],
    ['a row taken from the middle', () => withRows(rows().toSpliced(3, 1)), /row 5 does not follow row 3/],
    [
      'two rows that changed places',
      () => withRows([...rows().slice(0, 2), rows()[3]!, rows()[2]!, ...rows().slice(4)]),
      /row 4 does not follow row 2/,
    ],
    ['the first row taken away', () => withRows(rows().slice(1)), /rows before it are missing/],
    [
      'the last rows taken away',
      () => withRows([...rows().slice(0, -3), rows().at(-3)!.replace(/,$/, '')].slice(0, -1)),
      /missing at the end/,
    ],
    ['an end that is cut off', () => text.split('\n').slice(0, -3).join('\n'), /cut off/],
  ])('finds %s', async (_what, content, fault) => {
    const { code, said } = await check(content())
    expect([code, said]).toEqual([1, expect.stringMatching(fault)])
  })
  it('shows any byte of it', async () => {
    const unseen: number[] = []
    // Every so many, and each of the first and the last line.
    const [first, last] = [text.indexOf('\n'), text.lastIndexOf('\n]')]
    for (let i = 0; i < text.length; i += i < first || i > last ? 1 : 31) {
      if (text[i] === '\n') continue
      const other = String.fromCodePoint(text.charCodeAt(i) + 1)
      if ((await check(text.slice(0, i) + other + text.slice(i + 1))).code === 0) unseen.push(i)
    }
    expect(unseen).toEqual([])
  }, 60_000)
  it.each<[string, (text: string) => string]>([
    ['a field more in its head', (it) => it.replace('"v":1,', '"v":1,"signed":true,')],
    ['a field more in a row', (it) => it.replace('"actor":"lawyer"', '"actor":"lawyer","role":"director"')],
    ['a field said twice', (it) => it.replace('"actor":"lawyer"', '"actor":"jon","actor":"lawyer"')],
    ['a blank in a row', (it) => it.replace('"actor":"lawyer"', '"actor": "lawyer"')],
    ['an empty line', (it) => it.replace('\n', '\n\n')],
    ['what it begins behind left out', (it) => it.replace(/,"begins":"[0-9a-f]+"/, '')],
    ['what it begins behind unknown', (it) => it.replace(/"begins":"[0-9a-f]+"/, '"begins":null')],
    ['no number at its end', (it) => it.replace(/"n":\d+,"hash":"[0-9a-f]+"}}/, '"n":null,"hash":null}}')],
    ['a number of a row', (it) => it.replace('{"n":4,', '{"n":40,')],
    [
      'a detail as text',
      (it) => it.replace(/"detail":(\{[^}]*\})/, (_all, d: string) => `"detail":${JSON.stringify(d)}`),
    ],
    [
      'all of it said to be of one document',
      (it) => it.replace('"scope":"all"', `"scope":"${id}"`).replace(/"begins":"[0-9a-f]+"/, '"begins":null'),
    ],
  ])('with %s is not whole', async (_what, alter) => {
    expect(alter(text)).not.toBe(text)
    expect((await check(alter(text))).code).not.toBe(0)
  })
  it('is checked also where rows are from before their number was hashed', () => {
    const deed = { at: '2026-01-01T00:00:00.000Z', actor: 'ane', action: 'x', subject: 'y', detail: '{}' }
    const first = { n: 1, ...deed, prev_hash: FIRST }
    const old = { ...first, hash: hashWithoutNumber(first) }
    const second = { n: 2, ...deed, prev_hash: old.hash }
    const fresh = { ...second, hash: hashOf(second) }
    const faults = (...rows: ChainRow[]): (string | null)[] => {
      const chain = new Chain(true, FIRST, null)
      return rows.map((row) => chain.next(row))
    }
    expect(faults(old, fresh)).toEqual([null, null])
    expect(faults(old, { ...fresh, n: 3 })[1]).toContain('row 3 was changed')
    expect(faults({ ...old, n: 0 }, fresh)[1]).toContain('their numbers were changed')
  })
  it('cannot tell a shortened file with a new end and new days, but a noted hash does', async () => {
    const head = headIn((await check(text)).said)
    const kept = rows().slice(0, -2)
    const { n, hash } = JSON.parse(kept.at(-1)!.replace(/,$/, '')) as { n: number; hash: string }
    const end = `],"end":${JSON.stringify({ rows: kept.length, more: false, n, hash })}}\n`
    const shortened = [text.split('\n')[0], ...kept.slice(0, -1), kept.at(-1)!.replace(/,$/, ''), end].join(
      '\n',
    )
    // Its own export is missing in it.
    expect((await check(shortened)).code).toBe(1)
    const days = shortened.replace('"to":null', '"to":"2099-01-01"')
    const without = await check(days)
    expect([without.code, without.said]).toEqual([0, expect.stringContaining('not covered: of which days')])
    const { code, said } = await check(days, head)
    expect([code, said]).toEqual([1, expect.stringContaining('no row has the noted hash')])
  })
  it('of one document is checked row by row, and says what that cannot show', async () => {
    const own = (await house.call('mayor', 'GET', `/documents/${id}/audit`)).text
    const whole = await check(own)
    expect([whole.code, whole.said]).toEqual([0, expect.stringContaining('would not show')])
    expect((await check(own.replace('"stance":"favourable"', '"stance":"against"'))).code).toBe(1)
  })
  it.each(['', '{}', 'hello', '{"format":"auzolan-audit","v":2,"rows":['])(
    'is not %j: exit code 2',
    async (content) => {
      expect((await check(content)).code).toBe(2)
    },
  )
})

describe('[AU7] a data folder', () => {
  it('is whole while the server runs, and the head can be noted', async () => {
    const { code, said } = await verified(folder)
    expect([code, said]).toEqual([0, expect.stringContaining('Whole')])
    expect(said).toMatch(/decisions: 2 receipts/)
    // The chain goes on; what was noted is found again.
    await house.call('ane', 'PUT', `/documents/${id}/visibility`, { visibility: 'public' })
    const later = await verified(folder, headIn(said))
    expect([later.code, later.said]).toEqual([0, expect.stringContaining('everything up to there')])
  })

  const change = (table: string, column: string, from: string, to: string) => (db: Database.Database) => {
    const { changes } = db
      .prepare(`UPDATE ${table} SET ${column} = replace(${column}, ?, ?) WHERE instr(${column}, ?) > 0`)
      .run(from, to, from)
    if (changes === 0) throw new Error(`nothing in ${table}.${column} says ${from}`)
  }
  it.each<[string, (db: Database.Database) => void, RegExp]>([
    [
      'one byte of a text',
      change('version', 'json', 'Haranberri', 'Haranberrj'),
      /version 1 of document .+ was changed.+[^]*is not the one of its hash/,
    ],
    [
      'a text and its hash',
      (db) => {
        const row = db.prepare('SELECT document, n, json FROM version WHERE n = 3').get() as {
          json: string
          document: string
        }
        db.prepare(
          "UPDATE version SET json = '{}', sha256 = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a' WHERE n = 3 AND document = ?",
        ).run(row.document)
      },
      /about another text/,
    ],
    [
      'a note of a version',
      (db) => void db.exec("UPDATE version SET note = 'x' WHERE n = 2"),
      /version 2 of document .+ was changed/,
    ],
    [
      'one byte of a receipt',
      change('decision', 'receipt', '"role":"director"', '"role":"directos"'),
      /decision .+ was changed[^]*signature of the receipt/,
    ],
    ['a comment of a decision', change('decision', 'comment', 'garbi', 'argi'), /decision .+ was changed/],
    ['who has decided', change('decision', 'person', 'mayor', 'mayer'), /decision .+ was changed/],
    ['an opinion', change('opinion', 'text', 'Ondo', 'Gaizki'), /opinion of legal .+ was changed/],
    [
      'what a publication is of',
      (db) => void db.exec("UPDATE publication SET sha256 = 'f' || substr(sha256, 2)"),
      /publication .+ was changed|names another text/,
    ],
    [
      'which version is in force',
      (db) => void db.exec('UPDATE document SET in_force = 2 WHERE in_force = 3'),
      /version 2 is said to be in force, and the one approved last is 3/,
    ],
    [
      'a decision that is gone',
      (db) => void db.exec("DELETE FROM decision WHERE verdict = 'request_changes'"),
      /decision .+ is missing/,
    ],
    [
      'a decision nobody has made',
      (db) =>
        void db.exec(
          "INSERT INTO decision SELECT 'x', document, n, verdict, person, name, comment, sections, conditions, waivers, overrides, receipt, at, principal, principal_name, places, nth FROM decision WHERE verdict = 'approve'",
        ),
      /does not tell of decision x/,
    ],
    [
      'who did something',
      (db) => void db.exec("UPDATE audit SET actor = 'jon' WHERE action = 'document.publish'"),
      /audit: row \d+ was changed/,
    ],
    [
      'one byte of the detail',
      change('audit', 'detail', '"stance":"favourable"', '"stance":"favourablf"'),
      /audit: row \d+ was changed/,
    ],
    [
      'a row in the middle taken away',
      (db) => void db.exec('DELETE FROM audit WHERE n = 4'),
      /row 5 does not follow row 3/,
    ],
    [
      'the last rows taken away',
      (db) => void db.exec('DELETE FROM audit WHERE n > (SELECT max(n) - 2 FROM audit)'),
      /rows are missing at the end/,
    ],
    [
      'two rows that changed places',
      (db) =>
        void db.exec(
          'UPDATE audit SET n = -1 WHERE n = 3; UPDATE audit SET n = 3 WHERE n = 4; UPDATE audit SET n = 4 WHERE n = -1',
        ),
      /row 3 was changed after it was written/,
    ],
    [
      'an author whose entries are counted too low',
      (db) => void db.exec("UPDATE contribution SET entries = entries - 1 WHERE person = 'jon'"),
      /contribution: jon has written at least 1 entries in .+ and 0 are counted/,
    ],
    [
      'an author who is called otherwise',
      (db) => void db.exec("UPDATE contribution SET person = 'jom' WHERE person = 'jon'"),
      /contribution: jon has written .+ none are counted/,
    ],
    [
      'a suggester who is counted as no author',
      (db) => void db.exec("DELETE FROM contribution WHERE person = 'miren' AND channel LIKE '%/content'"),
      /contribution: miren has written at least 1 entries in .+ and none are counted/,
    ],
    [
      'a suggestion since the last version that does not count',
      (db) =>
        void db.exec(
          // One entry before that version and one suggestion after it are two.
          `UPDATE version SET contributions = json_set(contributions, '$.miren', 1) WHERE label IS NOT NULL`,
        ),
      /contribution: miren has written at least 2 entries in .+ and 1 are counted/,
    ],
    [
      'entries since the last version that are not counted',
      (db) =>
        void db.exec(
          `UPDATE version SET contributions = json_set(contributions, '$.jon', 3) WHERE label IS NOT NULL;
           INSERT INTO entry SELECT v.document || '/content', v.seq + 1, v.at, 'jon', x'00' FROM version v WHERE label IS NOT NULL;
           UPDATE contribution SET entries = 3 WHERE person = 'jon'`,
        ),
      /contribution: jon has written at least 4 entries in .+ and 3 are counted/,
    ],
    [
      'a suggestion of somebody else',
      (db) => void db.exec("UPDATE accepted_suggestion SET author = 'lawyer'"),
      /the accepted suggestion .+ was changed/,
    ],
    [
      'a suggestion of somebody else, told of before fingerprints were taken',
      (db) =>
        void db.exec(`UPDATE audit SET detail = json_remove(detail, '$.digest') WHERE action = 'suggestion.accept';
          UPDATE accepted_suggestion SET accepter = 'jon'`),
      /the accepted suggestion .+ was changed/,
    ],
    [
      'a suggestion that was accepted and is gone',
      (db) => void db.exec('DELETE FROM accepted_suggestion'),
      /the accepted suggestion .+ is missing/,
    ],
    [
      'where the work stands',
      (db) => void db.exec("UPDATE document SET work = 'in_review' WHERE in_force IS NULL"),
      /the work of .+ is said to be in_review, and by the audit it is draft/,
    ],
    [
      'what is said to be archived',
      (db) => void db.exec('UPDATE document SET archived = 1 WHERE in_force = 3'),
      /is said to be archived, and by the audit it is not archived/,
    ],
    [
      'a key that nobody has made',
      (db) =>
        void db.exec(
          "UPDATE setting SET value = json_insert(value, '$[#]', json_object('id', 'x', 'publicKey', 'y', 'from', 'z', 'to', NULL)) WHERE key = 'signing_keys'",
        ),
      /key: the audit does not tell of signing key x/,
    ],
    ['a key', change('setting', 'value', '"from":"2', '"from":"3'), /signing key .+ was changed/],
    [
      'a delegation that was taken back and goes on',
      (db) => void db.exec('UPDATE delegation SET ended_at = NULL'),
      /is said to have ended never/,
    ],
    [
      'a delegation that nobody has given',
      (db) =>
        void db.exec(
          "INSERT INTO delegation SELECT 'x', team, document, giver, giver_name, delegate, delegate_name, from_day, to_day, given_at, NULL FROM delegation",
        ),
      /does not tell of delegation x/,
    ],
    [
      'a score that was revealed',
      change('score_sheet', 'scores', '"D1":3', '"D1":5'),
      /is not what was revealed/,
    ],
    [
      'an opinion that counts as another one',
      (db) => void db.exec('UPDATE opinion SET nth = nth + 1'),
      /does not tell of the opinion of legal \(no. 2\)/,
    ],
  ])('shows %s', async (_what, alter, fault) => {
    const copy = await altered(alter)
    const { code, said } = await verified(copy)
    expect(code, said).toBe(1)
    expect(said).toMatch(fault)
    await rm(copy, { recursive: true })
  })
  it('shows one byte in any column that is covered, of any table, and in any of the chain', async () => {
    const copy = await altered(() => undefined)
    const db = new Database(join(copy, 'auzolan.sqlite'))
    db.pragma('foreign_keys = OFF')
    db.pragma('ignore_check_constraints = ON')
    const { key: _inTheSettings, ...tables } = COVERED
    const columns = Object.entries({
      ...tables,
      audit: ['n', 'at', 'actor', 'action', 'subject', 'detail', 'prev_hash', 'hash'],
    }).flatMap(([table, names]) => names.map((column) => [table, column] as const))
    const unseen: string[] = []
    for (const [table, column] of columns) {
      const of = db.prepare(`SELECT * FROM ${table} LIMIT 1`).get() as { [column: string]: unknown }
      const same = Object.entries(of).map(([name]) => `"${name}" IS ?`)
      const before = of[column]
      const after =
        typeof before === 'number'
          ? before + 1_000
          : before === null
            ? 'x'
            : `${String(before).slice(0, -1)}~`
      const set = (row: typeof of, value: unknown) =>
        db
          .prepare(`UPDATE ${table} SET "${column}" = ? WHERE ${same.join(' AND ')}`)
          .run(value, ...Object.values(row)).changes
      expect(set(of, after)).toBe(1)
      if ((await verified(copy)).code !== 1) unseen.push(`${table}.${column}`)
      expect(set({ ...of, [column]: after }, before)).toBe(1)
    }
    expect(unseen).toEqual([])
    expect((await verified(copy)).code).toBe(0)
    db.close()
    await rm(copy, { recursive: true })
  }, 60_000)
  it('says what it does not cover', async () => {
    expect((await verified(folder)).said).toMatch(
      /not covered: .+titles[^]+whose a client id is[^]+compacted[^]+counts of entries that are too high/,
    )
  })
  it('that was shortened with care shows by the noted hash', async () => {
    const noted = headIn((await verified(folder)).said)
    const copy = await altered((db) =>
      db.exec(`DELETE FROM audit WHERE n = (SELECT max(n) FROM audit);
        UPDATE sqlite_sequence SET seq = (SELECT max(n) FROM audit) WHERE name = 'audit'`),
    )
    expect((await verified(copy)).code).toBe(0)
    const { code, said } = await verified(copy, noted)
    expect([code, said]).toEqual([1, expect.stringContaining('no row has the noted hash')])
    await rm(copy, { recursive: true })
  })
  it.each([[['/nowhere/at/all']], [['x', 'zz']]] as [string, string?][][])(
    'with %j: exit code 2',
    async ([path, expected]) => {
      expect((await verified(path, expected)).code).toBe(2)
    },
  )
  it('with the beginning of the chain for a noted hash: exit code 2, for it is no row’s', async () => {
    const { code, said } = await verified(folder, FIRST)
    expect([code, said]).toEqual([2, expect.stringContaining('of no row')])
  })
  it('without a database: exit code 2', async () => {
    const empty = await temporaryFolder()
    expect((await verified(empty)).code).toBe(2)
    await writeFile(join(empty, 'auzolan.sqlite'), 'hello')
    expect((await verified(empty)).code).toBe(2)
    await rm(empty, { recursive: true })
  })
  it('is checked by the command of the server', async () => {
    const { code, output } = await runServer({}, 'audit', 'verify', folder)
    expect([code, output]).toEqual([0, expect.stringContaining('Whole')])
  })
})

async function altered(alter: (db: Database.Database) => void): Promise<string> {
  const copy = await temporaryFolder()
  const source = new Database(join(folder, 'auzolan.sqlite'), { readonly: true })
  await source.backup(join(copy, 'auzolan.sqlite'))
  source.close()
  await cp(join(folder, 'signing-keys.json'), join(copy, 'signing-keys.json'))
  const db = new Database(join(copy, 'auzolan.sqlite'))
  db.pragma('foreign_keys = OFF')
  alter(db)
  db.close()
  expect((await readFile(join(copy, 'auzolan.sqlite'))).length).toBeGreaterThan(0)
  return copy
}

/** A diary whose clock stands where the test says, and entries of one person at moments of their own. */
async function sessionsAt(now: (from: number) => number) {
  const from = Date.parse('2026-11-25T10:00:00.000Z')
  const journal = await SqliteJournal.open(join(await temporaryFolder(), 'a.sqlite'), () => new Date())
  const sessions = new EditSessions(journal, () => new Date(now(from)))
  let seq = 0
  return {
    journal,
    sessions,
    async read(ms: number) {
      const entry: EntryRead = {
        seq: ++seq,
        at: new Date(from + ms).toISOString(),
        person: 'jon' as never,
        paths: ['identity.title:eu'],
      }
      await sessions.read('0b9d2a9e-5a7c-4d7a-9d0e-3d5b8e3a1c11/content' as never, [entry])
    },
    told: async () => (await journal.rows.selectFrom('audit').select('n').execute()).length,
  }
}
