/**
 * One call or more for every route of the program that is right in every word, as a page would send it: whoever has the right to it is
 * answered, as long as the document is where that is done. What a route is added for is added here.
 */
import { newUuid } from '@auzolan/shared/ids.ts'
import { EXCHANGE_TYPE, encodeExchange } from '@auzolan/shared/protocol/exchange.ts'
import { DEFAULT_WEIGHTS } from '@auzolan/shared/scoring/criteria.ts'
import { COURSE } from './complete.ts'
import {
  MEDIUM,
  PEOPLE,
  consentOf,
  heardOf,
  moderated,
  nextWeek,
  shaOf,
  today,
  type Furnished,
  type House,
  type Letter,
} from './furnished.ts'
import { REASON } from './reviewed.ts'
import { SAIOA_SHEETS, reasonsFor, sheetOf } from './scored.ts'
import { VOICE } from './suggested.ts'

export interface Good {
  /** What stands in the path; `id` is the document of the table without this. */
  readonly params?: { readonly [name: string]: string }
  readonly query?: string
  readonly body?: unknown
  readonly bytes?: { readonly type: string; readonly content: Uint8Array<ArrayBuffer> }
}
export interface Route {
  readonly route: string
  /** Further words of the path that are told apart, e.g. the command. */
  readonly as?: string
  readonly make: (house: House, plan: Furnished, who: Letter) => Good
}

const of = (route: string, make: Route['make'] = () => ({})): Route => ({ route, make })
const each = (route: string, name: string, values: readonly string[], make: Route['make']): Route[] =>
  values.map((value) => ({
    route,
    as: value,
    make: (house, plan, who) => {
      const good = make(house, plan, who)
      return { ...good, params: { ...good.params, [name]: value } }
    },
  }))
const text = (words: string): object => ({ eu: words, es: words })
const bytesOf = (content: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(content)
const ROLE_OF: { readonly [letter in Letter]?: string } = { L: 'legal', T: 'it', H: 'hr', G: 'language' }
const scores = SAIOA_SHEETS[0]!

export const GOOD_CALLS: readonly Route[] = [
  // Documents
  of('GET /documents'),
  of('POST /documents', () => ({
    body: { type: 'plan', title: text('Beste plan bat'), team: { kind: 'person' } },
  })),
  of('GET /documents/:id'),
  of('GET /documents/:id/attached'),
  of('POST /documents/:id/exchange', () => ({
    bytes: {
      type: EXCHANGE_TYPE,
      content: bytesOf(
        encodeExchange({
          ...{ session: newUuid(), build: 'test', waitMs: 0, updates: [] },
          channels: [
            { channel: 'content', epoch: 0, afterSeq: 0, clientIds: [], presence: new Uint8Array() },
          ],
        }),
      ),
    },
  })),
  of('GET /plans'),
  of('GET /documents/:id/reports', () => ({ query: 'from=2026-01-01&to=2026-12-31' })),
  of('GET /templates'),
  of('POST /documents/:id/template', () => ({
    body: { version: 1, title: text('Eredua'), sentence: 'Denontzat', organisation: false, pictures: false },
  })),
  of('PUT /documents/:id/of-organisation', () => ({ body: { ofOrganisation: true } })),
  of('PUT /documents/:id/parent', () => ({ body: { parent: null } })),
  of('POST /documents/:id/move', ({ neighbours }) => ({ body: { team: neighbours } })),
  of('POST /documents/:id/duplicate', () => ({ body: { title: text('Kopia'), team: { kind: 'person' } } })),
  of('POST /documents/:id/trash', () => ({ body: {} })),
  of('POST /documents/:id/take-back', () => ({ body: {} })),
  of('GET /trash'),
  // The organisation
  of('GET /organisation'),
  of('PUT /organisation', ({ organisation }) => ({ body: organisation })),
  of('GET /weights'),
  of('PUT /weights', () => ({ body: { from: 0, weights: DEFAULT_WEIGHTS } })),
  of('GET /reference'),
  of('GET /reference/:list/editions', () => ({ params: { list: 'phrases' } })),
  of('GET /reference/:list/editions/:n', () => ({ params: { list: 'phrases', n: '1' } })),
  of('PUT /reference/:list', () => ({ params: { list: 'phrases' }, body: phrases(1) })),
  of('POST /reference/:list/preview', () => ({ params: { list: 'phrases' }, body: phrases(1) })),
  // Teams
  of('GET /teams'),
  of('POST /teams', () => ({ body: { name: { eu: 'Hirugarrena' }, departments: [] } })),
  of('GET /teams/:id', ({ team }) => ({ params: { id: team } })),
  of('PUT /teams/:id', ({ team }) => ({ params: { id: team }, body: { name: { eu: 'Izen berria' } } })),
  of('PUT /teams/:id/members', ({ team }) => ({
    params: { id: team },
    body: { principal: { kind: 'person', id: 'berria' }, name: 'Berria', roles: ['reader'] },
  })),
  of('DELETE /teams/:id/members', ({ team }) => ({ params: { id: team }, query: 'kind=person&id=jon' })),
  of('POST /teams/:id/delegations', ({ team }) => ({ params: { id: team }, body: delegated() })),
  of('GET /delegations'),
  of('POST /documents/:id/delegations', () => ({ body: delegated() })),
  of('DELETE /delegations/:id', ({ delegation }) => ({ params: { id: delegation } })),
  // Review
  of('GET /reviews'),
  of('POST /documents/:id/review', () => ({ body: { note: 'Irakurri' } })),
  of('GET /documents/:id/review'),
  of('POST /documents/:id/review/withdraw', () => ({ body: {} })),
  of('POST /documents/:id/review/resume', () => ({ body: {} })),
  of('PUT /documents/:id/review/opinions/:role', (_house, { version }, who) => ({
    params: { role: ROLE_OF[who] ?? 'legal' },
    body: { version, stance: 'favourable', text: REASON },
  })),
  of('POST /documents/:id/decisions', (_house, { version, sha256 }) => ({
    body: { id: newUuid(), version, sha256, verdict: 'approve' },
  })),
  of('GET /documents/:id/versions'),
  of('POST /documents/:id/versions', () => ({ body: { label: 'Beste bat' } })),
  of('GET /documents/:id/versions/:n', (_house, { version }) => ({ params: { n: String(version) } })),
  of('GET /documents/:id/versions/:n/approval', (_house, { version }) => ({
    params: { n: String(version) },
  })),
  of('GET /documents/:id/versions/:n/acknowledgement', (_house, { version }) => ({
    params: { n: String(version) },
  })),
  of('PUT /documents/:id/versions/:n/acknowledgement', (_house, { version }) => ({
    params: { n: String(version) },
    body: {},
  })),
  of('GET /keys'),
  of('PUT /documents/:id/visibility', () => ({ body: { visibility: 'organisation' } })),
  of('GET /documents/:id/publication'),
  of('POST /documents/:id/publication', (_house, { version }) => ({ body: { version } })),
  of('POST /documents/:id/archive', () => ({ body: { reason: REASON } })),
  of('POST /documents/:id/reopen', () => ({ body: {} })),
  of('GET /documents/:id/audit'),
  of('GET /audit', () => ({ query: 'format=csv' })),
  of('GET /administration/data'),
  // History and talk
  of('GET /documents/:id/touched'),
  of('GET /documents/:id/happened'),
  of('PUT /documents/:id/seen', () => ({ body: {} })),
  of('GET /changes', () => ({ query: 'language=eu' })),
  of('GET /documents/:id/commenters'),
  of('GET /documents/:id/comments'),
  of('GET /mentions'),
  of('DELETE /documents/:id/mentions'),
  of('POST /documents/:id/suggestions/:event/accepted', (_house, { suggestion }) => ({
    params: { event: suggestion },
    body: {},
  })),
  of('PUT /documents/:id/commenting', () => ({ body: { commenting: 'members' } })),
  of('GET /digest'),
  of('PUT /digest', () => ({ body: { rhythm: 'daily' } })),
  // Search and links
  of('GET /search', () => ({ query: 'q=kontzertua' })),
  of('GET /house/found', () => ({ query: 'q=gela' })),
  of('GET /house/preview', ({ tool }) => ({ query: `path=${encodeURIComponent(`/tools/${tool}`)}` })),
  // The calendar
  of('GET /calendar', () => ({ query: 'from=2026-11-01&to=2026-11-30' })),
  of('GET /calendars'),
  of('GET /documents/:id/posts'),
  ...each(
    'POST /documents/:id/posts/:post/:command',
    'command',
    ['draft', 'submit', 'return', 'approve', 'schedule', 'publish', 'cancel', 'withdraw'],
    (_house, { post }) => ({ params: { post }, body: { note: REASON } }),
  ),
  of('POST /documents/:id/posts/:post/languages/:language', (_house, { post, postText }) => ({
    params: { post, language: 'eu' },
    body: { sha256: postText },
  })),
  of('GET /documents/:id/calendar.ics'),
  of('GET /documents/:id/posts.csv'),
  // Profiles
  of('GET /documents/:id/profiles'),
  of('GET /documents/:id/profiles/:profile', () => ({ params: { profile: 'mastodon' } })),
  ...each(
    'POST /documents/:id/profiles/:profile/:command',
    'command',
    ['open', 'rest', 'close', 'hand_over', 'reopen'],
    () => ({ params: { profile: 'mastodon' }, body: { note: REASON } }),
  ),
  of('GET /documents/:id/training'),
  ...['jon', 'me'].flatMap((person) => [
    {
      ...of('PUT /documents/:id/training/:training/:person', (_house, _plan, who) => ({
        params: { training: COURSE, person: person === 'me' ? own(who) : person },
        body: { completedOn: '2026-10-01', name: 'Jon' },
      })),
      as: person === 'me' ? 'their own' : 'another’s',
    },
    {
      ...of('DELETE /documents/:id/training/:training/:person', (_house, _plan, who) => ({
        params: { training: COURSE, person: person === 'me' ? own(who) : person },
      })),
      as: person === 'me' ? 'their own' : 'another’s',
    },
  ]),
  of('GET /documents/:id/moderation'),
  of('POST /documents/:id/moderation', () => ({ body: moderated(newUuid()) })),
  of('POST /documents/:id/moderation/:row/confirm', (_house, { block }) => ({
    params: { row: block },
    body: {},
  })),
  // Files, consents, figures, what is heard
  of('GET /documents/:id/files'),
  of('GET /documents/:id/files/:sha256', (_house, { file }) => ({ params: { sha256: file } })),
  of('PUT /documents/:id/files/:sha256', () => ({
    params: { sha256: shaOf(MEDIUM) },
    query: 'name=irudia.png',
    bytes: { type: 'application/octet-stream', content: bytesOf(MEDIUM) },
  })),
  of('DELETE /documents/:id/files/:sha256', (_house, { file }) => ({ params: { sha256: file } })),
  of('GET /documents/:id/consents'),
  of('POST /documents/:id/consents', () => ({ body: consentOf(newUuid()) })),
  of('PUT /documents/:id/consents/:consent', (_house, { consent }) => ({
    params: { consent },
    body: { ...consentOf(consent), revision: 1 },
  })),
  of('POST /documents/:id/consents/:consent/withdraw', (_house, { consent }) => ({
    params: { consent },
    body: { on: today() },
  })),
  of('GET /documents/:id/figures'),
  of('GET /documents/:id/figures/overdue'),
  of('POST /documents/:id/figures', () => ({
    body: {
      ...{ id: newUuid(), source: 'manual' },
      figures: [
        {
          ...{ profile: 'mastodon', metric: 'likes', from: '2026-10-01', to: '2026-10-31' },
          ...{ value: 268, nullReason: null },
        },
      ],
    },
  })),
  of('GET /documents/:id/heard'),
  of('POST /documents/:id/heard', () => ({ body: heardOf(newUuid()) })),
  of('PUT /documents/:id/heard/:mention', (_house, { mention }) => ({
    params: { mention },
    body: { ...heardOf(mention), revision: 1 },
  })),
  of('DELETE /documents/:id/heard/:mention', (_house, { mention }) => ({ params: { mention } })),
  // Evaluations
  of('GET /documents/:id/scoring', ({ scoring }) => ({ params: { id: scoring } })),
  of('PUT /documents/:id/scoring/:n', ({ evaluation }) => ({
    params: { id: evaluation, n: '2' },
    body: { evaluators: [{ person: 'jon', name: 'Jon', department: 'kultura' }] },
  })),
  of('POST /documents/:id/scoring/:n/reveal', ({ sealed }) => ({
    params: { id: sealed, n: '2' },
    body: {},
  })),
  of('POST /documents/:id/scoring/:n/close', ({ evaluation }) => ({
    params: { id: evaluation, n: '1' },
    body: {},
  })),
  of('PUT /documents/:id/scoring/:n/sheet', ({ scoring }) => ({
    params: { id: scoring, n: '2' },
    body: {
      id: newUuid(),
      revision: 0,
      scores: sheetOf(scores),
      reasons: reasonsFor(sheetOf(scores)),
    },
  })),
  of('POST /documents/:id/scoring/:n/sheet/hand-in', ({ scoring }) => ({
    params: { id: scoring, n: '2' },
    body: { revision: 0 },
  })),
  of('POST /documents/:id/scoring/:n/sheet/take-back', ({ scoring }) => ({
    params: { id: scoring, n: '2' },
    body: {},
  })),
  of('PUT /documents/:id/scoring/:n/sheet/conflict', ({ scoring }) => ({
    params: { id: scoring, n: '2' },
    body: { text: REASON },
  })),
  of('POST /tools/alike', () => ({
    body: { name: 'Gela', category: null, address: '', need: {}, document: null },
  })),
  // The catalogue
  of('GET /catalogue'),
  of('GET /catalogue/answer', () => ({ query: 'tool=Gela&data=public&level=individual' })),
  of('GET /catalogue/care'),
  of('GET /catalogue/:id', ({ tool }) => ({ params: { id: tool } })),
  of('PUT /catalogue/:id/uses/:department', ({ tool }) => ({
    params: { id: tool, department: 'kultura' },
    body: {
      ...{ since: '2026-01-10', until: null, level: 'individual', useCase: { eu: 'Zirriborroak' } },
      ...{ people: 6, satisfaction: 4, dataClasses: ['public'] },
    },
  })),
  of('POST /catalogue/:id/uses/:department/confirm', ({ tool }) => ({
    params: { id: tool, department: 'gazteria' },
    body: {},
  })),
  of('DELETE /catalogue/:id/uses/:department', ({ tool }) => ({
    params: { id: tool, department: 'gazteria' },
    body: {},
  })),
  of('PUT /catalogue/:id/materials/:material', ({ tool }) => ({
    params: { id: tool, material: newUuid() },
    body: {
      ...{ title: { eu: 'Bilera bat' }, kind: 'guide', language: 'eu', url: 'https://cloud.example/f/12' },
      ...{ minutes: 5, updatedOn: '2026-11-01', accessible: true },
    },
  })),
  of('DELETE /catalogue/:id/materials/:material', ({ tool, material }) => ({
    params: { id: tool, material },
    body: {},
  })),
  of('PUT /catalogue/:id/promise', ({ tool }) => ({
    params: { id: tool },
    body: { by: null },
  })),
  of('PUT /catalogue/:id/teachers/me', ({ tool }) => ({
    params: { id: tool },
    body: { department: 'kultura' },
  })),
  of('DELETE /catalogue/:id/teachers/:person', ({ tool }) => ({
    params: { id: tool, person: 'jon' },
    body: {},
  })),
  // Suggestions
  of('GET /suggestions'),
  of('POST /suggestions', () => ({
    body: { name: `Tresna ${newUuid()}`, address: '', category: null, voice: VOICE, imported: null },
  })),
  {
    ...of('POST /suggestions', () => ({
      body: {
        ...{ name: `Tresna ${newUuid()}`, address: 'https://tresna.example/', category: null, voice: null },
        imported: {
          ...{ kind: 'publiccode', publisher: 'Udala', source: 'https://tresna.example/publiccode.yml' },
          ...{ date: '2026-11-01', licence: 'EUPL-1.2', verdict: '', description: 'Bilerak egiteko' },
        },
      },
    })),
    as: 'from outside',
  },
  of('POST /suggestions/alike', () => ({ body: { name: 'Gelaxka', address: '' } })),
  of('GET /suggestions/:id', ({ suggestion }) => ({ params: { id: suggestion } })),
  of('PUT /suggestions/:id/voice', ({ suggestion }) => ({ params: { id: suggestion }, body: VOICE })),
  of('DELETE /suggestions/:id/voice', ({ suggestion }) => ({ params: { id: suggestion }, body: {} })),
  of('POST /suggestions/:id/decline', ({ suggestion }) => ({
    params: { id: suggestion },
    body: { reason: REASON },
  })),
  of('POST /suggestions/:id/reopen', ({ declined }) => ({ params: { id: declined }, body: {} })),
  of('POST /suggestions/:id/merge', ({ suggestion, other }) => ({
    params: { id: other },
    body: { into: suggestion },
  })),
  of('POST /suggestions/:id/evaluation', ({ suggestion, evaluation }) => ({
    params: { id: suggestion },
    body: { document: evaluation },
  })),
  of('DELETE /suggestions/:id/evaluation', ({ linked }) => ({ params: { id: linked }, body: {} })),
]

const phrases = (edition: number): object => ({
  ...{ edition, verifiedOn: '2026-11-25', source: 'Udala' },
  entries: [{ use: 'noPurpose', language: 'eu', phrase: 'Badaezpada' }],
})
const delegated = (): object => ({
  delegate: { id: 'ordezkoa', name: 'Ordezkoa' },
  from: today(),
  to: nextWeek(),
})
const own = (who: Letter): string => PEOPLE[who].person

export const named = ({ route, as }: Route): string => (as === undefined ? route : `${route} (${as})`)

/** The call itself: where it goes and what it carries. */
export function callOf(
  { route, make }: Route,
  house: House,
  plan: Furnished,
  who: Letter,
): {
  method: string
  path: string
  headers: Record<string, string>
  body?: string | Uint8Array<ArrayBuffer>
} {
  const [method = '', pattern = ''] = route.split(' ')
  const { params = {}, query, body, bytes } = make(house, plan, who)
  const filled = pattern.replace(/:(\w+)/g, (_, name: string) => {
    const value = params[name] ?? (name === 'id' ? plan.id : undefined)
    if (value === undefined) throw new Error(`${route}: no ${name}`)
    return encodeURIComponent(value)
  })
  const path = query === undefined ? filled : `${filled}?${query}`
  if (bytes) return { method, path, headers: { 'content-type': bytes.type }, body: bytes.content }
  return body === undefined
    ? { method, path, headers: {} }
    : { method, path, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}
