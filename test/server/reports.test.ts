/** Reports: documents of another type, which belong to a plan and are decided on with its figures. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newUuid, type DocumentId } from '@auzolan/shared/ids.ts'
import { ownOf } from '@auzolan/shared/indicators/metrics.ts'
import type { DocumentEnvelope, DocumentSummary } from '@auzolan/shared/protocol/rest.ts'
import type { ReportSays } from '@auzolan/shared/protocol/reports.ts'
import type { Review, Version } from '@auzolan/shared/protocol/review.ts'
import type { ReportFigure } from '@auzolan/shared/schema/report/figures.ts'
import { paragraphs, toXml } from '@auzolan/shared/schema/json.ts'
import type { Plan } from '@auzolan/shared/schema/plan.ts'
import { rootsOf } from '@auzolan/shared/schema/shapes.ts'
import { FROZEN_REPORT, REPORT } from '@auzolan/shared/schema/report.ts'
import { JOURNAL, TEAMS, VERSIONS } from '@auzolan/server/src/container.ts'
import { WHO, startReviewed, wholePlan, type Reviewed, type Who } from '../support/reviewed.ts'
import { teamOf } from '../support/teams.ts'
import { openWriter } from '../support/wire.ts'
import type * as Y from 'yjs'

let house: Reviewed
let plan: DocumentId
beforeAll(async () => {
  house = await startReviewed()
  plan = await house.plan()
  await house.decided(plan)
})
afterAll(() => house.stop())

const MONTH = { from: '2026-10-01', to: '2026-10-31' }
const TITLE = { eu: 'Urriko txostena', es: 'Informe de octubre' }
/** One that nothing computes. */
const INDICATOR = (wholePlan() as unknown as Plan).planning.indicators.find(({ formula }) => !formula)!.id
const wanted = (about: string = plan, more: object = {}) => ({
  type: 'report',
  about,
  title: TITLE,
  ...MONTH,
  ...more,
})
const begin = async (who: Who = 'jon', body: object = wanted()) =>
  (await house.call<{ id: DocumentId }>(who, 'POST', '/documents', body)).json.id
const envelope = async (id: string, who: Who = 'ane') =>
  (await house.call<DocumentEnvelope>(who, 'GET', `/documents/${id}`)).json
const enter = (value: number, was?: number | null) =>
  house.outcome('jon', 'POST', `/documents/${plan}/figures`, {
    id: newUuid(),
    figures: [
      {
        profile: '',
        metric: ownOf(INDICATOR),
        ...MONTH,
        value,
        nullReason: null,
        ...(was === undefined ? {} : { was }),
      },
      // Of a profile that is counted, what the indicators ask for is missing.
      { profile: 'mastodon', metric: 'posts', ...MONTH, value: 29, nullReason: null },
    ],
  })
const attached = async (id: string) =>
  (await house.call<{ figures: { figures: ReportFigure[] } }>('jon', 'GET', `/documents/${id}/attached`)).json
    .figures.figures
const say = (root: string, text: string) => (doc: Y.Doc) => {
  const fragment = doc.getXmlFragment(root)
  fragment.delete(0, fragment.length)
  fragment.insert(0, paragraphs(text).map(toXml))
}
/** What Jon writes in it; the note is so many characters long. */
async function written(id: string, note: number): Promise<void> {
  const jon = await openWriter(house.server, 'jon', id)
  for (const update of jon.edit(
    say('reading.says:eu', 'Gutxiago idatzi dugu.'),
    say('limits.impactNote:eu', 'e'.repeat(note)),
  ))
    expect(await jon.write(update)).toBeNull()
  await jon.close()
}

describe('[RP1] a report', () => {
  it('belongs to its plan: same team, same languages, its title and its time from the beginning', async () => {
    const id = await begin()
    const [report, own] = [await envelope(id), await envelope(plan)]
    expect(report).toMatchObject({ type: 'report', title: TITLE, about: { id: plan, title: own.title } })
    expect([report.team.id, report.languages]).toEqual([own.team.id, own.languages])
    const listed = (await house.call<DocumentSummary[]>('miren', 'GET', '/documents')).json
    expect(listed.find((one) => one.id === id)).toMatchObject({ type: 'report', about: plan })
    expect(
      (await house.call<{ id: string }[]>('ane', 'GET', '/plans')).json.map((one) => one.id),
    ).not.toContain(id)
    const frozen = await house.server.container.resolve(VERSIONS).freeze(id)
    expect(JSON.parse((frozen as { json: string }).json)).toMatchObject({
      identification: { title: TITLE, ...MONTH },
    })
  })

  it.each(WHO.map((who, i) => [who, [201, 201, 403, 403, 403, 404][i]!] as const))(
    'is begun by those who write the plan: %s gets %i',
    async (who, status) => expect((await house.outcome(who, 'POST', '/documents', wanted()))[0]).toBe(status),
  )

  it('is about a plan, of a time that ends after it begins', async () => {
    const report = await begin()
    expect(await house.outcome('jon', 'POST', '/documents', wanted(report))).toEqual([409, 'ILLEGAL_MOVE'])
    expect(await house.outcome('jon', 'POST', '/documents', wanted(newUuid()))).toEqual([404, 'NOT_FOUND'])
    const late = wanted(plan, { from: '2026-11-01' })
    expect(await house.outcome('jon', 'POST', '/documents', late)).toEqual([400, 'INVALID_INPUT'])
    const oneDay = wanted(plan, { from: MONTH.to })
    expect((await house.outcome('jon', 'POST', '/documents', oneDay))[0]).toBe(201)
  })

  it('has nothing that only a plan has', async () => {
    const id = await begin()
    const asked: [string, string, object?][] = [
      ['GET', 'profiles'],
      ['GET', 'posts'],
      ['GET', 'training'],
      ['GET', 'moderation'],
      ['GET', 'figures'],
      ['GET', `reports?from=${MONTH.from}&to=${MONTH.to}`],
      ['GET', 'versions/1/acknowledgement'],
      ['PUT', 'parent', { parent: plan }],
      ['POST', 'template', {}],
    ]
    for (const [method, path, body] of asked) {
      const [status, code] = await house.outcome('ane', method, `/documents/${id}/${path}`, body)
      expect([path, status, code]).toEqual([path, 404, 'NOT_FOUND'])
      // Of a plan there is such a thing.
      expect((await house.outcome('ane', method, `/documents/${plan}/${path}`, body))[0]).not.toBe(404)
    }
    const { capabilities } = await envelope(id)
    expect(capabilities.calendar).toEqual({ read: false, write: 'no' })
    const { rows } = house.server.container.resolve(JOURNAL)
    const channels = await rows.selectFrom('channel').select('id').where('id', 'like', `${id}/%`).execute()
    expect(channels.map((one) => one.id.slice(37)).sort()).toEqual(['comments', 'content'])
  })

  it('takes its own text, and no root of a plan or of its figures', async () => {
    const id = await begin()
    await written(id, 60)
    for (const root of ['identity.title:eu', 'purposes', 'figures']) {
      const jon = await openWriter(house.server, 'jon', id)
      const [update] = jon.edit((doc) =>
        root.includes('.') ? doc.getText(root).insert(0, 'x') : doc.getMap(root).set('a', 1),
      )
      jon.say({ kind: 'update', channel: 'content', n: 1, update: update! })
      await jon.heard('refused')
      await jon.close()
    }
    expect([...rootsOf(REPORT, ['eu']).keys()]).not.toContain('figures')
  })

  it('goes where its plan goes, and nowhere by itself', async () => {
    const own = await house.plan()
    const id = await begin('jon', wanted(own))
    const other = await teamOf(house.server.container.resolve(TEAMS), 'Beste bat', [
      'person',
      'ane',
      'coordinator',
    ])
    const body = { team: other }
    expect(await house.outcome('ane', 'POST', `/documents/${id}/move`, body)).toEqual([409, 'ILLEGAL_MOVE'])
    expect((await house.outcome('ane', 'POST', `/documents/${own}/move`, body))[0]).toBe(204)
    expect((await envelope(id)).team.id).toBe(other)
    expect(await house.outcome('jon', 'GET', `/documents/${id}`)).toEqual([404, 'NOT_FOUND'])
    const copy = (team: object) =>
      house.call<{ id: string }>('ane', 'POST', `/documents/${id}/duplicate`, { title: TITLE, team })
    expect((await copy({ kind: 'person' })).status).toBe(409)
    const twin = await copy({ kind: 'team', id: other })
    expect(await envelope(twin.json.id)).toMatchObject({ type: 'report', about: { id: own } })
  })
})

describe('[RP2] a report is decided on', () => {
  it('[P-50] only if it says what cannot be concluded, in 50 characters or more', async () => {
    const id = await begin()
    const send = () => house.call<{ detail?: string }>('ane', 'POST', `/documents/${id}/review`, {})
    expect((await send()).json.detail).toContain('limits.impactNote')
    await written(id, 49)
    const refused = await send()
    expect([refused.status, refused.json.detail]).toEqual([409, expect.stringContaining('P-50')])
    await written(id, 50)
    expect((await send()).status).toBe(201)
  })

  it('with the figures of its plan, exactly those, whatever is entered afterwards', async () => {
    const id = await begin()
    await written(id, 60)
    expect((await enter(12))[0]).toBe(204)
    const review = await house.submit(id)
    const { figures } = JSON.parse(review.version.json) as { figures: { figures: ReportFigure[] } }
    const own = (all: readonly ReportFigure[]) => all.find((one) => one.id === `${INDICATOR}.own`)
    expect(own(figures.figures)).toMatchObject({ value: 12, nullReason: null, ...MONTH })
    const missing = figures.figures.filter((one) => one.id !== `${INDICATOR}.own`)
    expect(missing.length).toBeGreaterThan(0)
    for (const one of missing) expect(one).toMatchObject({ value: null, nullReason: 'not_collected' })
    expect(review.type).toBe('report')
    // What was read is what is signed; what is entered now is of the next version.
    await enter(40)
    const n = await decide(id, review)
    const kept = (await house.call<Version>('miren', 'GET', `/documents/${id}/versions/${n}`)).json
    expect([kept.json, (await envelope(id)).inForce]).toEqual([review.version.json, n])
    expect(own(await attached(id))).toMatchObject({ value: 40 })
    expect(Object.keys(JSON.parse(kept.json) as object).sort()).toEqual(
      FROZEN_REPORT.sections.map((section) => section.id).sort(),
    )
  })

  it('by a director, with a place among the figures for what is to be changed, and by nobody who wrote it', async () => {
    const id = await begin()
    await written(id, 60)
    const { version } = await house.submit(id)
    const body = (sections: string[]) => ({
      id: newUuid(),
      version: version.n,
      sha256: version.sha256,
      verdict: 'request_changes',
      comment: 'Ez dut ulertzen zenbakia.',
      sections,
    })
    const to = (who: Who, sections: string[]) =>
      house.outcome(who, 'POST', `/documents/${id}/decisions`, body(sections))
    expect((await to('jon', ['figures']))[0]).toBe(403)
    expect(await to('mayor', ['planning'])).toEqual([400, 'INVALID_INPUT'])
    expect((await to('mayor', ['figures']))[0]).toBe(204)
  })

  it('and a text is not frozen with figures that have moved meanwhile', async () => {
    const id = await begin()
    const versions = house.server.container.resolve(VERSIONS)
    const { rows } = house.server.container.resolve(JOURNAL)
    const frozen = await versions.freeze(id)
    if (!('json' in frozen)) throw new Error('not frozen')
    expect(await versions.isStill(rows, id, frozen)).toBe(true)
    await enter(77)
    expect(await versions.isStill(rows, id, frozen)).toBe(false)
  })

  it('what is attached is for the team', async () => {
    const id = await begin()
    await house.call('ane', 'PUT', `/documents/${id}/visibility`, { visibility: 'organisation' })
    expect(await house.outcome('outsider', 'GET', `/documents/${id}/attached`)).toEqual([403, 'NOT_ALLOWED'])
    expect((await house.outcome('miren', 'GET', `/documents/${id}/attached`))[0]).toBe(200)
    expect((await house.call('miren', 'GET', `/documents/${plan}/attached`)).json).toEqual({})
  })
})

describe('[RP6] what approved reports say of a time', () => {
  const asked = async (who: Who, from: string, to = from, about: string = plan) =>
    (await house.call<ReportSays[]>(who, 'GET', `/documents/${about}/reports?from=${from}&to=${to}`)).json
  it('is said of each whose days touch it, once it is approved, to whoever may read it', async () => {
    const own = await house.plan()
    await house.decided(own)
    const id = await begin('jon', wanted(own))
    await written(id, 60)
    const review = await house.submit(id)
    expect(await asked('miren', MONTH.from, MONTH.to, own)).toEqual([])
    await decide(id, review)
    expect(await asked('mayor', MONTH.from, MONTH.to, own)).toEqual([
      {
        ...{ id, title: TITLE, ...MONTH },
        impactNote: { eu: paragraphs('e'.repeat(60)), es: [] },
        ...{ by: review.version.by.name, at: review.version.at },
      },
    ])
    const ids = async (...when: [string, string?]) =>
      (await asked('miren', when[0], when[1] ?? when[0], own)).map((one) => one.id)
    expect(await ids(MONTH.from)).toEqual([id])
    expect(await ids(MONTH.to)).toEqual([id])
    expect(await ids('2026-09-01', '2026-09-30')).toEqual([])
    expect(await ids('2026-11-01')).toEqual([])
    expect(await ids('2026-01-01', '2026-12-31')).toEqual([id])
    // The plan is open to the house, and its report is not.
    await house.call('ane', 'PUT', `/documents/${own}/visibility`, { visibility: 'organisation' })
    expect(await asked('outsider', MONTH.from, MONTH.to, own)).toEqual([])
    await house.call('ane', 'PUT', `/documents/${id}/visibility`, { visibility: 'organisation' })
    expect((await asked('outsider', MONTH.from, MONTH.to, own)).map((one) => one.id)).toEqual([id])
  })
  it('is asked of days, by somebody who reads the plan', async () => {
    const path = `/documents/${plan}/reports`
    expect(await house.outcome('miren', 'GET', path)).toEqual([400, 'INVALID_INPUT'])
    expect(await house.outcome('miren', 'GET', `${path}?from=x&to=y`)).toEqual([400, 'INVALID_INPUT'])
    expect(await house.outcome('outsider', 'GET', `${path}?from=2026-01-01&to=2026-01-02`)).toEqual([
      404,
      'NOT_FOUND',
    ])
  })
})

async function decide(id: string, { version }: Review): Promise<number> {
  const facts = { id: newUuid(), version: version.n, sha256: version.sha256, verdict: 'approve' }
  expect(await house.outcome('mayor', 'POST', `/documents/${id}/decisions`, facts)).toEqual([204, undefined])
  return version.n
}
