/** Who is told that a round of scores waits for them, through Nextcloud and at home; what goes again, and what none of it says (DOMAIN D.7). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newUuid, type DocumentId, type PersonId, type TeamId } from '@auzolan/shared/ids.ts'
import type { Notice } from '@auzolan/shared/protocol/notices.ts'
import type { AnyTask, ScoringTask } from '@auzolan/shared/protocol/review.ts'
import { ARRANGING, DOCUMENTS, JOURNAL, TEAMS } from '@auzolan/server/src/container.ts'
import { SAIOA_MEET } from '@auzolan/server/src/standalone/sample-evaluation.ts'
import { claims } from '../support/decided-here.ts'
import { REASON, WHO, startReviewed, type Reviewed, type Who } from '../support/reviewed.ts'
import { done, handIn, openRound, SAIOA_SHEETS, withDepartments } from '../support/scored.ts'
import { teamOf } from '../support/teams.ts'
import { passedOn } from '../support/told.ts'

let house: Reviewed
let team: TeamId
beforeAll(async () => {
  house = await startReviewed()
  await withDepartments(house)
  team = await teamOf(
    house.server.container.resolve(TEAMS),
    'Tresnak',
    ['person', 'ane', 'coordinator'],
    ['group', 'coordinators', 'coordinator'],
    ['person', 'jon', 'editor'],
    ['person', 'mayor', 'director'],
    ['person', 'lawyer', 'legal'],
    ['person', 'miren', 'reader'],
  )
})
afterAll(() => house.stop())

const TITLE = { eu: 'Saioa Meet: herritarrekiko bideo-deiak' }
const [SHEET] = SAIOA_SHEETS
const meet = (): Promise<DocumentId> =>
  house.server.container.resolve(DOCUMENTS).create({
    type: 'evaluation',
    teamId: team,
    languages: ['eu', 'es'],
    template: {
      ...SAIOA_MEET,
      useLevel: { level: 'individual', ownBackup: {} },
    } as unknown as typeof SAIOA_MEET,
    by: 'ane' as PersonId,
  })
const tasksOf = async (who: Who, id: DocumentId): Promise<ScoringTask[]> =>
  (await house.call<AnyTask[]>(who, 'GET', '/reviews')).json.filter(
    (task): task is ScoringTask => task.document === id && (task.kind === 'score' || task.kind === 'scored'),
  )
/** For whom there is something at home, in words. */
async function waiting(id: DocumentId): Promise<string[]> {
  const found: string[] = []
  for (const who of [...WHO, 'root'] as const)
    for (const { kind } of await tasksOf(who, id)) found.push(`${who} ${kind}`)
  return found
}
/** The notices that stand, in the order in which they were told. */
async function told(id: DocumentId): Promise<Notice[]> {
  const standing = await house.server.container
    .resolve(JOURNAL)
    .rows.selectFrom('told')
    .select('key')
    .where('document', '=', id)
    .orderBy('n')
    .execute()
  const sent = await passedOn(house.server, house.nextcloud)
  return standing.map(({ key }) => {
    const last = sent.findLast((one) => one.kind === 'notify' && one.notice.key === key)
    return (last as Extract<typeof last, { kind: 'notify' }>).notice
  })
}
const short = ({ kind, to, by }: Notice): string =>
  `${kind} by ${by?.id ?? 'nobody'} to ${to.map((one) => one.id).join(', ')}`
const notices = async (id: DocumentId): Promise<string[]> => (await told(id)).map(short)
const at = (id: DocumentId, what: string) => `/documents/${id}/scoring/1/${what}`
const takeBack = (who: Who, id: DocumentId) => done(house, who, 'POST', at(id, 'sheet/take-back'), {})
const conflict = (who: Who, id: DocumentId) =>
  done(house, who, 'PUT', at(id, 'sheet/conflict'), { text: 'Nire anaiarena da.' })
const reveal = (id: DocumentId) => done(house, 'ane', 'POST', at(id, 'reveal'), {})
const ALL = 'scored by nobody to coordinators, ane'

describe('[EV22] whoever is named in a round', () => {
  it('is told by whoever named them, which whoever did it need not be; and finds it at home', async () => {
    const id = await meet()
    await openRound(house, id, 1, ['ane', 'jon', 'lawyer'])
    expect(await notices(id)).toEqual(['score by ane to jon', 'score by ane to lawyer'])
    expect(await waiting(id)).toEqual(['ane score', 'jon score', 'lawyer score'])
    const [notice] = await told(id)
    expect(notice).toMatchObject({ document: id, title: TITLE, version: null, due: null })
    const [task] = await tasksOf('jon', id)
    expect(task).toMatchObject({ title: TITLE, by: { id: 'ane' }, due: null })
    expect(Date.parse(task!.since)).toBeLessThanOrEqual(Date.now())
  })
  it('is not called any more once they have handed in; taken back it is at home again, and not told a second time', async () => {
    const id = await meet()
    await openRound(house, id, 1, ['jon', 'lawyer'])
    await handIn(house, 'jon', id, SHEET!)
    expect(await notices(id)).toEqual(['score by ane to lawyer'])
    expect(await waiting(id)).toEqual(['lawyer score'])
    await takeBack('jon', id)
    expect(await notices(id)).toEqual(['score by ane to lawyer'])
    expect(await waiting(id)).toEqual(['jon score', 'lawyer score'])
  })
  it('a sheet that is only begun still waits', async () => {
    const id = await meet()
    await openRound(house, id, 1, ['jon'])
    const draft = { id: newUuid(), revision: 0, scores: { N1: 3 }, reasons: {} }
    await done(house, 'jon', 'PUT', at(id, 'sheet'), draft)
    expect(await notices(id)).toEqual(['score by ane to jon'])
    expect(await waiting(id)).toEqual(['jon score'])
  })
  it('is not called any more once they have said that they cannot', async () => {
    const id = await meet()
    await openRound(house, id, 1, ['jon', 'lawyer'])
    await conflict('jon', id)
    expect(await notices(id)).toEqual(['score by ane to lawyer'])
    expect(await waiting(id)).toEqual(['lawyer score'])
  })
  it('later is told alone, and the others once', async () => {
    const id = await meet()
    await openRound(house, id, 1, ['jon'])
    const before = (await told(id))[0]
    await openRound(house, id, 1, ['jon', 'miren'])
    expect(await notices(id)).toEqual(['score by ane to jon', 'score by ane to miren'])
    expect((await told(id))[0]).toEqual(before)
    const sent = (await passedOn(house.server, house.nextcloud)).filter(
      (one) => one.kind === 'notify' && one.notice.document === id,
    )
    expect(sent).toHaveLength(2)
  })
  it('of the round after it is asked anew', async () => {
    const id = await meet()
    await openRound(house, id, 1, ['jon'])
    await handIn(house, 'jon', id, SHEET!)
    await reveal(id)
    await openRound(house, id, 2, ['jon'])
    expect(await notices(id)).toEqual(['score by ane to jon'])
    expect(await waiting(id)).toEqual(['jon score'])
  })
})

describe('[EV22] whoever coordinates', () => {
  it('is told when all have handed in, by nobody’s name, as long as that is so', async () => {
    const id = await meet()
    await openRound(house, id, 1, ['jon', 'lawyer'])
    await handIn(house, 'jon', id, SHEET!)
    expect(await tasksOf('ane', id)).toEqual([])
    await handIn(house, 'lawyer', id, SHEET!)
    expect(await notices(id)).toEqual([ALL])
    expect(await waiting(id)).toEqual(['ane scored'])
    expect((await tasksOf('ane', id))[0]).toMatchObject({ by: null, due: null })
    await takeBack('lawyer', id)
    expect(await notices(id)).toEqual([])
    expect(await waiting(id)).toEqual(['lawyer score'])
    await done(house, 'lawyer', 'POST', at(id, 'sheet/hand-in'), { revision: 1 })
    expect(await notices(id)).toEqual([ALL])
    await openRound(house, id, 1, ['jon', 'lawyer', 'miren'])
    expect(await notices(id)).toEqual(['score by ane to miren'])
    expect(await waiting(id)).toEqual(['miren score'])
  })
  it.each([
    ['after the sheet', ['jon', 'lawyer']],
    ['before it', ['lawyer', 'jon']],
  ] as const)('is not told that somebody has a conflict of interest: declared %s', async (_what, order) => {
    const id = await meet()
    await openRound(house, id, 1, ['jon', 'lawyer'])
    for (const who of order) await (who === 'jon' ? handIn(house, who, id, SHEET!) : conflict(who, id))
    // As where somebody has not handed in yet.
    expect(await notices(id)).toEqual([])
    expect(await waiting(id)).toEqual([])
  })
  it('has nothing to reveal where nobody can', async () => {
    const id = await meet()
    await openRound(house, id, 1, ['jon'])
    await conflict('jon', id)
    expect(await notices(id)).toEqual([])
    expect(await waiting(id)).toEqual([])
  })
})

describe('[EV22] nothing is left of it', () => {
  it('when the round is revealed', async () => {
    const id = await meet()
    await openRound(house, id, 1, ['jon', 'lawyer'])
    await handIn(house, 'jon', id, SHEET!)
    await conflict('lawyer', id)
    await reveal(id)
    // What is sent a second time, because its answer was lost, tells nobody again.
    await done(house, 'jon', 'POST', at(id, 'sheet/hand-in'), { revision: 1 })
    await conflict('lawyer', id)
    expect(await notices(id)).toEqual([])
    expect(await waiting(id)).toEqual([])
  })
  it('when the round is revealed, for those who had not handed in, either', async () => {
    const id = await meet()
    await openRound(house, id, 1, ['jon', 'lawyer'])
    await handIn(house, 'jon', id, SHEET!)
    await reveal(id)
    expect(await notices(id)).toEqual([])
    expect(await waiting(id)).toEqual([])
  })
  it('when the evaluation is archived, or in the trash', async () => {
    const [archived, trashed] = [await meet(), await meet()]
    for (const id of [archived, trashed]) await openRound(house, id, 1, ['jon'])
    await done(house, 'mayor', 'POST', `/documents/${archived}/archive`, { reason: REASON })
    expect(await house.server.container.resolve(ARRANGING).trash(trashed, claims('ane'))).toBeNull()
    for (const id of [archived, trashed]) {
      expect(await notices(id)).toEqual([])
      expect(await waiting(id)).toEqual([])
    }
  })
  it('at home for who is not of the team any more', async () => {
    const id = await meet()
    await openRound(house, id, 1, ['miren'])
    const members = `/teams/${team}/members`
    await done(house, 'ane', 'DELETE', `${members}?kind=person&id=miren`)
    expect(await waiting(id)).toEqual([])
    const principal = { kind: 'person', id: 'miren' }
    await done(house, 'ane', 'PUT', members, { principal, name: 'Miren', roles: ['reader'] })
    expect(await waiting(id)).toEqual(['miren score'])
  })
})
