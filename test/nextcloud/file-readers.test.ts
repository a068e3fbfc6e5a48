// SPDX-FileCopyrightText: 2026 Auzolan contributors
// SPDX-License-Identifier: AGPL-3.0-or-later
/** Owns the route that says who of a team can open a file of Nextcloud Files, with real files and shares. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NEXTCLOUD_START_MS, startNextcloud, type Nextcloud, type Person } from './nextcloud.ts'
import { nextcloudPath } from './php.ts'

const basic = ({ uid, password }: Person): string =>
  `Basic ${Buffer.from(`${uid}:${password}`).toString('base64')}`
const TO_PERSON = 0
const TO_GROUP = 1

describe.runIf(nextcloudPath !== null)('[EV21] who can open a file', { timeout: 60_000 }, () => {
  let nextcloud: Nextcloud
  let ane: Person
  let jon: Person
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
  const share = async (by: Person, path: string, shareType: number, shareWith: string): Promise<string> => {
    const { status, data } = await call(by, 'files_sharing/api/v1/shares', { path, shareType, shareWith })
    expect(status).toBe(200)
    return String(data['id'])
  }

  beforeAll(async () => {
    nextcloud = await startNextcloud()
    ane = await nextcloud.addUser('ane', 'ane-password', 'Ane')
    jon = await nextcloud.addUser('jon', 'jon-password', 'Jon')
    // A name that PHP takes for a number when it is a key.
    await nextcloud.addUser('2026', 'mikel-password', 'Mikel')
    await nextcloud.addUser('itziar', 'itziar-password', 'Itziar')
    await nextcloud.addGroup('legal', 'itziar')
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
      can: ['ane'],
      cannot: ['jon', '2026', 'itziar', 'nobody'],
    })
  })

  test('follows what is shared with a person and with a group, also with people who never signed in', async () => {
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
      can: ['ane', 'jon'],
      cannot: ['itziar'],
    })
    // In the bin nobody opens it from a link.
    await fetch(`${folder}/Certificate.pdf`, { method: 'DELETE', headers })
    expect((await readers(ane, inside, ['ane'])).status).toBe(404)
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
