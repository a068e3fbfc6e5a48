/** What many ask for at the same moment is read at once, and everybody gets their own. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROLES, type Role } from '@auzolan/shared/grants.ts'
import { newUuid, type DocumentId, type PersonId, type TeamId } from '@auzolan/shared/ids.ts'
import { GROUPS_IN_TOKEN_MAX } from '@auzolan/shared/limits.ts'
import type { Principal } from '@auzolan/shared/protocol/teams.ts'
import { Compaction } from '@auzolan/server/src/compaction/compaction.ts'
import { Documents } from '@auzolan/server/src/documents/documents.ts'
import { SqliteJournal } from '@auzolan/server/src/journal/sqlite/journal.ts'
import { Teams } from '@auzolan/server/src/teams/teams.ts'
import { oneOf, seeded, under } from '../support/random.ts'
import { temporaryFolder } from '../support/server.ts'

const now = (): Date => new Date('2026-05-04T10:00:00Z')
let folder: string
let journal: SqliteJournal
let teams: Teams
beforeAll(async () => {
  folder = await temporaryFolder()
  journal = await SqliteJournal.open(join(folder, 'auzolan.sqlite'), now)
  teams = new Teams(journal, now)
})
afterAll(async () => {
  await journal.close()
  await rm(folder, { recursive: true })
})

const team = async (...members: { principal: Principal; roles: readonly Role[] }[]): Promise<TeamId> =>
  teams.create(
    { name: { eu: 'Taldea' }, departments: [] },
    members.map((member) => ({ ...member, name: member.principal.id, department: null, expertise: [] })),
  )
const person = (id: string, groups: string[] = [], circles: string[] = []) => ({
  person: id as PersonId,
  groups,
  teams: circles,
})

describe('the roles of people who ask at the same moment', () => {
  it('are their own: by name, by group and by Nextcloud Team, whoever asks beside them', async () => {
    const random = seeded(7)
    // The same word is a person, a group and a Nextcloud Team.
    const words = ['ane', 'jon', 'kultura', 'gazteria', 'circle', 'person', 'group', 'team', '']
    const kinds = ['person', 'group', 'team'] as const
    const facts = Array.from({ length: 30 }, () =>
      [...new Set(Array.from({ length: 3 }, () => `${oneOf(random, kinds)} ${oneOf(random, words)}`))].map(
        (key) => ({
          principal: { kind: key.split(' ')[0], id: key.slice(key.indexOf(' ') + 1) } as Principal,
          roles: ROLES.filter(() => random() < 0.5),
        }),
      ),
    ).map((members) => members.filter(({ principal, roles }) => principal.id !== '' && roles.length > 0))
    const made: { id: TeamId; members: (typeof facts)[number] }[] = []
    for (const members of facts) made.push({ id: await team(...members), members })
    const people = Array.from({ length: 60 }, () =>
      person(
        oneOf(random, words.slice(0, -1)),
        words.filter((word) => word !== '' && random() < 0.3),
        words.filter((word) => word !== '' && random() < 0.3),
      ),
    )
    const answers = await Promise.all(people.map((one) => teams.rolesOf(one)))
    answers.forEach((roles, i) => {
      const { person: id, groups, teams: circles } = people[i]!
      const own = (principal: Principal): boolean =>
        ({ person: [id as string], group: groups, team: circles })[principal.kind].includes(principal.id)
      for (const { id: of, members } of made) {
        const held = members.filter(({ principal }) => own(principal)).flatMap((member) => member.roles)
        expect(roles.get(of) ?? []).toEqual(ROLES.filter((role) => held.includes(role)))
      }
    })
    expect(answers.some((roles) => roles.size > 0)).toBe(true)
    // Inside a transaction nobody waits for others.
    expect(await journal.transact((rows) => teams.rolesOf(people[3]!, rows))).toEqual(answers[3])
  })

  it('come, however many groups all of them are in', async () => {
    const groupsOf = (who: number): string[] =>
      Array.from({ length: GROUPS_IN_TOKEN_MAX }, (_, i) => `g${who}-${i}`)
    const ids = await Promise.all(
      [0, 249, 499].map((who) =>
        team({ principal: { kind: 'group', id: groupsOf(who).at(-1)! }, roles: ['editor'] }),
      ),
    )
    const people = Array.from({ length: 500 }, (_, who) => person(`p${who}`, groupsOf(who), groupsOf(who)))
    const answers = await Promise.all(people.map((one) => teams.rolesOf(one)))
    expect(answers.flatMap((roles, who) => [...roles.keys()].map((id) => [who, ids.indexOf(id)]))).toEqual([
      [0, 0],
      [249, 1],
      [499, 2],
    ])
  })

  it('are of after what was written before they asked', async () => {
    const [stays, goes] = ['stays', 'goes'].map((id): Principal => ({ kind: 'person', id }))
    const id = await team(
      { principal: stays!, roles: ['coordinator'] },
      { principal: goes!, roles: ['coordinator'] },
    )
    const claims = { ...person('stays'), name: '', admin: false, language: 'es', issuedAt: 0 }
    // Others are being answered all the time.
    let over = false
    const others = Array.from({ length: 20 }, async (_, i) => {
      while (!over) await teams.rolesOf(person(`other${i}`))
    })
    expect(await teams.removeMember(id, goes!, claims)).toBeNull()
    expect((await teams.rolesOf(person('goes'))).get(id)).toBeUndefined()
    expect((await teams.rolesOf(person('stays'))).get(id)).toEqual(['coordinator'])
    over = true
    await Promise.all(others)
  })
})

describe('documents that are looked for at the same moment', () => {
  it('are each found, twice when two ask, and those that are not there are not', async () => {
    const compaction = new Compaction()
    const documents = new Documents(journal, compaction, teams, now)
    await compaction.close()
    const teamId = await team({ principal: { kind: 'person', id: 'ane' }, roles: ['coordinator'] })
    const ids = Array.from({ length: 20 }, () => newUuid() as DocumentId)
    const at = now().toISOString()
    for (const [i, id] of ids.entries())
      await journal.rows
        .insertInto('document')
        .values({
          id,
          type: 'plan',
          title: JSON.stringify({ eu: `Plan ${i}` }),
          languages: '["eu"]',
          team_id: teamId,
          work: 'draft',
          archived: 0,
          visibility: 'team',
          created_by: 'ane',
          created_at: at,
          updated_at: at,
        })
        .execute()
    const random = seeded(4)
    const asked = Array.from({ length: 700 }, () =>
      random() < 0.2 ? (newUuid() as DocumentId) : ids[under(random, ids.length)]!,
    )
    const found = await Promise.all(asked.map((id) => documents.find(id)))
    found.forEach((document, i) => {
      const n = ids.indexOf(asked[i]!)
      expect(document?.title.eu ?? null).toBe(n < 0 ? null : `Plan ${n}`)
    })
  })
})
