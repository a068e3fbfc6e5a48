/** A list changes and what relies on it is reopened, over REST: who sees what before, what happens then, and how it ends (DOMAIN E-30). */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { newUuid, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import type { Edition, EditionSummary, Preview, Reopened } from '@auzolan/shared/protocol/reference.ts'
import type { DocumentEnvelope } from '@auzolan/shared/protocol/rest.ts'
import type { ReopenedTask, Review } from '@auzolan/shared/protocol/review.ts'
import { BUILTIN, type ListId } from '@auzolan/shared/reference/references.ts'
import { DOCUMENTS, JOURNAL, REFERENCE_LISTS, TEAMS, VERSIONS } from '@auzolan/server/src/container.ts'
import { reopenedNow } from '@auzolan/server/src/review/reopenings.ts'
import { SAIOA_MEET } from '@auzolan/server/src/standalone/sample-evaluation.ts'
import { verifyFolder } from '@auzolan/server/src/verify/data-folder.ts'
import { WHO, startReviewed, type Reviewed, type Who } from '../support/reviewed.ts'
import { done, handIn, SAIOA_SHEETS, scored, withDepartments, withdraw } from '../support/scored.ts'
import { teamOf } from '../support/teams.ts'
import { passedOn } from '../support/told.ts'

let house: Reviewed
let team: string
beforeAll(async () => {
  house = await startReviewed()
  await withDepartments(house)
  team = await teamOf(
    house.server.container.resolve(TEAMS),
    'Tresnak',
    ['person', 'ane', 'coordinator'],
    ['person', 'jon', 'editor'],
    ['person', 'mayor', 'director'],
    ['person', 'lawyer', 'legal'],
    ['person', 'miren', 'reader'],
  )
})
afterAll(() => house.stop())

/** «Saioa Meet», for one person, so that nobody else is asked. */
async function meet(
  changes: { readonly [section: string]: object } = {},
  { teamId = team, by = 'ane' as Who } = {},
): Promise<DocumentId> {
  const base = structuredClone(SAIOA_MEET) as { [section: string]: object }
  // Said already: those that are decided on again need it.
  const again = { changedSince: { eu: 'Zerrenda.', es: 'La lista.' } }
  base['decision'] = { ...base['decision'], allowedLevels: ['individual'], ...again }
  const own = {
    useLevel: { level: 'individual', ownBackup: { eu: 'Etxean', es: 'En casa' } },
    dataProtection: { dataClasses: ['internal', 'personal_staff'] },
    decision: { allowedDataClasses: ['internal', 'personal_staff'] },
    ...changes,
  }
  for (const [section, fields] of Object.entries(own)) base[section] = { ...base[section], ...fields }
  const id = await house.server.container.resolve(DOCUMENTS).create({
    type: 'evaluation',
    teamId: teamId as never,
    languages: ['eu', 'es'],
    template: base as typeof SAIOA_MEET,
    by: by as string as PersonId,
  })
  if (teamId === team) await scored(house, id)
  return id
}
const approved = async (changes?: Parameters<typeof meet>[0]): Promise<DocumentId> => {
  const id = await meet(changes)
  await house.decided(id)
  return id
}
const US = (change: object) => BUILTIN.adequacy.map((one) => (one.id === 'US' ? { ...one, ...change } : one))
const ANNULLED = US({ status: 'annulled' })
const edition = async (list: ListId = 'adequacy'): Promise<number> =>
  (await house.call<EditionSummary[]>('ane', 'GET', `/reference/${list}/editions`)).json[0]!.n
const given = async (entries: readonly object[], list: ListId = 'adequacy') => ({
  edition: await edition(list),
  verifiedOn: '2026-11-26',
  source: 'EUR-Lex',
  entries,
})
const preview = async (entries: readonly object[], who: Who | null = 'root') =>
  house.call<Preview>(who, 'POST', '/reference/adequacy/preview', await given(entries))
/** As it is done on the screen: seen, then applied. */
async function apply(entries: readonly object[]): Promise<Preview> {
  const { json } = await preview(entries)
  const body = { ...(await given(entries)), seen: json.seen }
  const { status, text } = await house.call<Edition>('root', 'PUT', '/reference/adequacy', body)
  if (status !== 200) throw new Error(`${status} ${text}`)
  return json
}
const asBefore = (): Promise<Preview> => apply(BUILTIN.adequacy)
afterEach(() => asBefore())
const reopened = async (id: DocumentId, who: Who = 'miren'): Promise<readonly Reopened[]> =>
  (await house.call<DocumentEnvelope>(who, 'GET', `/documents/${id}`)).json.reopened
const kinds = (losses: Reopened['losses'] = []): string[] =>
  losses.map((one) => (one.kind === 'block' ? one.id : one.kind))
const waits = async (who: Who, id: DocumentId): Promise<readonly ReopenedTask[]> =>
  (await house.call<ReopenedTask[]>(who, 'GET', '/reviews')).json.filter(
    (task) => task.kind === 'reopened' && task.document === id,
  )
const told = async (id: DocumentId) =>
  (await passedOn(house.server, house.nextcloud)).flatMap((sent) =>
    sent.kind === 'notify' && sent.notice.key === `reopened/${id}` ? [sent.notice] : [],
  )
const actions = async (id: DocumentId) =>
  (
    await house.server.container
      .resolve(JOURNAL)
      .rows.selectFrom('audit')
      .select('action')
      .where('subject', '=', id)
      .orderBy('n')
      .execute()
  )
    .map(({ action }) => action)
    .filter((action) => action.startsWith('evaluation.'))

describe('[EV14] who may look what a list would do, and do it', () => {
  it.each([[null, 401], ...WHO.map((who) => [who, 403] as const), ['root', 200]] as const)(
    '%s: %s',
    async (who, status) => {
      expect((await preview(ANNULLED, who)).status).toBe(status)
    },
  )
  it('of a list that there is, with entries that are some', async () => {
    const asks = async (list: string, body: object) =>
      (await house.call('root', 'POST', `/reference/${list}/preview`, body)).status
    expect(await asks('nothing', await given(ANNULLED))).toBe(404)
    expect(await asks('adequacy', await given([]))).toBe(400)
    expect(await asks('adequacy', { ...(await given(ANNULLED)), edition: 9_999 })).toBe(409)
  })
  it('a look changes nothing', async () => {
    const id = await approved()
    const before = await edition()
    expect((await preview(ANNULLED)).json.seen).not.toBe('')
    expect(await edition()).toBe(before)
    expect(await reopened(id)).toEqual([])
  })
  it('of what they may not read, they learn how much there is and of which team; what they may read is named', async () => {
    const id = await approved()
    const { json } = await preview(ANNULLED)
    expect(json.relying).toEqual([])
    expect(json.hidden).toHaveLength(1)
    expect(json.hidden[0]).toMatchObject({ team: { eu: 'Tresnak' }, settled: 0 })
    expect(JSON.stringify(json)).not.toContain('Saioa')
    await house.call('ane', 'PUT', `/documents/${id}/visibility`, { visibility: 'organisation' })
    const after = (await preview(ANNULLED)).json
    expect(after.relying.map(({ document }) => document)).toEqual([id])
    expect(after.hidden[0]?.reopened ?? 0).toBe(json.hidden[0]!.reopened - 1)
    // Who sees more applies the same.
    expect(after.seen).toBe(json.seen)
  })
})

describe('[EV14] [G.2] the adequacy decision of the United States is annulled', () => {
  it('what is in force says why, to everybody who reads it, and stays what was approved', async () => {
    const id = await approved()
    const text = () => house.call<{ json: string }>('miren', 'GET', `/documents/${id}/versions/1`)
    const before = (await text()).json
    await apply(ANNULLED)
    const [one, ...more] = await reopened(id)
    expect(more).toEqual([])
    expect(one).toMatchObject({ version: 1, inForce: true, list: 'adequacy', edition: await edition() })
    expect(one!.by.id).toBe('root')
    expect(kinds(one!.losses)).toEqual(['decision', 'zone', 'E-K10'])
    expect((await text()).json).toEqual(before)
    expect(await reopenedNow(house.server.container.resolve(JOURNAL).rows, id, 1, true)).toEqual(one)
    for (const [who, count] of [
      ['ane', 1],
      ['jon', 1],
      ['mayor', 1],
      ['miren', 0],
      ['lawyer', 0],
      ['outsider', 0],
    ] as const)
      expect([who, (await waits(who, id)).length]).toEqual([who, count])
    const [notice] = await told(id)
    expect(notice!.to.map((to) => to.id).sort()).toEqual(['ane', 'jon', 'mayor'])
    expect(notice).toMatchObject({ kind: 'reopened', version: 1, by: { id: 'root' } })
    expect(await actions(id)).toEqual(['evaluation.reopen'])
  })
  it('ends when the list is again what it was approved with', async () => {
    const id = await approved()
    await apply(ANNULLED)
    const back = (await preview(BUILTIN.adequacy)).json
    expect(back.hidden).toMatchObject([{ reopened: 0 }])
    expect(back.hidden[0]!.settled).toBeGreaterThan(0)
    expect(back.relying.map(({ losses }) => losses).flat()).toEqual([])
    await asBefore()
    expect(await reopened(id)).toEqual([])
    expect(await waits('ane', id)).toEqual([])
    expect(await actions(id)).toEqual(['evaluation.reopen', 'evaluation.settle'])
    const dismissed = (await passedOn(house.server, house.nextcloud)).flatMap((sent) =>
      sent.kind === 'dismiss' ? sent.keys : [],
    )
    expect(dismissed).toContain(`reopened/${id}`)
  })
  it('ends when a later version is decided, and not when changes are asked for in it', async () => {
    const id = await approved()
    await apply(US({ status: 'suspended' }))
    expect(await reopened(id)).toHaveLength(1)
    // What was approved cannot be approved again as it is: E-K10 stands.
    const review = await house.submit(id)
    expect(await waits('ane', id)).toEqual([])
    const verdict = (more: object) =>
      house.outcome('mayor', 'POST', `/documents/${id}/decisions`, {
        id: newUuid(),
        version: review.version.n,
        sha256: review.version.sha256,
        ...more,
      })
    expect(await verdict({ verdict: 'approve' })).toEqual([409, 'GATE_CLOSED'])
    const changes = { verdict: 'request_changes', comment: 'Beste berme bat behar da.', sections: ['tool'] }
    expect(await verdict(changes)).toEqual([204, undefined])
    expect(await reopened(id)).toHaveLength(1)
    expect(await waits('ane', id)).toHaveLength(1)
  })
  it('a version decided after it, with the new list, is not reopened by it', async () => {
    const id = await approved({ decision: { allowedDataClasses: ['internal'] } })
    await apply(ANNULLED)
    expect(await reopened(id)).toHaveLength(1)
    await house.decided(id)
    expect(await reopened(id)).toEqual([])
  })
  it('what is in review is checked with the new list from then on, and says so', async () => {
    const id = await meet()
    const review = await house.submit(id)
    const found = async () =>
      (await house.call<Review>('mayor', 'GET', `/documents/${id}/review`)).json.findings.map((f) => f.check)
    expect(await found()).not.toContain('E-K10')
    await apply(ANNULLED)
    expect(await found()).toContain('E-K10')
    expect(await reopened(id)).toMatchObject([{ version: review.version.n, inForce: false }])
    expect(await told(id)).toHaveLength(1)
    const decision = { id: newUuid(), version: 1, sha256: review.version.sha256, verdict: 'approve' }
    expect(await house.outcome('mayor', 'POST', `/documents/${id}/decisions`, decision)).toEqual([
      409,
      'GATE_CLOSED',
    ])
    await asBefore()
    expect(await found()).not.toContain('E-K10')
    expect(await reopened(id)).toEqual([])
    expect(await house.outcome('mayor', 'POST', `/documents/${id}/decisions`, decision)).toEqual([
      204,
      undefined,
    ])
  })
  it('leaves alone what was withdrawn, archived, never sent, or rests on something else', async () => {
    const { places, subprocessors } = SAIOA_MEET['dataLocation'] as unknown as {
      readonly [list in 'places' | 'subprocessors']: readonly { readonly country: string }[]
    }
    const home = (row: { readonly country: string }) =>
      row.country === 'US' ? { ...row, country: 'DE', mechanism: 'eea' } : row
    const elsewhere = {
      places: places.map(home),
      subprocessors: subprocessors.map(home),
      parentCountry: 'DE',
      extraterritorial: [],
    }
    const draft = await meet()
    const other = await approved({ dataLocation: elsewhere })
    const withdrawn = await approved()
    await withdraw(house, withdrawn)
    await house.decided(withdrawn)
    const archived = await approved()
    await house.call('mayor', 'POST', `/documents/${archived}/archive`, {
      reason: 'Ez da gehiago erabiltzen, eta kito.',
    })
    await apply(ANNULLED)
    for (const id of [draft, other, withdrawn, archived]) expect(await reopened(id)).toEqual([])
  })
})

describe('[EV14] what is seen is what is done', () => {
  it('nothing is replaced when another evaluation relies on it by now', async () => {
    await approved()
    const seen = (await preview(ANNULLED)).json.seen
    const late = await approved()
    const before = await edition()
    const put = async (more: object) =>
      house.outcome('root', 'PUT', '/reference/adequacy', { ...(await given(ANNULLED)), ...more })
    expect(await put({ seen })).toEqual([409, 'CHANGED_MEANWHILE'])
    expect(await put({})).toEqual([409, 'CHANGED_MEANWHILE'])
    expect(await edition()).toBe(before)
    expect(await reopened(late)).toEqual([])
    expect(await actions(late)).toEqual([])
    await apply(ANNULLED)
    expect(await reopened(late)).toHaveLength(1)
  })
  it.each([
    ['another remark', US({ notes: { eu: 'Auzitegiaren zain.' } })],
    ['another day on which it was looked at', BUILTIN.adequacy],
    ['an appeal that was lost', US({ status: 'in_force' })],
  ])('%s reopens nothing, and asks for no look', async (_what, entries) => {
    const id = await approved()
    expect((await preview(entries)).json).toEqual({ seen: '', relying: [], hidden: [] })
    expect(await house.outcome('root', 'PUT', '/reference/adequacy', await given(entries))).toEqual([
      200,
      undefined,
    ])
    expect(await reopened(id)).toEqual([])
  })
  it('every text is read before the change, while others can write; what they wrote meanwhile is seen in it', async () => {
    await approved()
    const { container } = house.server
    const [versions, lists] = [container.resolve(VERSIONS), container.resolve(REFERENCE_LISTS)]
    const { rows } = container.resolve(JOURNAL)
    const read = vi.spyOn(versions, 'row')
    await apply(ANNULLED)
    expect(read.mock.calls.length).toBeGreaterThan(0)
    expect(read.mock.calls.filter(([within]) => within !== rows)).toEqual([])
    read.mockRestore()
    await asBefore()
    const { seen } = (await preview(ANNULLED)).json
    const before = await edition()
    const change = lists.change.bind(lists)
    const late = vi.spyOn(lists, 'change').mockImplementationOnce(async (...given) => {
      await approved()
      return change(...given)
    })
    const body = { ...(await given(ANNULLED)), seen }
    expect(await house.outcome('root', 'PUT', '/reference/adequacy', body)).toEqual([
      409,
      'CHANGED_MEANWHILE',
    ])
    expect(late).toHaveBeenCalledOnce()
    late.mockRestore()
    expect(await edition()).toBe(before)
  })
  it('another reason takes the place of the one before', async () => {
    const id = await approved()
    await apply(ANNULLED)
    await apply(US({ status: 'suspended' }))
    const [one] = await reopened(id)
    expect(one!.losses[0]).toMatchObject({ kind: 'decision', after: { status: 'suspended' } })
    await asBefore()
    expect(await reopened(id)).toEqual([])
  })
  it('what people have for themselves is counted together, and nobody is named', async () => {
    await asBefore()
    const before = (await preview(ANNULLED)).json.hidden
    for (const who of ['outsider', 'miren'] as const) {
      const teamId = await house.server.container
        .resolve(TEAMS)
        .personalTeam(who as string as PersonId, `Izena: ${who}`)
      const id = await meet({}, { teamId, by: who })
      const call = (method: string, path: string, body: object = {}) =>
        done(house, who, method, `/documents/${id}${path}`, body)
      await call('PUT', '/scoring/1', { evaluators: [{ person: who, name: who, department: null }] })
      await handIn(house, who, id, SAIOA_SHEETS[0]!)
      await call('POST', '/scoring/1/reveal')
      await house.call(who, 'POST', `/documents/${id}/review`, {})
    }
    const { json, text } = await preview(ANNULLED)
    expect(
      json.hidden.filter((one) => !before.some(({ team: of }) => of?.['eu'] === one.team?.['eu'])),
    ).toEqual([{ team: null, reopened: 2, settled: 0 }])
    expect(text).not.toContain('Izena')
  })
})

it('[EV14] the check of a data folder knows of each, and finds the one that somebody changed', async () => {
  await approved()
  await apply(ANNULLED)
  await asBefore()
  const folder = house.server.dataFolder
  const faults = async () => {
    const found = await verifyFolder(folder, null)
    if (found.kind !== 'read') throw new Error(found.why)
    return found.faults
  }
  expect(await faults()).toEqual([])
  const { rows } = house.server.container.resolve(JOURNAL)
  await rows.updateTable('reopening').set({ losses: '[]' }).where('losses', '!=', '[]').execute()
  expect((await faults()).join(' ')).toContain('reopening')
})
