// SPDX-FileCopyrightText: 2026 Auzolan contributors
// SPDX-License-Identifier: AGPL-3.0-or-later
/** Owns how the tests call the app over HTTP, as a person or as the sync server. */
import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import type { MemberFacts, Principal } from '@auzolan/shared/protocol/teams.ts'
import type { Nextcloud, Person } from './nextcloud.ts'

export const basic = (person: Person): string =>
  `Basic ${Buffer.from(`${person.uid}:${person.password}`).toString('base64')}`

export interface Ocs<T> {
  readonly status: number
  readonly message: string
  readonly data: T
}

export async function ocs<T = Record<string, unknown>>(
  nextcloud: Nextcloud,
  person: Person | null,
  method: string,
  path: string,
  body?: object,
): Promise<Ocs<T>> {
  const answer = await fetch(`${nextcloud.url}/ocs/v2.php${path}`, {
    method,
    headers: {
      'OCS-APIRequest': 'true',
      Accept: 'application/json',
      ...(person === null ? {} : { Authorization: basic(person) }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  const parsed = text.startsWith('{')
    ? (JSON.parse(text) as { ocs: { meta: { message: string }; data: T } }).ocs
    : null
  return { status: answer.status, message: parsed?.meta.message ?? text, data: parsed?.data as T }
}

export interface Relayed {
  readonly method?: string
  readonly body?: Uint8Array<ArrayBuffer> | string
  readonly type?: string
  readonly headers?: Record<string, string>
}

/** Through the relay; the header OCS-APIRequest counts as the CSRF token where Basic authentication is used. */
export function relay(nextcloud: Nextcloud, person: Person | null, path: string, how: Relayed = {}) {
  return fetch(`${nextcloud.url}/index.php/apps/auzolan/relay/${path}`, {
    method: how.method ?? 'GET',
    redirect: 'manual',
    headers: {
      'OCS-APIRequest': 'true',
      ...(person === null ? {} : { Authorization: basic(person) }),
      ...(how.body === undefined ? {} : { 'Content-Type': how.type ?? 'application/json' }),
      ...how.headers,
    },
    ...(how.body === undefined ? {} : { body: how.body }),
  })
}

/** A plan of a team in which the owner coordinates and everybody of the other member may write. Gives the id of the plan. */
export async function planFor(nextcloud: Nextcloud, owner: Person, member: Principal): Promise<string> {
  const ask = async (method: string, path: string, body: object): Promise<string> => {
    const answer = await relay(nextcloud, owner, path, { method, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return ((await answer.json().catch(() => ({}))) as { id: string }).id
  }
  const team = await ask('POST', 'teams', { name: { eu: member.id }, departments: [] })
  await ask('PUT', `teams/${team}/members`, {
    principal: member,
    name: member.id,
    roles: ['editor'],
    department: null,
    expertise: [],
  } satisfies MemberFacts)
  return ask('POST', 'documents', {
    type: 'plan',
    title: { eu: 'Plana' },
    team: { kind: 'team', id: team },
  })
}

export interface SignedCall {
  readonly secret: string
  readonly body?: string
  /** Seconds from now. */
  readonly at?: number
  readonly nonce?: string
  /** What is signed instead of what is sent. */
  readonly signed?: { readonly path?: string; readonly body?: string; readonly method?: string }
}

/** As the sync server calls Nextcloud. */
export async function asServer<T = Record<string, unknown>>(
  nextcloud: Nextcloud,
  what: string,
  call: SignedCall,
): Promise<{ status: number; data: T }> {
  const { secret, body = '{}', at = 0, nonce = randomBytes(16).toString('hex'), signed = {} } = call
  const time = String(Math.floor(Date.now() / 1000) + at)
  const path = signed.path ?? `/apps/auzolan/api/v1/server/${what}`
  const hash = createHash('sha256')
    .update(signed.body ?? body)
    .digest('hex')
  const key = new Uint8Array(hkdfSync('sha256', secret, Buffer.alloc(0), 'auzolan server->nc', 32))
  const signature = createHmac('sha256', key)
    .update([time, nonce, signed.method ?? 'POST', path, hash].join('\n'))
    .digest('hex')
  const answer = await fetch(`${nextcloud.url}/ocs/v2.php/apps/auzolan/api/v1/server/${what}?format=json`, {
    method: 'POST',
    headers: {
      'OCS-APIRequest': 'true',
      'Content-Type': 'application/json',
      'X-Auzolan-Time': time,
      'X-Auzolan-Nonce': nonce,
      'X-Auzolan-Signature': signature,
    },
    body,
  })
  const text = await answer.text()
  const data = text.startsWith('{') ? (JSON.parse(text) as { ocs: { data: T } }).ocs.data : (text as T)
  return { status: answer.status, data }
}
