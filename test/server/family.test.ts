/** Plans below the plan of the organisation: what they take over, what is frozen, who reads them [PP1]–[PP8]. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { DocumentId, PersonId } from '@auzolan/shared/ids.ts'
import type { PlanAtAGlance } from '@auzolan/shared/protocol/plans.ts'
import type { DocumentEnvelope, DocumentSummary } from '@auzolan/shared/protocol/rest.ts'
import type { Version } from '@auzolan/shared/protocol/review.ts'
import { originOf } from '@auzolan/shared/schema/inherited.ts'
import type { Plan } from '@auzolan/shared/schema/plan.ts'
import { isRefusal } from '@auzolan/shared/codes.ts'
import { ARRANGING, COPIES, DOCUMENTS, JOURNAL, TEAMS, VERSIONS } from '@auzolan/server/src/container.ts'
import type { Claims } from '@auzolan/server/src/access/claims.ts'
import type { Template } from '@auzolan/server/src/compaction/tasks.ts'
import { startReviewed, wholePlan, type Reviewed, type Who } from '../support/reviewed.ts'
import { teamOf } from '../support/teams.ts'

const JON: Claims = {
  person: 'jon' as PersonId,
  name: 'Jon',
  groups: [],
  teams: [],
  language: 'eu',
  admin: false,
  issuedAt: 0,
}
let r: Reviewed
let press: string
let youth: string
beforeAll(async () => {
  r = await startReviewed()
  const teams = r.server.container.resolve(TEAMS)
  press = await teamOf(teams, 'Prentsa', ['person', 'ane', 'coordinator'], ['person', 'mayor', 'director'])
  youth = await teamOf(teams, 'Gazteria', ['person', 'jon', 'coordinator'], ['person', 'miren', 'editor'])
})
afterAll(() => r.stop())

const NORM = { eu: 'Gaiaren ingurukoa', es: 'Que venga a cuento' }
const plan = (teamId: string, template: Template = {}, by = 'ane'): Promise<DocumentId> =>
  r.server.container.resolve(DOCUMENTS).create({
    teamId: teamId as never,
    languages: ['eu', 'es'],
    template: { identity: { title: { eu: 'Plana', es: 'Plan' } }, ...template },
    by: by as PersonId,
  })
/** In force without a review: what these tests are about comes after it. */
async function enforce(id: DocumentId): Promise<number> {
  const versions = r.server.container.resolve(VERSIONS)
  const frozen = await versions.freeze(id)
  if (isRefusal(frozen)) throw new Error(frozen.detail)
  return r.server.container.resolve(JOURNAL).transact(async (rows) => {
    const by = { id: 'ane', name: 'Ane' }
    const request = { at: new Date().toISOString(), by, note: '', due: null, languages: ['eu', 'es'] }
    const { n } = await versions.add(rows, id, frozen, request)
    await rows.updateTable('document').set({ in_force: n }).where('id', '=', id).execute()
    return n
  })
}
const show = async (id: string, visibility: string): Promise<void> => {
  const rows = r.server.container.resolve(JOURNAL).rows
  await rows.updateTable('document').set({ visibility }).where('id', '=', id).execute()
}
/** As an administrator would. */
const name = async (id: string, of_organisation = 1): Promise<void> => {
  const rows = r.server.container.resolve(JOURNAL).rows
  await rows.updateTable('document').set({ of_organisation }).where('id', '=', id).execute()
}
const put = (who: Who | null, id: string, parent: string | null) =>
  r.outcome(who, 'PUT', `/documents/${id}/parent`, { parent })
const envelope = async (who: Who, id: string): Promise<DocumentEnvelope> =>
  (await r.call<DocumentEnvelope>(who, 'GET', `/documents/${id}`)).json
async function named(who: Who, id: string): Promise<Version> {
  const { json } = await r.call<{ version: number }>(who, 'POST', `/documents/${id}/versions`, { label: 'v' })
  return (await r.call<Version>(who, 'GET', `/documents/${id}/versions/${json.version}`)).json
}
const above = async (norm: object = NORM, visibility = 'organisation'): Promise<DocumentId> => {
  const id = await plan(press, {
    participation: { pertinent: norm, answerDays: 3 },
    rights: { licence: 'CC-BY-4.0', attribution: { eu: 'Udala', es: 'Ayuntamiento' } },
    identityKit: { shortName: 'haranberri', departmentNames: [{ id: 'd1', name: 'gazteria' }] },
  })
  await show(id, visibility)
  await name(id)
  return id
}
const own = {
  participation: { pertinent: { eu: 'Gurea', es: 'Lo nuestro' }, spaces: [{ id: 's1', name: 'Bloga' }] },
  rights: { licence: 'CC0-1.0', attribution: { eu: 'Gazteria', es: 'Juventud' } },
}

describe('what is taken over', () => {
  it('[PP2] is the text of the version in force, in the place of what was written there', async () => {
    const [top, below] = [await above(), await plan(youth, own, 'jon')]
    const n = await enforce(top)
    expect(await put('jon', below, top)).toEqual([204, undefined])
    const version = await named('jon', below)
    const text = JSON.parse(version.json) as Plan
    expect(text.participation).toMatchObject({ pertinent: NORM, answerDays: 3 })
    expect(text.rights.licence).toBe('CC-BY-4.0')
    expect(text.identityKit.departmentNames.map(({ name }) => name)).toEqual(['gazteria'])
    // Its own stays its own.
    expect(text.rights.attribution).toEqual(own.rights.attribution)
    expect(text.participation.spaces).toMatchObject([{ name: 'Bloga' }])
    // [PP3] The text names where that comes from, and the signature covers it.
    const { sha256 } = (await r.call<Version>('ane', 'GET', `/documents/${top}/versions/${n}`)).json
    expect(originOf(version.json)).toEqual({ id: top, version: n, sha256 })
  })

  it('[PP4] follows the next version in the draft, and not in what is in force', async () => {
    const [top, below] = [await above(), await plan(youth, own, 'jon')]
    await enforce(top)
    await put('jon', below, top)
    const held = await enforce(below)
    expect((await envelope('jon', below)).parent).toMatchObject({ heldHere: 1, inForce: { version: 1 } })
    await enforce(top)
    const seen = await envelope('jon', below)
    expect(seen.parent).toMatchObject({ id: top, heldHere: 1, inForce: { version: 2 } })
    expect(originOf((await named('jon', below)).json)?.version).toBe(2)
    const before = (await r.call<Version>('jon', 'GET', `/documents/${below}/versions/${held}`)).json
    expect(originOf(before.json)?.version).toBe(1)
  })

  it('[PP5] is nothing while nothing is in force above, and nothing without a parent', async () => {
    const [top, below] = [await above(), await plan(youth, own, 'jon')]
    await put('jon', below, top)
    expect((await envelope('jon', below)).parent).toMatchObject({ id: top, inForce: null, heldHere: null })
    const text = JSON.parse((await named('jon', below)).json) as Plan
    expect(text.participation.pertinent).toEqual(own.participation.pertinent)
    expect(originOf(JSON.stringify(text))).toBeNull()
    await put('jon', below, null)
    expect((await envelope('jon', below)).parent).toBeNull()
  })

  it('[PP3] is read again when the version above changes while the text is being frozen', async () => {
    const [top, below] = [await above(), await plan(youth, own, 'jon')]
    await enforce(top)
    await put('jon', below, top)
    const versions = r.server.container.resolve(VERSIONS)
    const frozen = await versions.freeze(below)
    if (isRefusal(frozen)) throw new Error(frozen.detail)
    const rows = r.server.container.resolve(JOURNAL).rows
    expect(await versions.isStill(rows, below, frozen)).toBe(true)
    await rows
      .updateTable('version')
      .set({ sha256: 'f'.repeat(64) })
      .where('document', '=', top)
      .execute()
    expect(await versions.isStill(rows, below, frozen)).toBe(false)
  })
})

describe('who puts a plan below another one', () => {
  it('[PP1] its coordinators, who can read what is above; nobody else', async () => {
    const [top, below] = [await above(), await plan(youth, {}, 'jon')]
    expect(await put(null, below, top)).toEqual([401, 'TICKET_MISSING'])
    expect(await put('outsider', below, top)).toEqual([404, 'NOT_FOUND'])
    expect(await put('miren', below, top)).toEqual([403, 'NOT_ALLOWED'])
    const hidden = await above(NORM, 'team')
    expect(await put('jon', below, hidden)).toEqual([404, 'NOT_FOUND'])
    expect(await put('jon', below, top)).toEqual([204, undefined])
    // Whoever coordinates what is above may say no to it, and nothing else.
    expect(await put('ane', below, await above())).toEqual([403, 'NOT_ALLOWED'])
    expect(await put('mayor', below, null)).toEqual([404, 'NOT_FOUND'])
    expect(await put('ane', below, null)).toEqual([204, undefined])
    expect((await envelope('jon', below)).parent).toBeNull()
  })

  it('[PP1] only below what an administrator has named', async () => {
    const [top, below] = [await above(), await plan(youth, {}, 'jon')]
    await name(top, 0)
    const named = (who: Who | null, ofOrganisation: boolean) =>
      r.outcome(who, 'PUT', `/documents/${top}/of-organisation`, { ofOrganisation })
    expect(await put('jon', below, top)).toEqual([400, 'INVALID_INPUT'])
    expect(await named(null, true)).toEqual([401, 'TICKET_MISSING'])
    for (const who of ['ane', 'mayor', 'outsider'] as const)
      expect(await named(who, true)).toEqual([403, 'NOT_ALLOWED'])
    expect(await named('root', true)).toEqual([204, undefined])
    expect((await envelope('jon', top)).ofOrganisation).toBe(true)
    expect(await put('jon', below, top)).toEqual([204, undefined])
    // What is below something is above nothing, and what others can be below is below nothing.
    expect(
      await r.outcome('root', 'PUT', `/documents/${below}/of-organisation`, { ofOrganisation: true }),
    ).toEqual([404, 'NOT_FOUND'])
    await show(below, 'organisation')
    expect(
      await r.outcome('root', 'PUT', `/documents/${below}/of-organisation`, { ofOrganisation: true }),
    ).toEqual([409, 'ILLEGAL_MOVE'])
    expect(await put('ane', top, await above())).toEqual([400, 'INVALID_INPUT'])
    // No longer named it takes nobody any more; whoever is there stays.
    expect(await named('root', false)).toEqual([204, undefined])
    expect((await envelope('jon', below)).parent).toMatchObject({ id: top })
    expect(await put('jon', await plan(youth, {}, 'jon'), top)).toEqual([400, 'INVALID_INPUT'])
  })

  it('[PP10] nothing is below anything that nobody has put there: neither a new plan nor a duplicate elsewhere', async () => {
    const top = await above()
    await enforce(top)
    const title = { eu: 'Kanpaina', es: 'Campaña' }
    const from = { kind: 'built_in', id: 'campaign' }
    const begin = (who: Who, team: object, parent?: string) =>
      r.call<{ id: string }>(who, 'POST', '/documents', { type: 'plan', title, team, from, parent })
    const parentOf = async (who: Who, id: string) => (await envelope(who, id)).parent?.id ?? null
    const alone = await begin('jon', { kind: 'person' })
    expect(await parentOf('jon', alone.json.id)).toBeNull()
    expect(await r.outcome('ane', 'GET', `/documents/${alone.json.id}`)).toEqual([404, 'NOT_FOUND'])
    // Whoever coordinates the team says so; whoever only writes in it cannot.
    const asked = await begin('jon', { kind: 'team', id: youth }, top)
    expect(await parentOf('jon', asked.json.id)).toBe(top)
    expect((await begin('miren', { kind: 'team', id: youth }, top)).status).toBe(403)
    const copy = async (who: Who, team: object) =>
      (await r.call<{ id: string }>(who, 'POST', `/documents/${asked.json.id}/duplicate`, { title, team }))
        .json.id
    expect(await parentOf('jon', await copy('jon', { kind: 'team', id: youth }))).toBe(top)
    expect(await parentOf('miren', await copy('miren', { kind: 'team', id: youth }))).toBeNull()
    expect(await parentOf('jon', await copy('jon', { kind: 'person' }))).toBeNull()
    // What it was below when somebody looked counts for nothing: an old look makes no third step.
    const documents = r.server.container.resolve(DOCUMENTS)
    const stale = (await documents.find(asked.json.id as DocumentId))!
    await put('jon', asked.json.id, null)
    const made = await r.server.container
      .resolve(COPIES)
      .copy(stale, { teamId: youth as never, title, by: JON })
    expect(await parentOf('jon', made)).toBeNull()
  })

  it('[PP1] two steps and no more: neither below itself, nor below what is below, nor with others below', async () => {
    const [top, below, third] = [await above(), await plan(youth, {}, 'jon'), await plan(youth, {}, 'jon')]
    expect(await put('jon', below, below)).toEqual([400, 'INVALID_INPUT'])
    await put('jon', below, top)
    expect(await put('jon', third, below)).toEqual([400, 'INVALID_INPUT'])
    expect(await put('ane', top, third)).toEqual([404, 'NOT_FOUND'])
    await show(third, 'organisation')
    expect(await put('ane', top, third)).toEqual([400, 'INVALID_INPUT'])
    expect(await put('jon', third, 'nothing')).toEqual([404, 'NOT_FOUND'])
  })

  it('[PP1] not while a decision is asked for', async () => {
    const [top, below] = [await above(), await plan(youth, {}, 'jon')]
    const rows = r.server.container.resolve(JOURNAL).rows
    await rows.updateTable('document').set({ work: 'in_review' }).where('id', '=', below).execute()
    expect(await put('jon', below, top)).toEqual([409, 'ILLEGAL_MOVE'])
  })

  it('[PP7] whoever coordinates what is above puts out whatever is in its way', async () => {
    const [top, below] = [await above(), await plan(youth, {}, 'jon')]
    await put('jon', below, top)
    const rows = r.server.container.resolve(JOURNAL).rows
    await rows.updateTable('document').set({ work: 'in_review' }).where('id', '=', below).execute()
    expect(await put('jon', below, null)).toEqual([409, 'ILLEGAL_MOVE'])
    expect(await put('ane', below, null)).toEqual([204, undefined])
    expect(await r.outcome('ane', 'POST', `/documents/${top}/trash`)).toEqual([204, undefined])
  })

  it('[PP7] what is above cannot be thrown away while something is below', async () => {
    const [top, below] = [await above(), await plan(youth, {}, 'jon')]
    await put('jon', below, top)
    expect(await r.outcome('ane', 'POST', `/documents/${top}/trash`)).toEqual([409, 'IN_USE'])
    await r.call('jon', 'POST', `/documents/${below}/trash`)
    expect(await r.outcome('ane', 'POST', `/documents/${top}/trash`)).toEqual([204, undefined])
    const rows = r.server.container.resolve(JOURNAL).rows
    await rows.updateTable('document').set({ trashed_at: '2020-01-01' }).where('id', '=', top).execute()
    await r.server.container.resolve(ARRANGING).purge()
    await r.call('jon', 'POST', `/documents/${below}/take-back`)
    expect((await envelope('jon', below)).parent).toBeNull()
  })
})

describe('a plan above that is hidden', () => {
  it('[PP11] is read no more by those below: what their last version took over stays, and its title is gone', async () => {
    const [top, below] = [await above(), await plan(youth, own, 'jon')]
    await enforce(top)
    await put('jon', below, top)
    await enforce(below)
    await show(top, 'team')
    const secret = { eu: 'Sekretua', es: 'Secreto' }
    await r.server.container.resolve(DOCUMENTS).retitle(top, secret)
    const rows = r.server.container.resolve(JOURNAL).rows
    const next = (await rows
      .selectFrom('version')
      .selectAll()
      .where('document', '=', top)
      .executeTakeFirst())!
    const json = next.json.replaceAll(NORM.es, secret.es)
    await rows
      .insertInto('version')
      .values({ ...next, n: 2, json, sha256: 'a'.repeat(64) })
      .execute()
    await rows.updateTable('document').set({ in_force: 2 }).where('id', '=', top).execute()

    const { parent } = await envelope('jon', below)
    expect(parent).toMatchObject({ id: top, title: null, open: false, inForce: { version: 1 }, heldHere: 1 })
    expect(parent!.inForce!.values['participation']).toMatchObject({ pertinent: NORM })
    expect(JSON.stringify(parent)).not.toContain(secret.es)
    const version = await named('jon', below)
    expect(originOf(version.json)).toEqual({ id: top, version: 1, sha256: next.sha256 })
    expect(version.json).toContain(NORM.es)
    // Whoever may read both is told which one it is.
    expect((await envelope('ane', below)).parent).toMatchObject({ title: secret, open: false })
    // Shown again, it is read again.
    await show(top, 'organisation')
    expect((await envelope('jon', below)).parent).toMatchObject({
      title: secret,
      open: true,
      inForce: { version: 2 },
    })
  })

  it('[PP11] gives nothing to a plan that has taken over nothing yet, and takes no new ones', async () => {
    const [top, below] = [await above(), await plan(youth, own, 'jon')]
    await enforce(top)
    await put('jon', below, top)
    await show(top, 'team')
    expect((await envelope('jon', below)).parent).toMatchObject({ title: null, open: false, inForce: null })
    expect(originOf((await named('jon', below)).json)).toBeNull()
    // Not even for somebody who reads it: those who read the plan below would read it too.
    const both = await teamOf(r.server.container.resolve(TEAMS), 'Biak', ['person', 'ane', 'coordinator'])
    expect(await put('ane', await plan(both), top)).toEqual([400, 'INVALID_INPUT'])
    // Within one team nobody reads what they could not read before.
    expect(await put('ane', await plan(press), top)).toEqual([204, undefined])
  })
})

describe('whoever coordinates the plan above', () => {
  it('[PP6] neither reads nor writes the rows about people that belong to the team below', async () => {
    const [top, below] = [await above(), await plan(youth, {}, 'jon')]
    await put('jon', below, top)
    const done = { completedOn: '2025-01-01', name: 'Ane' }
    for (const path of ['training', 'moderation', 'profiles/p'])
      expect([path, await r.outcome('ane', 'GET', `/documents/${below}/${path}`)]).toEqual([
        path,
        [403, 'NOT_ALLOWED'],
      ])
    expect(await r.outcome('ane', 'PUT', `/documents/${below}/training/t/ane`, done)).toEqual([
      403,
      'NOT_ALLOWED',
    ])
    expect(await r.outcome('jon', 'PUT', `/documents/${below}/training/t/jon`, done)).toEqual([
      204,
      undefined,
    ])
    expect(await r.outcome('miren', 'GET', `/documents/${below}/training`)).toEqual([200, undefined])
  })

  it('[PP6] reads nothing by way of a plan in the trash', async () => {
    const [top, below] = [await above(), await plan(youth, {}, 'jon')]
    await put('jon', below, top)
    const rows = r.server.container.resolve(JOURNAL).rows
    await rows.updateTable('document').set({ trashed_at: '2099-01-01' }).where('id', '=', top).execute()
    expect(await r.outcome('ane', 'GET', `/documents/${below}`)).toEqual([404, 'NOT_FOUND'])
    const listed = (await r.call<DocumentSummary[]>('ane', 'GET', '/documents')).json
    expect(listed.some(({ id }) => id === below)).toBe(false)
    expect((await envelope('jon', below)).parent).toMatchObject({ title: null, open: false })
  })

  it('[PP6] finds what is below, reads and comments it, and writes nothing in it', async () => {
    const [top, below] = [await above(), await plan(youth, {}, 'jon')]
    const lists = async (who: Who): Promise<boolean> =>
      (await r.call<DocumentSummary[]>(who, 'GET', '/documents')).json.some(({ id }) => id === below)
    expect([await lists('ane'), await lists('mayor')]).toEqual([false, false])
    await put('jon', below, top)
    // The mayor is in that team and does not coordinate it.
    expect([await lists('ane'), await lists('mayor'), await lists('outsider')]).toEqual([true, false, false])
    expect(await r.outcome('mayor', 'GET', `/documents/${below}`)).toEqual([404, 'NOT_FOUND'])
    expect((await envelope('ane', below)).capabilities).toEqual({
      content: { read: true, write: 'no' },
      comments: { read: true, write: 'yes' },
      // Posts are the team's; what of them concerns others is in the calendar of all plans.
      calendar: { read: false, write: 'no' },
    })
    expect(await r.outcome('ane', 'POST', `/documents/${below}/review`, {})).toEqual([403, 'NOT_ALLOWED'])
    await put('jon', below, null)
    expect(await r.outcome('ane', 'GET', `/documents/${below}`)).toEqual([404, 'NOT_FOUND'])
  })
})

describe('a plan of one department', () => {
  it('[PP8] knows of a plan for the whole organisation that everybody may read', async () => {
    const alone = await startReviewed()
    try {
      const teams = alone.server.container.resolve(TEAMS)
      const team = await teamOf(teams, 'T', ['person', 'ane', 'coordinator'])
      const [before, r0] = [r, alone]
      r = r0
      const below = await plan(team, { identity: { title: {}, scope: ['gazteria'] } })
      const knows = async (): Promise<boolean> => (await envelope('ane', below)).family.organisationPlan
      const top = await plan(team)
      await show(top, 'organisation')
      await name(top)
      expect(await knows()).toBe(false)
      await enforce(top)
      expect(await knows()).toBe(true)
      await show(top, 'team')
      expect(await knows()).toBe(false)
      // Whatever people make on their own binds nobody but them.
      const other = await plan(team)
      await enforce(other)
      await show(other, 'organisation')
      expect(await knows()).toBe(false)
      r = before
    } finally {
      await alone.stop()
    }
  })
})

describe('a plan of one department is stopped', () => {
  it('[PP8] until it is below a plan that is in force for the whole organisation; another one does not help', async () => {
    const house = await startReviewed()
    const before = r
    try {
      r = house
      const whole = wholePlan() as unknown as { identity: object }
      const id = await house.plan({ ...whole, identity: { ...whole.identity, scope: ['gazteria'] } } as never)
      const team = (await envelope('ane', id)).team.id
      const sent = async () => {
        const { status, json } = await house.call<{ detail?: string }>(
          'ane',
          'POST',
          `/documents/${id}/review`,
          {},
        )
        return [status, json?.detail]
      }
      const [top, dummy] = [await plan(team), await plan(team)]
      for (const one of [top, dummy]) {
        await name(one)
        await show(one, 'organisation')
      }
      await enforce(top)
      expect(await sent()).toEqual([409, 'A-9 identity.scope'])
      await put('ane', id, dummy)
      expect((await envelope('ane', id)).family).toEqual({ parent: false, organisationPlan: true })
      expect(await sent()).toEqual([409, 'A-9 identity.scope'])
      await put('ane', id, top)
      expect((await sent())[0]).toBe(201)
    } finally {
      r = before
      await house.stop()
    }
  })
})

describe('plans at a glance', () => {
  it('[PP9] says of each plan one may read what is in force, and of the draft what is missing', async () => {
    const person = { id: 'jon', name: 'Jon' }
    const profiles = { profiles: [{ id: 'p1', hoursPerWeek: 2.5 }, { id: 'p2' }] }
    const identity = {
      title: { eu: 'Gazteria', es: 'Juventud' },
      from: '2027-01-01',
      to: '2027-12-31',
      scope: ['gazteria'],
    }
    const below = await plan(youth, { identity, profiles, planning: { responsible: person } }, 'jon')
    const glance = async (who: Who): Promise<PlanAtAGlance | undefined> =>
      (await r.call<PlanAtAGlance[]>(who, 'GET', '/plans')).json.find(({ id }) => id === below)
    expect(await glance('jon')).toMatchObject({
      work: 'draft',
      inForce: null,
      published: null,
      says: { scope: ['gazteria'], from: '2027-01-01', responsible: 'Jon', profiles: 2, hoursPerWeek: 2.5 },
    })
    const missing = (await glance('jon'))!.says!.missing
    expect(missing).toBeGreaterThan(10)
    expect(await glance('outsider')).toBeUndefined()
    expect(await r.outcome(null, 'GET', '/plans')).toEqual([401, 'TICKET_MISSING'])
    await enforce(below)
    expect(await glance('jon')).toMatchObject({ inForce: 1 })
    // Who asks while a text is being read waits for that reading.
    const versions = r.server.container.resolve(VERSIONS)
    const freeze = vi.spyOn(versions, 'freeze')
    const other = await plan(youth, {}, 'jon')
    await Promise.all(Array.from({ length: 5 }, () => r.call('jon', 'GET', '/plans')))
    expect(freeze.mock.calls.filter(([id]) => id === other)).toHaveLength(1)
    freeze.mockRestore()
    // What is missing follows what is taken over.
    const top = await above()
    await enforce(top)
    await put('jon', below, top)
    expect((await glance('jon'))!.says!.missing).toBeLessThan(missing)
    expect(await glance('ane')).toMatchObject({ parent: top })
  })
})
