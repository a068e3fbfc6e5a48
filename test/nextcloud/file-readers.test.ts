// SPDX-FileCopyrightText: 2026 Auzolan contributors
// SPDX-License-Identifier: AGPL-3.0-or-later
/** Owns the route that says who of a team can open a file of Nextcloud Files, with real files and shares. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NEXTCLOUD_START_MS, startNextcloud, type Nextcloud, type Person } from './nextcloud.ts'
import { nextcloudPath } from './php.ts'

const basic = ({ uid, password }: Person): string =>
  `Basic ${Buffer.from(`${uid}:${password}`).toString('base64')}`
const TO_PERSON = 0
const TO_GROUP = 1
const READ = 1
const READ_AND_SHARE = 17

describe.runIf(nextcloudPath !== null)('[EV21] who can open a file', { timeout: 60_000 }, () => {
  let nextcloud: Nextcloud
  let ane: Person
  let jon: Person
  let itziar: Person
  let contract: number

  const call = async (person: Person | null, path: string, body?: object, method = 'POST') => {
    const answer = await fetch(`${nextcloud.url}/ocs/v2.php/apps/${path}`, {
      method,
      headers: {
        'OCS-APIRequest': 'true',
        Accept: 'application/json',
        ...(person ? { Authorization: basic(person) } : {}),
        ...(body ? { 'Content-Type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const { ocs } = (await answer.json()) as { ocs: { data: Record<string, unknown> } }
    return { status: answer.status, data: ocs.data }
  }
  const readers = (person: Person | null, file: number | string, people: unknown) =>
    call(person, `auzolan/api/v1/files/${file}/readers`, { people })
  /** @returns its id */
  async function upload(person: Person, name: string): Promise<number> {
    const address = `${nextcloud.url}/remote.php/dav/files/${person.uid}/${name}`
    const headers = { Authorization: basic(person) }
    const put = await fetch(address, { method: 'PUT', headers, body: 'text' })
    return parseInt(put.headers.get('oc-fileid') ?? '', 10)
  }
  const share = async (
    by: Person,
    path: string,
    shareType: number,
    shareWith: string,
    permissions?: number,
  ): Promise<string> => {
    const body = { path, shareType, shareWith, ...(permissions === undefined ? {} : { permissions }) }
    const { status, data } = await call(by, 'files_sharing/api/v1/shares', body)
    expect(status).toBe(200)
    return String(data['id'])
  }

  beforeAll(async () => {
    nextcloud = await startNextcloud()
    ane = await nextcloud.addUser('ane', 'ane-password', 'Ane')
    jon = await nextcloud.addUser('jon', 'jon-password', 'Jon')
    // A name that PHP takes for a number when it is a key.
    const mikel = await nextcloud.addUser('2026', 'mikel-password', 'Mikel')
    itziar = await nextcloud.addUser('itziar', 'itziar-password', 'Itziar')
    await nextcloud.addGroup('legal', 'itziar')
    for (const person of [ane, jon, mikel, itziar]) await readers(person, 1, [])
    contract = await upload(ane, 'Contract.pdf')
    expect(contract).toBeGreaterThan(0)
  }, NEXTCLOUD_START_MS)
  afterAll(async () => nextcloud?.stop())

  const PEOPLE = ['ane', 'jon', '2026', 'itziar', 'nobody']

  test('is told to who can open it: at first the one whose file it is', async () => {
    const { status, data } = await readers(ane, contract, PEOPLE)
    expect(status).toBe(200)
    expect(data).toEqual({
      name: 'Contract.pdf',
      others: true,
      can: ['ane'],
      cannot: ['jon', '2026', 'itziar', 'nobody'],
    })
  })

  test('follows what is shared with a person and with a group', async () => {
    const shared = await share(ane, '/Contract.pdf', TO_PERSON, '2026')
    await share(ane, '/Contract.pdf', TO_GROUP, 'legal')
    expect((await readers(ane, contract, PEOPLE)).data).toMatchObject({
      can: ['ane', '2026', 'itziar'],
      cannot: ['jon', 'nobody'],
    })
    await call(ane, `files_sharing/api/v1/shares/${shared}`, undefined, 'DELETE')
    expect((await readers(ane, contract, ['2026'])).data).toMatchObject({ can: [], cannot: ['2026'] })
  })

  test('follows the folder a file lies in', async () => {
    const headers = { Authorization: basic(ane) }
    const folder = `${nextcloud.url}/remote.php/dav/files/ane/Evaluation`
    await fetch(folder, { method: 'MKCOL', headers })
    const inside = await upload(ane, 'Evaluation/Certificate.pdf')
    await share(ane, '/Evaluation', TO_PERSON, 'jon')
    expect((await readers(jon, inside, ['ane', 'jon', 'itziar'])).data).toEqual({
      name: 'Certificate.pdf',
      others: true,
      can: ['ane', 'jon'],
      cannot: ['itziar'],
    })
    // In the bin nobody opens it from a link.
    await fetch(`${folder}/Certificate.pdf`, { method: 'DELETE', headers })
    expect((await readers(ane, inside, ['ane'])).status).toBe(404)
  })

  test('of others is told as Files tells it: to who owns it or may share it on, not to who only reads it', async () => {
    const file = await upload(ane, 'Offer.pdf')
    await share(ane, '/Offer.pdf', TO_GROUP, 'legal', READ)
    const shared = await share(ane, '/Offer.pdf', TO_PERSON, 'jon', READ)
    const asked = ['ane', 'jon', 'itziar', '2026']
    expect((await readers(jon, file, asked)).data).toEqual({
      name: 'Offer.pdf',
      others: false,
      can: ['jon'],
      cannot: [],
    })
    const permissions = { permissions: READ_AND_SHARE }
    await call(ane, `files_sharing/api/v1/shares/${shared}`, permissions, 'PUT')
    const told = { others: true, can: ['ane', 'jon', 'itziar'], cannot: ['2026'] }
    expect((await readers(jon, file, asked)).data).toMatchObject(told)
    // Who may share nothing owns what is theirs all the same.
    const own = await upload(itziar, 'Own.pdf')
    const excluded = (which: string) =>
      nextcloud.occ('config:app:set', 'core', 'shareapi_exclude_groups', `--value=${which}`)
    await nextcloud.occ('config:app:set', 'core', 'shareapi_exclude_groups_list', '--value=["legal"]')
    await excluded('yes')
    expect((await readers(itziar, own, ['itziar', 'jon'])).data).toMatchObject({
      others: true,
      can: ['itziar'],
      cannot: ['jon'],
    })
    await excluded('no')
  })

  test('of who has never signed in it cannot be said, and asking makes them no storage', async () => {
    const late = await nextcloud.addUser('late', 'late-password', 'Late')
    await share(ane, '/Contract.pdf', TO_PERSON, 'late')
    const home = join(nextcloud.tree, '../data/late')
    expect(existsSync(join(home, '../ane'))).toBe(true)
    const asked = await readers(ane, contract, ['ane', 'late'])
    expect(asked.data).toMatchObject({ others: true, can: ['ane'], cannot: [] })
    expect(existsSync(home)).toBe(false)
    expect((await readers(late, contract, ['late'])).data).toMatchObject({ can: ['late'] })
  })

  test('says no more of a file that one cannot open than of one that is not there', async () => {
    const hidden = await readers(jon, contract, PEOPLE)
    const missing = await readers(jon, 999_999_999, PEOPLE)
    expect(hidden.status).toBe(404)
    expect(hidden).toEqual(missing)
    expect(JSON.stringify(hidden)).not.toContain('Contract')
  })

  test('of an account that is switched off says no', async () => {
    await nextcloud.occ('user:disable', 'itziar')
    expect((await readers(ane, contract, ['itziar'])).data).toMatchObject({ cannot: ['itziar'] })
  })

  test('is told to nobody who is not signed in', async () => {
    expect((await readers(null, contract, PEOPLE)).status).toBe(401)
  })

  test.each<[string, unknown, number]>([
    ['as many as may be', Array<string>(50).fill('ane'), 200],
    ['one more', Array<string>(51).fill('ane'), 400],
    ['nobody', [], 200],
    ['no list', 'ane', 400],
    ['names by name', { a: 'ane' }, 400],
    ['no names', [[1]], 400],
    ['a name that is none', [''], 400],
    ['a name as long as may be', ['x'.repeat(64)], 200],
    ['a longer one', ['x'.repeat(65)], 400],
    ['nothing', undefined, 400],
  ])('asked about %s', async (_what, people, status) => {
    expect((await readers(ane, contract, people)).status).toBe(status)
  })

  test.each(['1a', '-1', '9'.repeat(19)])('of %s there is no such address', async (file) => {
    expect((await readers(ane, file, [])).status).toBe(404)
  })

  test('is rationed for each person', async () => {
    const looping = await nextcloud.addUser('looping', 'looping-password', 'Looping')
    const answers: number[] = []
    for (let i = 0; i < 61; i++) {
      const answer = await fetch(
        `${nextcloud.url}/ocs/v2.php/apps/auzolan/api/v1/files/${contract}/readers`,
        {
          method: 'POST',
          headers: {
            'OCS-APIRequest': 'true',
            'Content-Type': 'application/json',
            Authorization: basic(looping),
          },
          body: '{"people":[]}',
        },
      )
      answers.push(answer.status)
    }
    expect(answers).toEqual([...Array<number>(60).fill(404), 429])
  })
})
