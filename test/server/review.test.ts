/** From a draft to a decision over REST: gates, rights, opinions, two who decide at once, and what an approval is worth. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newUuid, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import { REASON_MIN_CHARACTERS } from '@auzolan/shared/limits.ts'
import type { Problem } from '@auzolan/shared/protocol/rest.ts'
import type { Review, Task, Version, VersionSummary } from '@auzolan/shared/protocol/review.ts'
import { isConfirmed, verifyReceipt } from '@auzolan/shared/receipt.ts'
import { openReceiptFile } from '@auzolan/shared/receipt-file.ts'
import { DOCUMENTS, JOURNAL, ORGANISATION, TEAMS } from '@auzolan/server/src/container.ts'
import { addDays, localTime } from '@auzolan/shared/working-days.ts'
import { firstBreak } from '../support/first-break.ts'
import { HARANBERRI_PLAN } from '@auzolan/server/src/standalone/sample-plan.ts'
import { startHere, type ServerHere } from '../support/in-process.ts'
import { sign } from '../support/nextcloud-host.ts'
import { startNextcloud, type NextcloudServer } from '../support/nextcloud-server.ts'
import { teamOf } from '../support/teams.ts'
import { passedOn } from '../support/told.ts'
import { openWriter } from '../support/wire.ts'

const REASON = 'x'.repeat(REASON_MIN_CHARACTERS)
const CHANGES = { comment: REASON, sections: ['planning'] }
let nextcloud: NextcloudServer
let server: ServerHere
beforeAll(async () => {
  nextcloud = await startNextcloud()
  for (const person of ['ane', 'jon', 'mayor', 'deputy', 'both', 'lawyer', 'notary', 'miren', 'outsider'])
    nextcloud.users[person] = { enabled: true, groups: [], teams: [] }
  server = await startHere({ AUZOLAN_NEXTCLOUD_INTERNAL_URL: nextcloud.url })
})
afterAll(async () => {
  await server.stop()
  nextcloud.close()
})

async function call<T = unknown>(person: string | null, method: string, path: string, body?: unknown) {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: {
      ...(person === null ? {} : { authorization: `Bearer ${await sign({ person })}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, text, json: (text === '' ? null : JSON.parse(text)) as T }
}
const outcome = async (...args: Parameters<typeof call>): Promise<[number, string | undefined]> => {
  const { status, json } = await call<Problem | null>(...args)
  return [status, json?.code]
}

/** The plan of the demo; `whole` without the two gaps it leaves to visitors. Ane coordinates, Jon writes, two direct. */
async function plan(whole = true): Promise<DocumentId> {
  const template = structuredClone(HARANBERRI_PLAN) as {
    planning: { audiences: { id: string; languages?: string[] }[] }
    profiles: { profiles: { id: string; hoursPerWeek?: number }[] }
  }
  if (whole) {
    template.planning.audiences.find((a) => a.id === 'a4')!.languages = ['es']
    template.profiles.profiles.find((p) => p.id === 'youtube')!.hoursPerWeek = 2
  }
  const teamId = await teamOf(
    server.container.resolve(TEAMS),
    'Taldea',
    ['person', 'ane', 'coordinator'],
    ['person', 'jon', 'editor'],
    ['person', 'mayor', 'director'],
    ['person', 'deputy', 'director'],
    ['person', 'both', 'director'],
    ['person', 'both', 'editor'],
    ['person', 'lawyer', 'legal'],
    ['person', 'notary', 'legal'],
    ['person', 'miren', 'reader'],
  )
  return server.container
    .resolve(DOCUMENTS)
    .create({ teamId, languages: ['eu', 'es'], template, by: 'ane' as PersonId })
}
async function submitted(by = 'ane', id?: DocumentId): Promise<{ id: DocumentId; review: Review }> {
  const document = id ?? (await plan())
  expect(await outcome(by, 'POST', `/documents/${document}/review`, {})).toEqual([201, undefined])
  return { id: document, review: (await call<Review>('mayor', 'GET', `/documents/${document}/review`)).json }
}
const decision = ({ version }: Review, more: object = {}) => ({
  id: newUuid(),
  version: version.n,
  sha256: version.sha256,
  verdict: 'approve',
  ...more,
})
const decide = (who: string, id: string, body: object) =>
  outcome(who, 'POST', `/documents/${id}/decisions`, body)
const envelope = async (id: string) =>
  (await call<{ work: string; inForce: number | null }>('ane', 'GET', `/documents/${id}`)).json
const ask = async (opinions: string[], route?: { quorum: 'all'; approvers: string[] }): Promise<void> => {
  const organisation = server.container.resolve(ORGANISATION)
  const { version, ...facts } = await organisation.read()
  const approvers = (route?.approvers ?? []).map((id) => ({ kind: 'person' as const, id, name: id }))
  const approval = route && { approval: { quorum: route.quorum, approvers } }
  const approvalRoutes = [{ type: 'plan' as const, opinions: opinions as ('legal' | 'hr')[], ...approval }]
  await organisation.change({ ...facts, approvalRoutes }, version, 'root' as PersonId)
}

describe('to review', () => {
  it('[G1] goes what lacks nothing, and nothing else', async () => {
    const id = await plan(false)
    const answer = await call<Problem>('ane', 'POST', `/documents/${id}/review`, {})
    expect([answer.status, answer.json.code]).toEqual([409, 'GATE_CLOSED'])
    expect(answer.json.detail).toContain('audiences/a4/languages')
    expect((await envelope(id)).work).toBe('draft')
    expect((await submitted()).review.version).toMatchObject({ n: 1, by: { id: 'ane' } })
  })

  it('[A7] locks the content of everybody at once, and unlocks it when it is taken back', async () => {
    const id = await plan()
    const jon = await openWriter(server, 'jon', id)
    const write = (text: string) =>
      jon.write(jon.edit((doc) => doc.getText('identity.title:eu').insert(0, text))[0]!)
    expect(await write('a')).toBeNull()
    await submitted('jon', id)
    await jon.heard('grants')
    expect(jon.frames.at(-1)).toMatchObject({ channels: [{ channel: 'content', write: 'locked' }] })
    // Another one who writes may not take back what they have not sent; who has sent it, and coordinators, may.
    expect(await outcome('both', 'POST', `/documents/${id}/review/withdraw`)).toEqual([403, 'NOT_ALLOWED'])
    expect(await outcome('jon', 'POST', `/documents/${id}/review/withdraw`)).toEqual([204, undefined])
    await jon.heard('grants', 2)
    expect(await write('b')).toBeNull()
    await jon.close()
  })

  it('freezes the very text: its hash is that of the canonical JSON, and later edits change nothing of it', async () => {
    const { id, review } = await submitted()
    const { json, sha256 } = review.version
    expect(createHash('sha256').update(json).digest('hex')).toBe(sha256)
    await call('ane', 'POST', `/documents/${id}/review/withdraw`)
    const jon = await openWriter(server, 'jon', id)
    await jon.write(jon.edit((doc) => doc.getText('identity.title:eu').insert(0, 'Berria '))[0]!)
    await jon.close()
    expect((await call<Version>('miren', 'GET', `/documents/${id}/versions/1`)).json.json).toBe(json)
    const again = await submitted('ane', id)
    expect(again.review.version.n).toBe(2)
    expect(again.review.version.sha256).not.toBe(sha256)
  })
})

describe('a decision', () => {
  it('[OD4] says whose it is: with somebody else’s pass it is neither made nor answered', async () => {
    const { id, review } = await submitted()
    const body = decision(review, { signedInAs: 'mayor' })
    for (const other of ['deputy', 'miren', 'outsider'])
      expect(await decide(other, id, body)).toEqual([403, 'OTHER_PERSON'])
    expect((await envelope(id)).work).toBe('in_review')
    expect(await decide('outsider', id, { ...body, signedInAs: 'outsider' })).toEqual([404, 'NOT_FOUND'])
    expect(await decide('mayor', id, body)).toEqual([204, undefined])
  })

  it('approves this version, which is in force from then on while the work goes on', async () => {
    const { id, review } = await submitted()
    expect(await decide('mayor', id, decision(review, { conditions: 'Urtero berrikusi.' }))).toEqual([
      204,
      undefined,
    ])
    expect(await envelope(id)).toMatchObject({ work: 'draft', inForce: 1 })
    const [version] = (await call<VersionSummary[]>('miren', 'GET', `/documents/${id}/versions`)).json
    expect(version!.decisions).toMatchObject([{ verdict: 'approve', by: { id: 'mayor' } }])
  })

  it('is refused for another text than the one in review', async () => {
    const { id, review } = await submitted()
    const stale = decision(review)
    const other = createHash('sha256').update('another text').digest('hex')
    expect(await decide('mayor', id, { ...stale, sha256: other })).toEqual([409, 'CHANGED_MEANWHILE'])
    await call('ane', 'POST', `/documents/${id}/review/withdraw`)
    expect(await decide('mayor', id, stale)).toEqual([409, 'CHANGED_MEANWHILE'])
    await submitted('ane', id)
    expect(await decide('mayor', id, stale)).toEqual([409, 'CHANGED_MEANWHILE'])
    expect((await envelope(id)).inForce).toBeNull()
  })

  it('of two at once is one; the other learns that it was too late', async () => {
    const { id, review } = await submitted()
    const answers = await Promise.all([
      decide('mayor', id, decision(review)),
      decide(
        'deputy',
        id,
        decision(review, { verdict: 'request_changes', comment: REASON, sections: ['planning'] }),
      ),
    ])
    expect(answers.map(([status]) => status).sort()).toEqual([204, 409])
    const [version] = (await call<VersionSummary[]>('ane', 'GET', `/documents/${id}/versions`)).json
    expect(version!.decisions).toHaveLength(1)
  })

  it.each([
    [-1, [400, 'INVALID_INPUT']],
    [0, [201, undefined]],
  ])('is asked for by a day %i days from today', async (days, expected) => {
    const id = await plan()
    const due = addDays(localTime(new Date(), 'Europe/Madrid').day, days)
    expect(await outcome('ane', 'POST', `/documents/${id}/review`, { due })).toEqual(expected)
  })

  it('sent twice counts once', async () => {
    const { id, review } = await submitted()
    const body = decision(review)
    expect(await Promise.all([decide('mayor', id, body), decide('mayor', id, body)])).toEqual([
      [204, undefined],
      [204, undefined],
    ])
    expect(await decide('mayor', id, body)).toEqual([204, undefined])
    expect(await decide('deputy', id, body)).toEqual([409, 'CHANGED_MEANWHILE'])
  })

  it.each<[string, object]>([
    ['another hash', { sha256: 'a'.repeat(64) }],
    ['another condition', { conditions: 'Urtero berrikusi.' }],
    ['another comment', { comment: REASON }],
    ['another place', { sections: ['team'] }],
    ['a waiver', { waivers: [{ check: 'P-03', reason: REASON }] }],
    ['an override', { overrides: [{ role: 'legal', reason: REASON }] }],
    ['another verdict', { verdict: 'request_changes' }],
    ['another version', { version: 2 }],
  ])('sent again with %s is refused, and changes nothing', async (_what, more) => {
    const { id, review } = await submitted()
    const body = decision(review)
    expect(await decide('mayor', id, body)).toEqual([204, undefined])
    const refused = await decide('mayor', id, { ...body, ...more })
    expect(refused).toEqual([409, 'CHANGED_MEANWHILE'])
    expect(await decide('mayor', id, body)).toEqual([204, undefined])
    const [version] = (await call<VersionSummary[]>('ane', 'GET', `/documents/${id}/versions`)).json
    expect(version!.decisions).toMatchObject([{ verdict: 'approve', conditions: '', comment: '' }])
  })

  it('[W-01] is not for whoever has written in it, were it by deleting, nor for whoever sent it', async () => {
    const id = await plan()
    const both = await openWriter(server, 'both', id)
    await both.write(both.edit((doc) => doc.getText('identity.title:eu').delete(0, 1))[0]!)
    await both.close()
    const { review } = await submitted('ane', id)
    expect(await decide('both', id, decision(review))).toEqual([403, 'OWN_TEXT'])
    const own = (await call<Review>('both', 'GET', `/documents/${id}/review`)).json
    expect(own.barred).toBe('author')
    // Nor do they send it back: whoever has a part in the text does not decide on it.
    const back = { verdict: 'request_changes', ...CHANGES }
    expect(await decide('both', id, decision(review, back))).toEqual([403, 'OWN_TEXT'])
    // Not even when others have approved it before: only what was written since counts, for both.
    expect(await decide('mayor', id, decision(review))).toEqual([204, undefined])
    const second = await submitted('ane', id)
    expect(await decide('both', id, decision(second.review))).toEqual([204, undefined])
    const third = await submitted('both', id)
    expect(await decide('both', id, decision(third.review))).toEqual([403, 'OWN_TEXT'])
    expect(await decide('both', id, decision(third.review, back))).toEqual([403, 'OWN_TEXT'])
    expect((await envelope(id)).work).toBe('in_review')
    expect(await decide('mayor', id, decision(third.review, back))).toEqual([204, undefined])
  })

  it.each([
    [
      'a reason of one character less',
      { comment: 'x'.repeat(REASON_MIN_CHARACTERS - 1), sections: ['planning'] },
    ],
    ['no place', { comment: REASON, sections: [] }],
    ['a place that is not there', { comment: REASON, sections: ['planning', 'plannin'] }],
    ['a waiver', { ...CHANGES, waivers: [{ check: 'P-03', reason: REASON }] }],
    ['an override', { ...CHANGES, overrides: [{ role: 'legal', reason: REASON }] }],
    ['a condition', { ...CHANGES, conditions: 'Urtero berrikusi.' }],
  ])('that asks for changes is refused with %s', async (_what, more) => {
    const { id, review } = await submitted()
    expect(await decide('mayor', id, decision(review, { verdict: 'request_changes', ...more }))).toEqual([
      400,
      'INVALID_INPUT',
    ])
    expect((await envelope(id)).work).toBe('in_review')
    // The one without any of it is taken.
    expect(await decide('mayor', id, decision(review, { verdict: 'request_changes', ...CHANGES }))).toEqual([
      204,
      undefined,
    ])
  })

  it('that asks for changes gives the text back; the work is taken up again, once', async () => {
    const { id, review } = await submitted()
    const changes = { verdict: 'request_changes', comment: REASON, sections: ['planning'] }
    expect(await decide('mayor', id, decision(review, changes))).toEqual([204, undefined])
    expect((await envelope(id)).work).toBe('changes_requested')
    const tasks = (await call<Task[]>('jon', 'GET', '/reviews')).json
    expect(tasks.find((task) => task.document === id)?.kind).toBe('changes')
    expect(await outcome('miren', 'POST', `/documents/${id}/review/resume`)).toEqual([403, 'NOT_ALLOWED'])
    expect(await outcome('jon', 'POST', `/documents/${id}/review/resume`)).toEqual([204, undefined])
    expect(await outcome('jon', 'POST', `/documents/${id}/review/resume`)).toEqual([409, 'ILLEGAL_MOVE'])
  })

  it('is made with what Nextcloud says now, and not with a pass of a minute ago', async () => {
    const { id, review } = await submitted()
    nextcloud.users['mayor'] = { enabled: false }
    expect(await decide('mayor', id, decision(review))).toEqual([403, 'ACCESS_ENDED'])
    nextcloud.instead = { status: 500 }
    expect((await decide('mayor', id, decision(review)))[0]).toBe(503)
    nextcloud.instead = null
    nextcloud.users['mayor'] = { enabled: true, groups: [], teams: [] }
    expect(await decide('mayor', id, decision(review))).toEqual([204, undefined])
  })
})

describe('[G7] a version is compared', () => {
  const base = async (who: string, id: string): Promise<number | undefined> =>
    (await call<Review>(who, 'GET', `/documents/${id}/review`)).json.since?.n
  const next = async (id: DocumentId): Promise<Review> => (await submitted('ane', id)).review
  const changes = { verdict: 'request_changes', ...CHANGES }
  const changed = async (who: string, id: DocumentId, review: Review): Promise<void> => {
    expect(await decide(who, id, decision(review, changes))).toEqual([204, undefined])
    expect(await outcome('ane', 'POST', `/documents/${id}/review/resume`)).toEqual([204, undefined])
  }

  it('with nothing while nothing was decided, also when an earlier one was taken back', async () => {
    const { id } = await submitted()
    expect(await base('mayor', id)).toBeUndefined()
    await call('ane', 'POST', `/documents/${id}/review/withdraw`)
    await next(id)
    expect(await base('mayor', id)).toBeUndefined()
  })

  it('with the one that was sent back, also for whoever has decided nothing', async () => {
    const { id, review } = await submitted()
    await changed('mayor', id, review)
    await next(id)
    for (const who of ['mayor', 'deputy', 'lawyer', 'miren'])
      expect([who, await base(who, id)]).toEqual([who, 1])
  })

  it('with the one in force before the last decided one, and with their own before either', async () => {
    const { id, review } = await submitted()
    expect(await decide('mayor', id, decision(review))).toEqual([204, undefined])
    await changed('deputy', id, await next(id))
    await next(id)
    expect([await base('mayor', id), await base('deputy', id), await base('lawyer', id)]).toEqual([1, 2, 1])
  })

  it('with the same one after its approval as before it', async () => {
    const { id, review } = await submitted()
    expect(await decide('mayor', id, decision(review))).toEqual([204, undefined])
    // The first one ever has nothing before it, decided or not.
    expect(await base('mayor', id)).toBeUndefined()
    await changed('deputy', id, await next(id))
    const third = await next(id)
    const everybody = async () => [
      await base('mayor', id),
      await base('deputy', id),
      await base('lawyer', id),
    ]
    const before = await everybody()
    expect(await decide('mayor', id, decision(third))).toEqual([204, undefined])
    expect(await everybody()).toEqual(before)
  })
})

describe('opinions', () => {
  afterAll(() => ask([]))
  const say = (who: string, id: string, stance: string, text = '') =>
    outcome(who, 'PUT', `/documents/${id}/review/opinions/legal`, { version: 1, stance, text })

  it('that are asked for come first; one against is overridden with a reason, or stays in the way', async () => {
    await ask(['legal'])
    const { id, review } = await submitted()
    expect((await call<Task[]>('lawyer', 'GET', '/reviews')).json.some((t) => t.document === id)).toBe(true)
    expect(await decide('mayor', id, decision(review))).toEqual([409, 'GATE_CLOSED'])
    expect(await say('mayor', id, 'favourable')).toEqual([403, 'NOT_ALLOWED'])
    expect(await say('lawyer', id, 'against')).toEqual([400, 'INVALID_INPUT'])
    expect(await say('lawyer', id, 'against', REASON)).toEqual([204, undefined])
    expect((await call<Task[]>('lawyer', 'GET', '/reviews')).json.some((t) => t.document === id)).toBe(false)
    expect(await decide('mayor', id, decision(review))).toEqual([409, 'GATE_CLOSED'])
    const short = [{ role: 'legal', reason: REASON.slice(1) }]
    expect(await decide('mayor', id, decision(review, { overrides: short }))).toEqual([409, 'GATE_CLOSED'])
    const overrides = [{ role: 'legal', reason: REASON }]
    expect(await decide('mayor', id, decision(review, { overrides }))).toEqual([204, undefined])
  })

  it('are of a person and a role: nobody’s is written over, and each person’s latest counts', async () => {
    await ask(['legal'])
    const { id, review } = await submitted()
    const said = async () =>
      (await call<Review>('miren', 'GET', `/documents/${id}/review`)).json.opinions.map(
        ({ by, stance }) => `${by.id} ${stance}`,
      )
    expect(await say('lawyer', id, 'against', REASON)).toEqual([204, undefined])
    expect(await say('notary', id, 'favourable')).toEqual([204, undefined])
    expect(await said()).toEqual(['lawyer against', 'notary favourable'])
    expect(await decide('mayor', id, decision(review))).toEqual([409, 'GATE_CLOSED'])
    expect(await say('lawyer', id, 'favourable')).toEqual([204, undefined])
    expect(await said()).toEqual(['notary favourable', 'lawyer favourable'])
    const { rows } = server.container.resolve(JOURNAL)
    const kept = await rows.selectFrom('opinion').select('stance').where('document', '=', id).execute()
    expect(kept.map(({ stance }) => stance)).toEqual(['against', 'favourable', 'favourable'])
    const told = await rows
      .selectFrom('audit')
      .select(['actor', 'detail'])
      .where('subject', '=', id)
      .where('action', '=', 'review.opinion')
      .orderBy('n')
      .execute()
    expect(
      told.map(({ actor, detail }) => [actor, (JSON.parse(detail) as { stance: string }).stance]),
    ).toEqual([
      ['lawyer', 'against'],
      ['notary', 'favourable'],
      ['lawyer', 'favourable'],
    ])
    expect(await decide('mayor', id, decision(review))).toEqual([204, undefined])
  })

  it('against after the first of two approvals stops the second one until it is overridden', async () => {
    await ask([], { quorum: 'all', approvers: ['mayor', 'deputy'] })
    const { id, review } = await submitted()
    expect(await decide('mayor', id, decision(review))).toEqual([204, undefined])
    expect(await say('lawyer', id, 'against', REASON)).toEqual([204, undefined])
    expect(await decide('deputy', id, decision(review))).toEqual([409, 'GATE_CLOSED'])
    const shown = (await call<Review>('deputy', 'GET', `/documents/${id}/review`)).json
    expect(shown.opinions).toMatchObject([{ by: { id: 'lawyer' }, stance: 'against', text: REASON }])
    // It can be seen that the first one did not know of it.
    expect(shown.opinions[0]!.at >= shown.version.decisions[0]!.at).toBe(true)
    const overrides = [{ role: 'legal', person: 'lawyer', reason: REASON }]
    expect(await decide('deputy', id, decision(review, { overrides }))).toEqual([204, undefined])
    expect((await envelope(id)).inForce).toBe(1)
  })

  describe('[G8] against, after somebody has approved', () => {
    const back = { verdict: 'request_changes', ...CHANGES }
    const tasks = async (who: string, id: string) =>
      (await call<Task[]>(who, 'GET', '/reviews')).json.filter((task) => task.document === id)
    const kinds = async (who: string, id: string) => (await tasks(who, id)).map(({ kind }) => kind)
    const barred = async (who: string, id: string) =>
      (await call<Review>(who, 'GET', `/documents/${id}/review`)).json.barred
    const told = async (id: string): Promise<string[][]> => {
      const parcels = await passedOn(server, nextcloud)
      return parcels
        .flatMap((parcel) => (parcel.kind === 'notify' ? [parcel.notice] : []))
        .filter(({ kind, document }) => kind === 'against' && document === id)
        .map(({ to }) => to.map((one) => one.id))
    }

    it('is told to them and waits for them; they may ask for changes, and approve no second time', async () => {
      await ask([], { quorum: 'all', approvers: ['mayor', 'deputy'] })
      const { id, review } = await submitted()
      expect(await decide('mayor', id, decision(review))).toEqual([204, undefined])
      expect([await kinds('mayor', id), await barred('mayor', id)]).toEqual([[], 'again'])
      expect(await say('notary', id, 'reservations', REASON)).toEqual([204, undefined])
      expect([await kinds('mayor', id), await barred('mayor', id)]).toEqual([[], 'again'])
      expect(await told(id)).toEqual([])
      expect(await say('lawyer', id, 'against', REASON)).toEqual([204, undefined])
      expect(await told(id)).toEqual([['mayor']])
      expect(await tasks('mayor', id)).toMatchObject([{ kind: 'against', by: { id: 'lawyer' } }])
      expect([await kinds('deputy', id), await barred('mayor', id)]).toEqual([['decide'], 'overtaken'])
      const overrides = [{ role: 'legal', person: 'lawyer', reason: REASON }]
      expect(await decide('mayor', id, decision(review, { overrides }))).toEqual([403, 'NOT_YOUR_TURN'])
      expect(await decide('mayor', id, decision(review, back))).toEqual([204, undefined])
      expect((await envelope(id)).work).toBe('changes_requested')
      expect(await kinds('mayor', id)).toEqual([])
    })

    it('is over when nobody is against any more', async () => {
      await ask([], { quorum: 'all', approvers: ['mayor', 'deputy'] })
      const { id, review } = await submitted()
      expect(await decide('mayor', id, decision(review))).toEqual([204, undefined])
      await say('lawyer', id, 'against', REASON)
      await say('lawyer', id, 'favourable')
      expect([await kinds('mayor', id), await barred('mayor', id)]).toEqual([[], 'again'])
      expect(await decide('mayor', id, decision(review, back))).toEqual([403, 'NOT_YOUR_TURN'])
      const over = (await passedOn(server, nextcloud)).filter(({ kind }) => kind === 'dismiss')
      expect(JSON.stringify(over)).toContain(`${id}/1/against/legal`)
    })

    it('is nothing new to whoever has overridden it', async () => {
      await ask([], { quorum: 'all', approvers: ['mayor', 'deputy'] })
      const { id, review } = await submitted()
      await say('lawyer', id, 'against', REASON)
      await new Promise((resolve) => setTimeout(resolve, 5))
      const overrides = [{ role: 'legal', person: 'lawyer', reason: REASON }]
      expect(await decide('deputy', id, decision(review, { overrides }))).toEqual([204, undefined])
      expect([await kinds('deputy', id), await barred('deputy', id), await told(id)]).toEqual([
        [],
        'again',
        [],
      ])
      expect(await decide('deputy', id, decision(review, back))).toEqual([403, 'NOT_YOUR_TURN'])
    })
  })

  it('are about the version in review', async () => {
    const id = await plan()
    expect(await say('lawyer', id, 'favourable')).toEqual([409, 'CHANGED_MEANWHILE'])
  })
})

describe('an approval', () => {
  it('leaves the server as a file that anybody can check alone; one changed character fails', async () => {
    const { id, review } = await submitted()
    const path = `/documents/${id}/versions/1/approval`
    expect(await outcome('miren', 'GET', path)).toEqual([404, 'NOT_FOUND'])
    await decide('mayor', id, decision(review))
    const { text } = await call('miren', 'GET', path)
    const brought = openReceiptFile(text)
    const keys = (await call<{ publicKey: string }[]>('miren', 'GET', '/keys')).json.map((k) => k.publicKey)
    expect(keys).toEqual([brought.publicKey])
    expect(isConfirmed(await verifyReceipt(brought.receipt, brought.text!, keys))).toBe(true)
    const changed = brought.text!.replace('Haranberri', 'Haranberrj')
    expect(isConfirmed(await verifyReceipt(brought.receipt, changed, keys))).toBe(false)
  })

  it('stands in the chain of what was done', async () => {
    const { id, review } = await submitted()
    await decide('mayor', id, decision(review))
    const { rows } = server.container.resolve(JOURNAL)
    const deeds = await rows.selectFrom('audit').select('action').where('subject', '=', id).execute()
    expect(deeds.map(({ action }) => action)).toEqual(['document.create', 'review.submit', 'review.decide'])
    expect(await firstBreak(rows)).toBeNull()
  })
})

describe('who may call what', () => {
  const routes: [method: string, path: string, body: object | undefined, reader: number][] = [
    ['POST', '/review', {}, 403],
    ['GET', '/review', undefined, 404],
    ['POST', '/review/withdraw', {}, 403],
    ['POST', '/review/resume', {}, 403],
    ['PUT', '/review/opinions/legal', { version: 1, stance: 'favourable' }, 403],
    [
      'POST',
      '/decisions',
      { id: '0b8f2c1e-6a5d-4f3b-9c7e-1d2a3b4c5d6e', version: 1, sha256: 'a'.repeat(64), verdict: 'approve' },
      403,
    ],
    ['GET', '/versions', undefined, 200],
    ['GET', '/versions/1', undefined, 404],
    ['GET', '/versions/1/approval', undefined, 404],
  ]
  it.each(routes)('[A2] %s /documents/:id%s: nothing for outsiders', async (method, path, body, reader) => {
    const id = await plan()
    expect(await outcome('outsider', method, `/documents/${id}${path}`, body)).toEqual([404, 'NOT_FOUND'])
    expect(await outcome('outsider', method, `/documents/${newUuid()}${path}`, body)).toEqual([
      404,
      'NOT_FOUND',
    ])
    expect((await outcome('miren', method, `/documents/${id}${path}`, body))[0]).toBe(reader)
    expect((await outcome(null, method, `/documents/${id}${path}`, body))[0]).toBe(401)
  })
  it.each(['/reviews', '/keys'])('GET %s: anybody signed in', async (path) => {
    expect((await outcome('outsider', 'GET', path))[0]).toBe(200)
    expect((await outcome(null, 'GET', path))[0]).toBe(401)
  })
})
