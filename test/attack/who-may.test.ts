/**
 * Who may do what, where: every route, asked with a call that is right in every word by somebody of every role, of a document in every
 * state. What the program answers stands in `who-may.txt`, for people to read; whoever changes a right changes that file as well.
 *
 * Nothing is changed by asking: each transaction is taken back when it has got to its end.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { sql, type Transaction } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { isRefusal } from '@auzolan/shared/codes.ts'
import { newUuid } from '@auzolan/shared/ids.ts'
import { JOURNAL } from '@auzolan/server/src/container.ts'
import { Rations } from '@auzolan/server/src/gateway/rations.ts'
import type { Tables } from '@auzolan/server/src/journal/journal.ts'
import { PEOPLE, STATES, furnish, type Furnished, type House, type Letter } from '../support/furnished.ts'
import { GOOD_CALLS, callOf, named, type Route } from '../support/good-calls.ts'
import { collecting, isOfHost, said } from '../support/routes.ts'
import { spoilt } from '../support/hostile-words.ts'
import { sign } from '../support/nextcloud-host.ts'
import { oneOf, seeded } from '../support/random.ts'
import { startReviewed, type Reviewed } from '../support/reviewed.ts'

const LETTERS = Object.keys(PEOPLE) as Letter[]
let r: Reviewed
let house: House
const tokens = {} as Record<Letter, string>
/** For five minutes; asking all of it may take longer. */
async function signIn(): Promise<void> {
  for (const letter of LETTERS)
    tokens[letter] = await sign({ person: PEOPLE[letter].person, admin: letter === 'A', expires: 290 })
}

/** What a request has come to; each has its own, whatever else the server does meanwhile. */
interface Asked {
  isOver: boolean
  isUndone: boolean
}
const asked = new AsyncLocalStorage<Asked>()
const underWay = new Map<string, Asked>()
const begins = (message: unknown): void => {
  const { request } = message as { request: IncomingMessage }
  asked.enterWith(underWay.get(String(request.headers['x-asked'])) ?? { isOver: true, isUndone: false })
}
let routes: readonly string[]
beforeAll(async () => {
  const { routes: found, stop } = collecting()
  r = await startReviewed()
  stop()
  routes = found.filter(({ path }) => !isOfHost(path)).map(said)
  house = await furnish(r)
  await signIn()
  // Known from now on; that is written down before anything else.
  for (const letter of LETTERS)
    await fetch(`${r.server.url}/api/v1/teams`, { headers: { authorization: `Bearer ${tokens[letter]}` } })
  vi.spyOn(Rations.prototype, 'wait').mockResolvedValue(null)
  const journal = r.server.container.resolve(JOURNAL)
  const transact = journal.transact.bind(journal)
  // What the log needs for itself is nobody's deed.
  for (const upkeep of ['compact', 'renew', 'release'] as const) {
    const own = journal[upkeep].bind(journal) as (...given: unknown[]) => Promise<never>
    journal[upkeep] = (...given: unknown[]) => asked.exit(() => own(...given))
  }
  journal.transact = (work) =>
    transact(async (rows) => {
      const here = asked.getStore()
      const before = await changesOf(rows)
      const result = await work(rows)
      if (!here || here.isOver || isRefusal(result) || (await changesOf(rows)) === before) return result
      here.isUndone = true
      throw new Error('taken back')
    })
  subscribe('http.server.request.start', begins)
})
afterAll(async () => {
  unsubscribe('http.server.request.start', begins)
  await r.stop()
})

const changesOf = async (rows: Transaction<Tables>): Promise<number> => {
  const { rows: found } = await sql<{ n: number }>`select total_changes() as n`.execute(rows)
  return found[0]!.n
}

/** `X` done, `x` theirs to do, though not with this document now; a dot where they are told that it is not theirs. */
type Mark = 'done' | 'not now' | 'no'
async function ask(
  route: Route,
  plan: Furnished,
  who: Letter,
  change = (body: unknown): unknown => body,
): Promise<{ mark: Mark; said: string }> {
  const { method, path, headers, body: right } = callOf(route, house, plan, who)
  const body = typeof right === 'string' ? JSON.stringify(change(JSON.parse(right))) : right
  const changes = method !== 'GET' && !path.endsWith('/exchange')
  const here: Asked = { isOver: !changes, isUndone: false }
  const id = newUuid()
  underWay.set(id, here)
  const response = await fetch(`${r.server.url}/api/v1${path}`, {
    method,
    headers: { ...headers, authorization: `Bearer ${tokens[who]}`, 'x-asked': id },
    ...(body === undefined ? {} : { body }),
  })
  const said = `${response.status} ${(await response.text()).slice(0, 300)}`
  here.isOver = true
  if (response.ok || here.isUndone) return { mark: 'done', said: here.isUndone ? 'done' : said }
  return { mark: [401, 403, 404].includes(response.status) ? 'no' : 'not now', said }
}

const isOfDocument = ({ route }: Route): boolean =>
  /^\w+ \/documents\/:id/.test(route) && !route.includes('/scoring')

interface Line {
  readonly name: string
  readonly cells: readonly string[]
}
let table: readonly Line[]
/** Calls that were right, and said to be wrong. */
const wrong: string[] = []
beforeAll(async () => {
  const lines: Line[] = []
  for (const route of GOOD_CALLS) {
    await signIn()
    const cells: string[] = []
    for (const state of isOfDocument(route) ? STATES : (['draft'] as const)) {
      const marks = await Promise.all(
        LETTERS.map(async (who) => {
          const { mark, said: words } = await ask(route, house.plans[state], who)
          if (mark === 'not now' && !/^(409|423|412) /.test(words))
            wrong.push(`${named(route)} ${state} ${who} ${words}`)
          return mark === 'done' ? who : mark === 'not now' ? who.toLowerCase() : '·'
        }),
      )
      cells.push(marks.join(''))
    }
    lines.push({ name: named(route), cells })
  }
  table = lines
}, 600_000)

/** As people read it: the same cells side by side under their state. */
function written(): string {
  const width = Math.max(...table.map(({ name }) => name.length)) + 2
  const row = (first: string, cells: readonly string[]): string =>
    (first.padEnd(width) + cells.map((cell) => cell.padEnd(LETTERS.length + 1)).join(' ')).trimEnd()
  const people = LETTERS.map((letter) => `  ${letter}  ${PEOPLE[letter].is}`)
  const [ofDocuments, others] = [true, false].map((wide) =>
    table.filter(({ cells }) => cells.length > 1 === wide).map(({ name, cells }) => row(name, cells)),
  )
  return [
    'Who may do what, as the program answers it (made and held to by who-may.test.ts).',
    'A capital letter: it is done. A small one: it is theirs to do, and not with this document now. A dot: it is not theirs.',
    '',
    ...people,
    '',
    row('Of a plan that is …', STATES),
    ...ofDocuments!,
    '',
    'Of everything else (evaluations in the state in which it is done)',
    ...others!,
    '',
  ].join('\n')
}

describe('[AT3] who may do what', () => {
  it('is what stands in the table', async () => {
    await expect(written()).toMatchFileSnapshot('who-may.txt')
  })
  it('is asked of every route there is, with a call that is right', () => {
    expect([...new Set(GOOD_CALLS.map(({ route }) => route))].toSorted()).toEqual(routes.toSorted())
    expect(wrong).toEqual([])
  })
  it('is something that somebody does: each route is answered to its end', () => {
    const done = new Set(
      GOOD_CALLS.filter((_, i) => table[i]!.cells.some((cell) => /[A-Z]/.test(cell))).map(
        ({ route }) => route,
      ),
    )
    expect(routes.filter((route) => !done.has(route))).toEqual([])
  })
  it('is nothing, for whoever may not read the document; and in the trash it is there for nobody but to be taken back', () => {
    const trash = STATES.indexOf('trash')
    for (const { name, cells } of table.filter((line) => line.cells.length > 1)) {
      for (const state of ['draft', 'in review', 'changes', 'approved', 'archived'] as const)
        expect([name, state, cells[STATES.indexOf(state)]!.slice(-3)]).toEqual([name, state, '···'])
      if (!name.endsWith('/take-back'))
        expect([name, cells[trash]]).toEqual([name, '·'.repeat(LETTERS.length)])
    }
  })
  it('changes nothing of what is archived, but for where it lies, who sees it and that it is opened again', () => {
    const archived = STATES.indexOf('archived')
    const changing = table.filter(({ name, cells }) => cells.length > 1 && !name.startsWith('GET'))
    expect(changing.filter(({ cells }) => /[A-Z]/.test(cells[archived]!)).map(({ name }) => name)).toEqual([
      // Nothing is sent with it.
      'POST /documents/:id/exchange',
      'POST /documents/:id/template',
      'POST /documents/:id/move',
      'POST /documents/:id/duplicate',
      'POST /documents/:id/trash',
      'POST /documents/:id/delegations',
      'PUT /documents/:id/versions/:n/acknowledgement',
      'PUT /documents/:id/visibility',
      'POST /documents/:id/reopen',
      'PUT /documents/:id/seen',
      'DELETE /documents/:id/mentions',
      'PUT /documents/:id/commenting',
      // The right of whoever has given it.
      'POST /documents/:id/consents/:consent/withdraw',
    ])
  })
})

describe('[AT2] whatever is spoilt in a call that is right', () => {
  const next = seeded(12)
  const pick = <T>(of: readonly T[]): T => oneOf(next, of)
  it('by whoever may do it: done, or refused in words', async () => {
    const faults: string[] = []
    for (const [i, route] of GOOD_CALLS.entries()) {
      const at = table[i]!.cells.findIndex((cell) => /[A-Z]/.test(cell))
      if (at < 0 || route.route.startsWith('GET ')) continue
      const who = /[A-Z]/.exec(table[i]!.cells[at]!)![0] as Letter
      for (let n = 0; n < 10; n++) {
        let sent: unknown
        const { said: words } = await ask(
          route,
          house.plans[STATES[at]!],
          who,
          (body) => (sent = spoilt(body, pick)),
        )
        if (words.startsWith('5')) faults.push(`${named(route)} ${JSON.stringify(sent)} ${words}`)
      }
    }
    expect(faults).toEqual([])
  })
})
