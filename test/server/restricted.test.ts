/** What is for the team alone leaves it by no version, approval, template or duplicate, and is still checked [PV2]. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import type { Review, Version } from '@auzolan/shared/protocol/review.ts'
import { COMPACTION, JOURNAL } from '@auzolan/server/src/container.ts'
import { readOn } from '@auzolan/server/src/journal/read-on.ts'
import { channelId } from '@auzolan/shared/ids.ts'
import { startReviewed, wholePlan, type Reviewed, type Who } from '../support/reviewed.ts'

let r: Reviewed
beforeAll(async () => void (r = await startReviewed()))
afterAll(() => r.stop())

const PLACE = 'KUTXA-GORRIA'
type Template = NonNullable<Parameters<Reviewed['plan']>[0]>
/** Where a password is kept, and a team of which nobody is good with networks. */
function told(): Template {
  const plan = structuredClone(wholePlan()) as unknown as {
    profiles: { profiles: { credentialsPlace?: string }[] }
    team: { managers: { networkSkill?: string; trainingIds?: string[] }[] }
  }
  plan.profiles.profiles[0]!.credentialsPlace = PLACE
  for (const manager of plan.team.managers) Object.assign(manager, { networkSkill: '0', trainingIds: [] })
  return plan as unknown as Template
}
const secret = (text: string): boolean => text.includes(PLACE) || text.includes('networkSkill')
const show = async (id: string): Promise<void> =>
  void (await r.call('ane', 'PUT', `/documents/${id}/visibility`, { visibility: 'organisation' }))
const duplicate = async (who: Who, id: string, team: object): Promise<string> => {
  const title = { eu: 'K', es: 'K' }
  return (await r.call<{ id: string }>(who, 'POST', `/documents/${id}/duplicate`, { title, team })).json.id
}
async function written(id: string): Promise<string> {
  const { container } = r.server
  const channel = channelId(id as DocumentId, 'content')
  const log = await readOn(container.resolve(JOURNAL), channel, 0)
  const { json, restricted } = await container.resolve(COMPACTION).canonical({ channel, ...log })
  return json + restricted
}

describe('[PV2] what is for the team alone', () => {
  it('is in no version and no approval, neither for the team nor for others', async () => {
    const id = await r.plan(told())
    const n = await r.decided(id)
    await show(id)
    for (const who of ['ane', 'outsider'] as const)
      for (const path of [`versions/${n}`, `versions/${n}/approval`]) {
        const { status, text } = await r.call(who, 'GET', `/documents/${id}/${path}`)
        expect([who, path, status, secret(text)]).toEqual([who, path, 200, false])
      }
    expect(secret(await written(id))).toBe(true)
  })

  it('[P-15] is looked at by the checks all the same, by what was there when it was sent', async () => {
    const id = await r.plan(told())
    const review: Review = await r.submit(id)
    expect(review.findings.filter(({ check }) => check === 'P-15').length).toBeGreaterThan(0)
    expect(secret(JSON.stringify(review))).toBe(false)
    const well = told() as unknown as { team: { managers: object[] } }
    for (const manager of well.team.managers) Object.assign(manager, { networkSkill: '3' })
    const other: Review = await r.submit(await r.plan(well as unknown as Template))
    expect(other.findings.filter(({ message }) => message.holes?.['axis'] === 'Skill with networks')).toEqual(
      [],
    )
  })

  it('goes into a duplicate for the same team, and into no other one', async () => {
    const id = await r.plan(told())
    await show(id)
    const team = (await r.call<{ team: { id: string } }>('ane', 'GET', `/documents/${id}`)).json.team.id
    expect(secret(await written(await duplicate('jon', id, { kind: 'team', id: team })))).toBe(true)
    for (const who of ['jon', 'outsider'] as const)
      expect((await written(await duplicate(who, id, { kind: 'person' }))).includes(PLACE)).toBe(false)
  })

  it('goes into no template, not even from a version that has it in its text', async () => {
    const id = await r.plan(told())
    const { json: kept } = await r.call<{ version: number }>('ane', 'POST', `/documents/${id}/versions`, {
      label: 'v',
    })
    const { rows } = r.server.container.resolve(JOURNAL)
    const old = JSON.stringify({ ...told(), team: {} })
    await rows.updateTable('version').set({ json: old }).where('document', '=', id).execute()
    const request = {
      version: kept.version,
      title: { eu: 'T', es: 'T' },
      sentence: 's',
      organisation: true,
      pictures: true,
    }
    const made = (await r.call<{ id: string }>('ane', 'POST', `/documents/${id}/template`, request)).json.id
    const text = (await r.call<Version>('outsider', 'GET', `/documents/${made}/versions/1`)).text
    expect(text).toContain('displayName')
    expect(secret(text)).toBe(false)
    expect((await written(made)).includes(PLACE)).toBe(false)
    // Nor from a template of before.
    await rows.updateTable('version').set({ json: old }).where('document', '=', made).execute()
    const from = { kind: 'template', id: made }
    const body = { type: 'plan', title: { eu: 'P', es: 'P' }, team: { kind: 'person' }, from }
    const begun = (await r.call<{ id: string }>('outsider', 'POST', '/documents', body)).json.id
    expect((await written(begun)).includes(PLACE)).toBe(false)
  })
})
