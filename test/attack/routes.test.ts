/**
 * Every route there is, found in the program itself: asked by nobody, by a stranger, by a reader, and with whatever a hostile page may send.
 * A route that is added is in here from the first day.
 */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newUuid, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import { DOCUMENTS, JOURNAL, TEAMS } from '@auzolan/server/src/container.ts'
import { sign } from '../support/nextcloud-host.ts'
import { oneOf, seeded } from '../support/random.ts'
import { NUMBERS, TEXTS, spoilt } from '../support/hostile-words.ts'
import { collecting, isOfHost, said, type Route } from '../support/routes.ts'
import { startReviewed, wholePlan, type Reviewed } from '../support/reviewed.ts'
import { suggest } from '../support/suggested.ts'
import { teamOf } from '../support/teams.ts'

let r: Reviewed
let routes: readonly Route[]
/** Of a team that nobody else is in: a plan and an evaluation. */
let plan: DocumentId
let evaluation: DocumentId
let team: string
/** Of a tool that somebody has named. */
let suggestion: string
beforeAll(async () => {
  const { routes: found, stop } = collecting()
  r = await startReviewed()
  stop()
  routes = found.filter(({ path }) => !isOfHost(path))
  ;({ plan, evaluation, team } = await documents())
  suggestion = (await suggest(r, 'jon', 'Tresna Berria', { whatFor: 'Probak egiteko' })).id
})
afterAll(() => r.stop())

async function documents(): Promise<{ plan: DocumentId; evaluation: DocumentId; team: string }> {
  const teams = r.server.container.resolve(TEAMS)
  const team = await teamOf(
    teams,
    'Taldea',
    ['group', 'Idazleak', 'coordinator'],
    ['group', 'Irakurleak', 'reader'],
  )
  const made = r.server.container.resolve(DOCUMENTS)
  const by = 'ane' as PersonId
  const plan = await made.create({ teamId: team, languages: ['eu', 'es'], template: wholePlan(), by })
  const evaluation = await made.create({
    ...{ type: 'evaluation', teamId: team, languages: ['eu'], template: {}, by },
  } as Parameters<typeof made.create>[0])
  return { plan, evaluation, team }
}

interface Asking {
  readonly person: string
  readonly groups?: readonly string[]
  readonly admin?: boolean
}
async function ask(
  who: Asking | null,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; text: string }> {
  const token = who && (await sign(who))
  const response = await fetch(`${r.server.url}/api/v1${path}`, {
    method: method.toUpperCase(),
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined || method === 'get' ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, text: await response.text() }
}

const filled = (path: string, value: (name: string) => string): string =>
  path.replace(/:(\w+)/g, (_, name: string) => value(name))
const bodyOf = ({ method }: Route): unknown => (method === 'get' ? undefined : {})

describe('[AT1] every route', () => {
  it('is found', () => {
    expect(routes.length).toBeGreaterThan(120)
    expect(new Set(routes.map(said)).size).toBe(routes.length)
  })

  it('says no to whoever has not signed in, or with a token of somebody else’s making', async () => {
    const path = (route: Route): string => filled(route.path, () => plan)
    const open: string[] = []
    for (const route of routes) {
      const { status } = await ask(null, route.method, path(route), bodyOf(route))
      if (status !== 401) open.push(`${status} ${said(route)}`)
      const forged = await fetch(`${r.server.url}/api/v1${path(route)}`, {
        method: route.method.toUpperCase(),
        headers: { authorization: `Bearer ${await sign({ person: 'ane', secret: 'x'.repeat(64) })}` },
      })
      if (forged.status !== 401) open.push(`${forged.status} ${said(route)}, forged`)
      await forged.body?.cancel()
    }
    expect(open).toEqual([])
  })

  it('is for a stranger as if nothing were there: a document, a team', async () => {
    const stranger = { person: 'outsider' }
    const differing: string[] = []
    for (const route of routes.filter(({ path }) => /^\/(documents|teams)\/:id/.test(path))) {
      // Each of another person: what one may ask for in a second has a limit of its own.
      const who = { ...stranger, person: `outsider-${differing.length}-${routes.indexOf(route)}` }
      const [there, ...elsewhere] = [route.path.startsWith('/teams') ? team : plan, evaluation]
      for (const id of [there, ...elsewhere]) {
        const own = (real: string): string => filled(route.path, (name) => (name === 'id' ? real : '1'))
        const known = await ask(who, route.method, own(id), bodyOf(route))
        const unknown = await ask(who, route.method, own(newUuid()), bodyOf(route))
        if (known.status < 400 || known.status !== unknown.status || known.text !== unknown.text)
          differing.push(`${known.status} ${unknown.status} ${said(route)}`)
      }
    }
    expect(differing).toEqual([])
  })
})

const PARTS = [...TEXTS, '0', '-1', '999999999', '1e3', 'NaN', 'x'.repeat(3_000), 'submit', 'open', 'legal']

/** Of a refusal, as many signs are shown. */
const DETAIL_CUT = 90
/** Fills in what a refusal asks for: each says what was expected, and where. */
function put(
  body: unknown,
  detail: string,
  pick: <T>(of: readonly T[]) => T,
  ids: readonly string[],
): unknown {
  let now = structuredClone(body)
  for (const [, expected, where] of detail.matchAll(/✖ ([^\n]*)(?:\n\s*→ at ([^\n]*))?/g)) {
    const stranger = /Unrecognized keys?: (.*)/.exec(expected!)
    // A long refusal is cut off: what has lost its place is asked for again the next time.
    if (where === undefined && !stranger && detail.length >= DETAIL_CUT) continue
    const at = (where ?? '').match(/[^.[\]"]+/g) ?? []
    if (stranger) {
      const target = at.reduce<unknown>((all, key) => (all as Record<string, unknown> | null)?.[key], now)
      for (const [, key] of stranger[1]!.matchAll(/"([^"]*)"/g))
        delete (target as Record<string, unknown>)?.[key!]
      continue
    }
    const value = valueFor(expected!, pick, ids)
    if (at.length === 0) now = value
    else {
      if (typeof now !== 'object' || now === null) now = {}
      let target = now as Record<string, unknown>
      for (const [i, key] of at.slice(0, -1).entries()) {
        if (typeof target[key] !== 'object' || target[key] === null)
          target[key] = /^\d+$/.test(at[i + 1]!) ? [] : {}
        target = target[key] as Record<string, unknown>
      }
      target[at.at(-1)!] = value
    }
  }
  return now
}
function valueFor(expected: string, pick: <T>(of: readonly T[]) => T, ids: readonly string[]): unknown {
  const options = [...expected.matchAll(/"([^"]*)"/g)].map(([, one]) => one!)
  if (options.length > 0) return pick(options)
  const least = /string to have >=(\d+)/.exec(expected)
  if (least) return 'x'.repeat(Number(least[1]))
  if (/UUID|uuid/.test(expected)) return pick(ids)
  if (/ISO date|date/.test(expected)) return '2026-11-27'
  if (/expected (number|int)/.test(expected)) return pick(NUMBERS)
  if (/expected boolean/.test(expected)) return pick([true, false])
  if (/expected array/.test(expected)) return pick([[], [{}], ['x'], [pick(ids)]])
  if (/expected (object|record)/.test(expected)) return pick([{}, { eu: 'x' }, { eu: pick(TEXTS), es: 'y' }])
  return pick([...TEXTS, ...ids])
}
/** What may stand there in a path, so that a call comes as far as it can. */
function known(path: string, name: string): readonly string[] {
  if (name === 'id')
    return path.startsWith('/teams')
      ? [team]
      : path.startsWith('/suggestions')
        ? [suggestion]
        : [plan, evaluation]
  return (
    {
      n: ['1'],
      list: ['networks', 'phrases', 'licences'],
      department: ['kultura'],
      role: ['legal', 'language', 'accessibility'],
      language: ['eu', 'es'],
      command: ['submit', 'approve', 'open', 'close', 'return', 'schedule'],
      sha256: ['0'.repeat(64)],
      person: ['ane'],
      me: ['me'],
    }[name] ?? [newUuid(), '1']
  )
}
/** Answers of a kind that no input may bring about. */
const isFault = ({ status }: { status: number }): boolean => status >= 500
const STEPS = 24

describe('[AT2] whatever is sent', () => {
  async function pressed(
    who: (i: number) => Asking,
    chosen: readonly Route[],
    seed: number,
  ): Promise<string[]> {
    const next = seeded(seed)
    const pick = <T>(of: readonly T[]): T => oneOf(next, of)
    const faults: string[] = []
    const reached = new Set<string>()
    for (const [i, route] of chosen.entries()) {
      const ids = [plan, evaluation, team, suggestion, newUuid()]
      const person = who(i)
      let body: unknown = {}
      for (let step = 0; step < STEPS; step++) {
        const path = filled(route.path, (name) =>
          encodeURIComponent(next() < 0.8 ? pick(known(route.path, name)) : pick([...ids, ...PARTS])),
        )
        const query =
          route.method === 'get' && next() < 0.7
            ? `?${['q', 'from', 'to', 'month', 'tool', 'data', 'level', 'format', 'path', 'n', 'language']
                .filter(() => next() < 0.4)
                .map((key) => `${key}=${encodeURIComponent(pick(TEXTS))}`)
                .join('&')}`
            : ''
        const sent = step > 2 && next() < 0.3 ? spoilt(body, pick) : body
        const answer = await ask(person, route.method, path + query, sent)
        if (isFault(answer))
          faults.push(`${answer.status} ${said(route)} ${path}${query} ${JSON.stringify(sent)}`)
        if (answer.status < 300) reached.add(said(route))
        if (answer.status >= 400 && answer.text !== '' && typeof problemOf(answer.text)?.code !== 'string')
          faults.push(`no words: ${answer.status} ${said(route)}`)
        const detail = problemOf(answer.text)?.detail
        if (answer.status === 400 && detail) body = put(body, detail, pick, ids)
      }
    }
    // Else nothing but refusals was tried.
    expect(reached.size).toBeGreaterThan(chosen.length / 3)
    return faults
  }
  const last = (all: readonly Route[]): Route[] =>
    all.toSorted((a, b) => Number(/trash|delete/.test(said(a))) - Number(/trash|delete/.test(said(b))))

  it('a reader changes nothing of a document or its team', async () => {
    const { rows } = r.server.container.resolve(JOURNAL)
    const own = new Set(['seen', 'acknowledged', 'digest', 'commenter', 'passage', 'touched', 'contribution'])
    const { rows: tables } = await sql<{ name: string }>`
      select m.name from sqlite_master m join pragma_table_info(m.name) c
      where m.type = 'table' and c.name in ('document', 'team_id') group by m.name`.execute(rows)
    const kept = async (): Promise<unknown> => {
      const all: Record<string, unknown> = {}
      for (const { name } of tables.filter((table) => !own.has(table.name))) {
        const found = await sql`select * from ${sql.table(name)}`.execute(rows)
        all[name] = found.rows
      }
      return all
    }
    const before = await kept()
    const changing = routes.filter(
      ({ method, path }) => method !== 'get' && /^\/(documents|teams)\/:id/.test(path),
    )
    const answers: string[] = []
    const next = seeded(11)
    const pick = <T>(of: readonly T[]): T => oneOf(next, of)
    for (const route of changing) {
      let body: unknown = {}
      for (let step = 0; step < 8; step++) {
        const id = route.path.startsWith('/teams') ? team : pick([plan, evaluation])
        const path = filled(route.path, (name) => encodeURIComponent(name === 'id' ? id : pick(PARTS)))
        // Each of another person: what one may change in a second has a limit of its own.
        const reader = { person: `reader${changing.indexOf(route)}`, groups: ['Irakurleak'] }
        const answer = await ask(reader, route.method, path, body)
        if (answer.status < 300) answers.push(said(route))
        const detail = problemOf(answer.text)?.detail
        if (answer.status === 400 && detail) body = put(body, detail, pick, [id])
      }
    }
    expect(await kept()).toEqual(before)
    // How far they have read, and what they were told: their own, and nothing of the document.
    expect([...new Set(answers)].sort()).toEqual([
      'DELETE /documents/:id/mentions',
      'PUT /documents/:id/seen',
    ])
  }, 240_000)

  it('by whoever coordinates, is taken or refused in words, and never brings about a fault', async () => {
    const faults = await pressed((i) => ({ person: `w${i}`, groups: ['Idazleak'] }), last(routes), 7)
    expect(faults).toEqual([])
  }, 240_000)

  it('by an administrator, too', async () => {
    ;({ plan, evaluation, team } = await documents())
    const faults = await pressed(
      (i) => ({ person: `root${i}`, groups: ['Idazleak'], admin: true }),
      last(routes),
      8,
    )
    expect(faults).toEqual([])
  }, 240_000)
})

function problemOf(text: string): { readonly code?: unknown; readonly detail?: string } | null {
  try {
    return JSON.parse(text) as { code?: unknown; detail?: string }
  } catch {
    return null
  }
}
