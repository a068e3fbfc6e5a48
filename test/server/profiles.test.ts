/** Opening, resting, closing and handing over a profile, and who has finished which course: who may, from where, behind which gate. */
import type * as Y from 'yjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DocumentId, PersonId } from '@auzolan/shared/ids.ts'
import type { ProfileCommand } from '@auzolan/shared/profile-life.ts'
import { UNDESCRIBED } from '@auzolan/shared/protocol/organisation.ts'
import type { ProfileGate, ProfileStates, TrainingDone } from '@auzolan/shared/protocol/profiles.ts'
import type { OpinionRole, Review, Task } from '@auzolan/shared/protocol/review.ts'
import type { Problem } from '@auzolan/shared/protocol/rest.ts'
import type { Waiver } from '@auzolan/shared/receipt.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { ListPlace } from '@auzolan/shared/schema/shapes.ts'
import { addDays } from '@auzolan/shared/working-days.ts'
import { ARRANGING, DOCUMENTS, JOURNAL, ORGANISATION } from '@auzolan/server/src/container.ts'
import type { Tables } from '@auzolan/server/src/journal/journal.ts'
import { ideaRow } from '@auzolan/server/src/posts/post-row.ts'
import { planFacts } from '@auzolan/server/src/profiles/facts.ts'
import { verifyFolder } from '@auzolan/server/src/verify/data-folder.ts'
import { COURSE, completePlan, type Template, type Values } from '../support/complete.ts'
import { openWriter } from '../support/wire.ts'
import { REASON, WHO, startReviewed, type Reviewed, type Who } from '../support/reviewed.ts'

let house: Reviewed
beforeAll(async () => void (house = await startReviewed()))
afterAll(() => house.stop())

const PROFILE = 'mastodon'
const TODAY = new Date().toLocaleDateString('sv', { timeZone: 'Europe/Madrid' })
const at = (id: string, what: string): string => `/documents/${id}/${what}`
const order = (
  id: string,
  command: ProfileCommand,
  who: Who = 'ane',
  body: { note?: string; waivers?: Waiver[] } = command === 'hand_over' ? { note: 'Foru Aldundia' } : {},
  profile = PROFILE,
) => house.outcome(who, 'POST', at(id, `profiles/${profile}/${command}`), body)
const states = async (id: string): Promise<ProfileStates> =>
  (await house.call<ProfileStates>('miren', 'GET', at(id, 'profiles'))).json
const gate = async (id: string, profile = PROFILE): Promise<ProfileGate> =>
  (await house.call<ProfileGate>('miren', 'GET', at(id, `profiles/${profile}`))).json
const train = (id: string, who: Who = 'jon', person: string = who, body: object = {}) =>
  house.outcome(who, 'PUT', at(id, `training/${COURSE}/${person}`), {
    completedOn: TODAY,
    name: 'Norbait',
    ...body,
  })
const profileIn = (template: Template, id = PROFILE): Values =>
  (template['profiles']!['profiles'] as Values[]).find((one) => one['id'] === id)!
const CLOSING = {
  closing: true,
  closesOn: '2027-03-01',
  closingReason: { eu: 'Inork ez du irakurtzen.', es: 'Nadie lo lee.' },
  closingNotice: { eu: 'Agur.', es: 'Adiós.' },
  closingHandle: 'kept',
}

/** Approved, and its managers trained; then everything of it may be opened. */
async function approved(
  change: (template: Template) => void = () => {},
  { trained = true, waivers = [] as Waiver[] } = {},
): Promise<DocumentId> {
  const id = await house.plan(completePlan(change))
  await house.decided(id, 'approve', waivers)
  if (trained) await train(id)
  return id
}
/** With this status, whatever it takes. */
async function having(status: string): Promise<DocumentId> {
  const id = await approved((template) =>
    status === 'closing' ? Object.assign(profileIn(template), CLOSING) : undefined,
  )
  if (status === 'planned') return id
  const rows: Tables['profile_state'] = {
    document: id,
    profile: PROFILE,
    name: 'Haranberriko Udala',
    status: status === 'closing' ? 'open' : status,
    opened_on: '2026-01-07',
    closed_on: null,
    version: 1,
    note: '',
    waivers: '[]',
    person: 'ane',
    person_name: 'Ane',
    at: '2026-01-07T10:00:00.000Z',
  }
  await house.server.container.resolve(JOURNAL).transact(async (tables) => {
    await tables.insertInto('profile_state').values(rows).execute()
  })
  return id
}
const deeds = async (id: string): Promise<{ actor: string; action: string; detail: string }[]> =>
  house.server.container
    .resolve(JOURNAL)
    .rows.selectFrom('audit')
    .select(['actor', 'action', 'detail'])
    .where('subject', '=', id)
    .where('action', 'like', 'profile.%')
    .orderBy('n')
    .execute()

describe('[PR1] who may', () => {
  const COMMANDS: readonly [ProfileCommand, string, readonly number[]][] = [
    ['open', 'planned', [204, 403, 204, 403, 403, 404]],
    ['rest', 'open', [204, 403, 403, 403, 403, 404]],
    ['close', 'closing', [204, 403, 403, 403, 403, 404]],
    ['hand_over', 'open', [204, 403, 403, 403, 403, 404]],
    ['reopen', 'dormant', [204, 403, 204, 403, 403, 404]],
  ]
  it.each(
    COMMANDS.flatMap(([command, from, answers]) =>
      WHO.map((who, i) => ({ command, from, who, status: answers[i] })),
    ),
  )('$command as $who: $status', async ({ command, from, who, status }) => {
    const id = await having(from)
    expect((await order(id, command, who))[0]).toBe(status)
    expect(await deeds(id)).toHaveLength(status === 204 ? 1 : 0)
  })

  it.each(WHO.map((who, i) => [who, [200, 200, 200, 200, 200, 404][i]!] as const))(
    'read what was done, and what is in the way, as %s: %i',
    async (who, status) => {
      const id = await house.plan()
      expect((await house.call(who, 'GET', at(id, 'profiles'))).status).toBe(status)
      expect((await house.call(who, 'GET', at(id, 'profiles/mastodon'))).status).toBe(status)
    },
  )
  it('whoever only reads because everybody may sees what was done, and no names of those who lack training', async () => {
    const id = await approved(undefined, { trained: false })
    await house.call('ane', 'PUT', at(id, 'visibility'), { visibility: 'organisation' })
    expect((await house.call('outsider', 'GET', at(id, 'profiles'))).status).toBe(200)
    expect((await house.call('outsider', 'GET', at(id, 'profiles/mastodon'))).status).toBe(403)
    expect((await house.call('outsider', 'GET', at(id, 'training'))).status).toBe(403)
    expect((await order(id, 'open', 'outsider'))[0]).toBe(403)
    expect((await train(id, 'outsider'))[0]).toBe(403)
  })
  it.each([
    ['GET', 'profiles'],
    ['GET', 'profiles/mastodon'],
    ['POST', 'profiles/mastodon/open'],
    ['GET', 'training'],
    ['PUT', `training/${COURSE}/jon`],
    ['DELETE', `training/${COURSE}/jon`],
  ])('%s %s without a token: 401', async (method, what) => {
    const id = await house.plan()
    expect((await house.call(null, method, at(id, what), method === 'GET' ? undefined : {})).status).toBe(401)
  })
  it('[AU11] in an archived document: nobody', async () => {
    const id = await approved()
    await house.call('ane', 'POST', at(id, 'archive'), { reason: REASON })
    expect(await order(id, 'open')).toEqual([409, 'ILLEGAL_MOVE'])
    expect(await train(id)).toEqual([409, 'ILLEGAL_MOVE'])
    expect((await states(id)).states).toEqual([])
  })
  it.each(['sing', '', 'constructor'])('there is no command “%s”', async (command) => {
    const id = await approved()
    expect((await order(id, command as ProfileCommand))[0]).toBe(404)
  })
  it.each(['x'.repeat(65), 'a.b', '<b>'])('there is no profile “%s”', async (profile) => {
    const id = await approved()
    expect((await order(id, 'open', 'ane', {}, encodeURIComponent(profile)))[0]).toBe(404)
  })
})

describe('[PR2] a profile opens', () => {
  it('once the plan is approved and nothing of it is missing, and by the command alone', async () => {
    const id = await house.plan(completePlan())
    await train(id)
    expect((await gate(id)).opening).toMatchObject([{ check: 'P-01', path: 'profiles.profiles' }])
    expect(await order(id, 'open')).toEqual([409, 'GATE_CLOSED'])
    await house.decided(id)
    expect(await states(id)).toEqual({ inForce: 1, states: [] })
    expect(await gate(id)).toMatchObject({ inForce: 1, opening: [] })
    expect(await order(id, 'open')).toEqual([204, undefined])
    expect((await states(id)).states).toMatchObject([
      {
        profile: PROFILE,
        name: 'Haranberriko Udala · Mastodon',
        status: 'open',
        openedOn: TODAY,
        closedOn: null,
        by: { id: 'ane' },
        waivers: [],
      },
    ])
    expect(await order(id, 'open')).toEqual([409, 'ILLEGAL_MOVE'])
  })

  const FAULTS: readonly [string, string, (profile: Values, template: Template) => void][] = [
    ['P-01', 'profiles.profiles', (profile) => (profile['id'] = 'another')],
    ['P-01', 'profiles/mastodon/closing', (profile) => Object.assign(profile, CLOSING)],
    ['P-07', 'profiles/mastodon/corporateMailbox', (profile) => (profile['corporateMailbox'] = false)],
    ['P-08', 'profiles/mastodon/privacyNotice', (profile) => (profile['privacyNotice'] = '')],
    ['P-08', 'profiles/mastodon/participationNorms', (profile) => (profile['participationNorms'] = ' ')],
    ['P-10', 'profiles/mastodon/avatar', (profile) => delete profile['avatar']],
    ['P-11', 'profiles/mastodon/handle', (profile) => (profile['handle'] = '@udala2')],
    [
      'P-12',
      'profiles/mastodon/displayName',
      (profile, { identityKit }) => {
        profile['displayName'] = 'Gure herria'
        identityKit!['affiliation'] = 'ayuntamiento'
      },
    ],
    ['P-14', 'profiles/mastodon/bio:es', (profile) => (profile['bio'] = { eu: 'Kaixo', es: '' })],
    ['P-14', 'profiles/mastodon/website', (profile) => (profile['website'] = '')],
    [
      'P-18',
      'profiles/mastodon/owner',
      (profile) => (profile['owner'] = { id: 'lawyer', name: 'Legelaria' }),
    ],
  ]
  it.each(FAULTS)('not while %s is in the way at %s', async (check, path, fault) => {
    const id = await approved((template) => fault(profileIn(template), template))
    const { opening } = await gate(id)
    expect(opening.map((one) => [one.check, one.path])).toEqual([[check, path]])
    const answer = await house.call<Problem>('ane', 'POST', at(id, `profiles/${PROFILE}/open`), {})
    expect([answer.status, answer.json.code, answer.json.detail]).toEqual([
      409,
      'GATE_CLOSED',
      `${check} ${path}`,
    ])
    expect((await states(id)).states).toEqual([])
    // Another one of the same plan is not held up by it, unless the fault is in what both share.
    if (check !== 'P-12') expect((await order(id, 'open', 'ane', {}, 'telegram'))[0]).toBe(204)
  })

  it('not with what was typed after the approval', async () => {
    const id = await approved((template) => (profileIn(template)['website'] = ''))
    const typed = async (change: (website: Y.Text) => void): Promise<void> => {
      const jon = await openWriter(house.server, 'jon', id)
      const edit = (doc: Y.Doc): void => {
        const list = new ListPlace(doc, PLAN.sections[3].fields.profiles)
        change(list.record(PROFILE)!.text('website', '')!)
      }
      expect(await jon.write(jon.edit(edit)[0]!)).toBeNull()
      await jon.close()
    }
    await typed((website) => website.insert(0, 'https://www.haranberri.example'))
    expect(await order(id, 'open')).toEqual([409, 'GATE_CLOSED'])
    await house.decided(id)
    // And what was approved stands, whatever is typed after it.
    await typed((website) => website.delete(0, website.length))
    expect(await order(id, 'open')).toEqual([204, undefined])
  })
})

describe('[PR3] a director lets pass', () => {
  const other = (template: Template): void => void delete profileIn(template)['avatar']
  const waiver = { check: 'P-10', reason: REASON }

  it('what may be let pass, with a reason that is kept; nobody else does', async () => {
    const id = await approved(other)
    expect(await order(id, 'open', 'mayor')).toEqual([409, 'GATE_CLOSED'])
    expect(await order(id, 'open', 'ane', { waivers: [waiver] })).toEqual([403, 'NOT_ALLOWED'])
    expect(await order(id, 'open', 'mayor', { waivers: [waiver] })).toEqual([204, undefined])
    expect((await states(id)).states).toMatchObject([
      { status: 'open', by: { id: 'mayor' }, waivers: [waiver] },
    ])
    expect(JSON.parse((await deeds(id))[0]!.detail)).toMatchObject({
      from: 'planned',
      to: 'open',
      waived: ['P-10'],
    })
  })
  it.each([
    ['a reason of 19 characters', { check: 'P-10', reason: 'x'.repeat(19) }, 400, 'INVALID_INPUT'],
    ['a reason of 19 and blanks', { check: 'P-10', reason: ` ${'x'.repeat(19)} ` }, 400, 'INVALID_INPUT'],
    ['a reason of 20 characters', { check: 'P-10', reason: 'x'.repeat(20) }, 204, undefined],
    ['a check that does not fail', { check: 'P-11', reason: REASON }, 400, 'INVALID_INPUT'],
    ['no check at all', { check: 'P-99', reason: REASON }, 400, 'INVALID_INPUT'],
  ])('%s', async (_what, given, status, code) => {
    const id = await approved(other)
    expect(await order(id, 'open', 'mayor', { waivers: [given] })).toEqual([status, code])
  })
  it('not what may not be let pass', async () => {
    const id = await approved((template) => (profileIn(template)['corporateMailbox'] = false))
    expect(await order(id, 'open', 'mayor', { waivers: [{ check: 'P-07', reason: REASON }] })).toEqual([
      400,
      'INVALID_INPUT',
    ])
  })
  it('and what was let pass with the approval is not asked for again', async () => {
    const id = await approved(other, { waivers: [waiver] })
    expect((await gate(id)).opening).toEqual([])
    expect(await order(id, 'open')).toEqual([204, undefined])
    expect((await states(id)).states[0]!.waivers).toEqual([waiver])
    // It was not in the way of this one.
    expect(await order(id, 'open', 'ane', {}, 'telegram')).toEqual([204, undefined])
    expect((await states(id)).states.find(({ profile }) => profile === 'telegram')!.waivers).toEqual([])
  })
  it('with the approval of another version it was not', async () => {
    const id = await approved(other, { waivers: [waiver] })
    await house.decided(id)
    expect((await gate(id)).opening).toMatchObject([{ check: 'P-10' }])
  })

  it.each([
    [60, 204],
    [61, 409],
  ])('training lacks for 60 days at most after the approval: %i days, %i', async (days, status) => {
    const id = await approved(undefined, {
      trained: false,
      waivers: [{ check: 'P-18', reason: REASON }],
    })
    const then = `${addDays(TODAY, -days)}T12:00:00.000Z`
    await house.server.container
      .resolve(JOURNAL)
      .transact((rows) => rows.updateTable('decision').set({ at: then }).where('document', '=', id).execute())
    expect((await order(id, 'open'))[0]).toBe(status)
    if (status === 204) expect((await states(id)).states[0]!.waivers[0]!.until).toBe(TODAY)
  })
  it('training lacks for 60 days from the opening', async () => {
    const id = await approved(undefined, { trained: false })
    expect(await order(id, 'open', 'mayor', { waivers: [{ check: 'P-18', reason: REASON }] })).toEqual([
      204,
      undefined,
    ])
    expect((await states(id)).states[0]!.waivers).toEqual([
      { check: 'P-18', reason: REASON, until: addDays(TODAY, 60) },
    ])
  })
})

describe('[PR4] a profile ends', () => {
  it('as the version in force has planned it, and not otherwise', async () => {
    const id = await having('open')
    expect((await gate(id)).closing).toMatchObject([{ check: 'A-4', path: 'profiles/mastodon/closing' }])
    expect(await order(id, 'close')).toEqual([409, 'GATE_CLOSED'])
    const planned = await having('closing')
    expect((await gate(planned)).closing).toEqual([])
    expect(await order(planned, 'close')).toEqual([204, undefined])
    expect((await states(planned)).states).toMatchObject([
      { status: 'closed', openedOn: '2026-01-07', closedOn: TODAY },
    ])
  })
  it('and is not opened again while its closing stands in the version in force', async () => {
    const id = await having('closing')
    await order(id, 'close')
    expect(await order(id, 'reopen')).toEqual([409, 'GATE_CLOSED'])
  })
  it('handed over only to somebody', async () => {
    const id = await having('open')
    expect(await order(id, 'hand_over', 'ane', {})).toEqual([400, 'INVALID_INPUT'])
    expect(await order(id, 'hand_over', 'ane', { note: ' ' })).toEqual([400, 'INVALID_INPUT'])
    expect(await order(id, 'hand_over', 'ane', { note: 'x'.repeat(501) })).toEqual([400, 'INVALID_INPUT'])
    expect(await order(id, 'hand_over', 'ane', { note: 'Mankomunitatea' })).toEqual([204, undefined])
    expect((await states(id)).states).toMatchObject([
      { status: 'handed_over', note: 'Mankomunitatea', closedOn: TODAY },
    ])
  })
  it('and begins again behind the same gate', async () => {
    const id = await approved()
    for (const command of ['open', 'rest', 'reopen', 'hand_over', 'reopen'] as const)
      expect(await order(id, command)).toEqual([204, undefined])
    expect((await states(id)).states).toMatchObject([{ status: 'open', openedOn: TODAY, closedOn: null }])
    expect((await deeds(id)).map(({ actor, action }) => `${actor} ${action}`)).toEqual([
      'ane profile.open',
      'ane profile.rest',
      'ane profile.reopen',
      'ane profile.hand_over',
      'ane profile.reopen',
    ])
    await order(id, 'rest')
    await house.outcome('jon', 'DELETE', at(id, `training/${COURSE}/jon`))
    expect(await order(id, 'reopen')).toEqual([409, 'GATE_CLOSED'])
  })
  it.each([
    ['planned', ['rest', 'close', 'hand_over', 'reopen']],
    ['open', ['open', 'reopen']],
    ['dormant', ['open', 'rest']],
    ['closed', ['open', 'rest', 'close', 'hand_over']],
    ['handed_over', ['open', 'rest', 'close', 'hand_over']],
  ] as const)('from %s not by %j', async (status, commands) => {
    const id = await having(status)
    for (const command of commands) expect(await order(id, command)).toEqual([409, 'ILLEGAL_MOVE'])
  })
  it('with the document, and not with its duplicate', async () => {
    const id = await having('open')
    const { container } = house.server
    const original = (await container.resolve(DOCUMENTS).find(id))!
    const body = { title: { eu: 'Kopia' }, team: { kind: 'team', id: original.teamId } }
    const copy = (await house.call<{ id: string }>('ane', 'POST', at(id, 'duplicate'), body)).json.id
    expect((await states(copy)).states).toEqual([])
    expect((await states(id)).states).toHaveLength(1)
  })
})

it('[PR5] what was done is told in the audit with its fingerprint, and a changed row shows', async () => {
  const own = await startReviewed()
  try {
    const id = await own.plan(completePlan())
    await own.decided(id)
    await own.outcome('jon', 'PUT', at(id, `training/${COURSE}/jon`), { completedOn: TODAY, name: 'Jon' })
    await own.outcome('ane', 'POST', at(id, 'profiles/mastodon/open'), {})
    await own.outcome('ane', 'POST', at(id, 'profiles/mastodon/rest'), {})
    expect(await verifyFolder(own.server.dataFolder, null)).toMatchObject({ kind: 'read', faults: [] })
    await own.server.container
      .resolve(JOURNAL)
      .transact((rows) => rows.updateTable('profile_state').set({ status: 'open' }).execute())
    const found = await verifyFolder(own.server.dataFolder, null)
    expect(found).toMatchObject({
      faults: [expect.stringContaining('profile mastodon of document')],
    })
  } finally {
    await own.stop()
  }
})

it('[T11] what was done with profiles, and courses, go with the document', async () => {
  const id = await having('open')
  const { container } = house.server
  const { rows } = container.resolve(JOURNAL)
  const left = async (): Promise<number> => {
    const [states, done] = [
      await rows.selectFrom('profile_state').select('profile').where('document', '=', id).execute(),
      await rows.selectFrom('training_done').select('person').where('document', '=', id).execute(),
    ]
    return states.length + done.length
  }
  expect(await left()).toBe(2)
  await container
    .resolve(JOURNAL)
    .transact((tables) =>
      tables
        .updateTable('document')
        .set({ trashed_at: '2020-01-01T00:00:00.000Z' })
        .where('id', '=', id)
        .execute(),
    )
  await container.resolve(ARRANGING).purge()
  expect(await left()).toBe(0)
})

describe('what is known beside the text', () => {
  it('[P-04] the day of the last post since it opened, as soon as the calendar knows of one that is out', async () => {
    const id = await having('open')
    const { rows } = house.server.container.resolve(JOURNAL)
    const published = (post: string, ...ats: (readonly [profile: string, at: string])[]) =>
      rows
        .insertInto('post_state')
        .values({
          ...ideaRow(id, post),
          status: 'published',
          published: JSON.stringify(
            ats.map(([profile, at]) => ({ profile, url: '', at, by: { id: 'jon', name: 'Jon' } })),
          ),
        })
        .execute()
    const known = async () => {
      const facts = await planFacts(rows, id, { ...UNDESCRIBED, timeZone: 'Europe/Madrid' })
      const told = (await house.call<ProfileStates>('miren', 'GET', `/documents/${id}/profiles`)).json.states
      expect(told.map(({ lastPostOn }) => lastPostOn)).toEqual(
        facts.profiles.map(({ lastPostOn }) => lastPostOn),
      )
      return facts.profiles.map(({ lastPostOn }) => lastPostOn)
    }
    expect(await known()).toEqual([undefined])
    await published('p1', ['another', '2026-03-01T10:00:00.000Z'])
    expect(await known()).toEqual([null])
    // It was opened on the 7th.
    await published('p2', [PROFILE, '2026-01-06T10:00:00.000Z'])
    expect(await known()).toEqual([null])
    await published('p3', [PROFILE, '2026-01-06T23:30:00.000Z'])
    expect(await known()).toEqual(['2026-01-07'])
    await published('p4', [PROFILE, '2026-02-03T10:00:00.000Z'], ['another', '2026-03-05T10:00:00.000Z'])
    await published('p5', [PROFILE, '2026-01-20T10:00:00.000Z'])
    expect(await known()).toEqual(['2026-02-03'])
  })
  const describeHouse = async (communications: boolean): Promise<void> => {
    const organisation = house.server.container.resolve(ORGANISATION)
    const { version, ...facts } = await organisation.read()
    const departments = [
      { id: 'komunikazioa', name: { eu: 'Komunikazioa' }, communications },
      { id: 'prentsa', name: { eu: 'Prentsa' }, communications: true },
    ]
    await organisation.change({ ...facts, departments }, version, 'root' as PersonId)
  }
  it.each([
    ['communications', true, []],
    ['neither communications nor press', false, ['P-17']],
  ] as const)('[P-17] a unit that coordinates and is %s', async (_what, communications, failing) => {
    await describeHouse(communications)
    const id = await house.plan(completePlan())
    const { findings } = await house.submit(id)
    expect(findings.filter(({ gate: one }) => one === 'approval').map(({ check }) => check)).toEqual(failing)
    const decision = { id: crypto.randomUUID(), version: 1, verdict: 'approve' }
    const { sha256 } = (await house.call<{ sha256: string }>('mayor', 'GET', at(id, 'versions/1'))).json
    expect((await house.outcome('mayor', 'POST', at(id, 'decisions'), { ...decision, sha256 }))[0]).toBe(
      failing.length === 0 ? 204 : 409,
    )
    await describeHouse(true)
  })

  it.each(['paidTargeting', 'contactLists', 'addressesChildren'])(
    '[P-20] %s asks for a legal opinion, whatever the route says',
    async (flag) => {
      const asked = async (template: Template): Promise<readonly [DocumentId, readonly OpinionRole[]]> => {
        const id = await house.plan(template)
        return [id, (await house.submit(id)).asked]
      }
      expect((await asked(completePlan()))[1]).toEqual([])
      const [id, roles] = await asked(completePlan(({ privacy }) => (privacy![flag] = true)))
      expect(roles).toEqual(['legal'])
      const tasks = (await house.call<Task[]>('lawyer', 'GET', '/reviews')).json
      expect(tasks.find((one) => one.document === id)?.kind).toBe('opinion')
      const { version } = (await house.call<Review>('mayor', 'GET', at(id, 'review'))).json
      const decide = () =>
        house.outcome('mayor', 'POST', at(id, 'decisions'), {
          id: crypto.randomUUID(),
          version: version.n,
          sha256: version.sha256,
          verdict: 'approve',
        })
      expect(await decide()).toEqual([409, 'GATE_CLOSED'])
      const opinion = { version: version.n, stance: 'favourable', text: '' }
      expect((await house.outcome('lawyer', 'PUT', at(id, 'review/opinions/legal'), opinion))[0]).toBe(204)
      expect(await decide()).toEqual([204, undefined])
    },
  )
})

describe('[PR6] a finished course', () => {
  const list = async (id: string): Promise<TrainingDone[]> =>
    (await house.call<TrainingDone[]>('miren', 'GET', at(id, 'training'))).json

  it.each(
    WHO.map(
      (who, i) => [who, [204, 204, 204, 204, 204, 404][i]!, [204, 403, 403, 403, 403, 404][i]!] as const,
    ),
  )('noted by %s: for themselves %i, for somebody else %i', async (who, own, others) => {
    const id = await house.plan()
    expect((await train(id, who))[0]).toBe(own)
    expect((await train(id, who, 'maite'))[0]).toBe(others)
    expect((await list(id)).map(({ person }) => person.id)).toEqual(
      [...(own === 204 ? [who] : []), ...(others === 204 ? ['maite'] : [])].sort(),
    )
    await train(id, 'ane', 'maite')
    const takeBack = (person: string) => house.outcome(who, 'DELETE', at(id, `training/${COURSE}/${person}`))
    expect((await takeBack('maite'))[0]).toBe(others)
    expect((await takeBack(who))[0]).toBe(own)
  })
  it('has its day, its person and whoever noted it; noted again it is corrected', async () => {
    const id = await house.plan()
    await train(id, 'ane', 'maite', { completedOn: '2026-10-01', name: 'Maite' })
    await train(id, 'ane', 'maite', { completedOn: '2026-10-02', name: 'Maite' })
    expect(await list(id)).toMatchObject([
      {
        training: COURSE,
        person: { id: 'maite', name: 'Maite' },
        completedOn: '2026-10-02',
        notedBy: { id: 'ane' },
      },
    ])
  })
  it('is of somebody by the name Nextcloud gives, not by what a page says', async () => {
    const id = await house.plan()
    await house.call('jon', 'GET', `/documents/${id}`)
    await train(id, 'ane', 'jon', { name: 'Alkatea' })
    expect((await list(id))[0]!.person.name).not.toBe('Alkatea')
  })
  it.each([
    [addDays(TODAY, 1), 400],
    [TODAY, 204],
    ['2000-01-01', 204],
    ['1999-12-31', 400],
    ['2026-02-30', 400],
    ['atzo', 400],
  ])('on %s: %i', async (completedOn, status) => {
    const id = await house.plan()
    expect((await train(id, 'jon', 'jon', { completedOn }))[0]).toBe(status)
  })
  it('changes neither the text nor its hash, and opens the profile', async () => {
    const id = await approved(undefined, { trained: false })
    const hash = async (): Promise<string> =>
      (await house.call<{ sha256: string }>('miren', 'GET', at(id, 'versions/1'))).json.sha256
    const before = await hash()
    expect(await order(id, 'open')).toEqual([409, 'GATE_CLOSED'])
    await train(id)
    expect(await order(id, 'open')).toEqual([204, undefined])
    expect(await hash()).toBe(before)
  })
})
