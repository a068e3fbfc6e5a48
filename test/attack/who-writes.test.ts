/**
 * What is written over a socket, by everybody of `who-may.txt`, into every channel of a document in every state: the server takes
 * what `grant()` says, and nothing else. Whoever may not read the text is not seated; a channel one may not read is not there.
 */
import * as Y from 'yjs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newEventId } from '@auzolan/shared/comments/said.ts'
import { grant, type Standing } from '@auzolan/shared/grants.ts'
import { CHANNELS, type ChannelName } from '@auzolan/shared/ids.ts'
import { COMMENTS_ROOT } from '@auzolan/shared/schema/comments.ts'
import { calendar as SECTION } from '@auzolan/shared/schema/calendar.ts'
import type { ListField } from '@auzolan/shared/schema/fields.ts'
import { ListPlace } from '@auzolan/shared/schema/shapes.ts'
import {
  PEOPLE,
  STATES,
  furnish,
  ticketOf,
  type House,
  type Letter,
  type State,
} from '../support/furnished.ts'
import { startReviewed, type Reviewed } from '../support/reviewed.ts'
import { until } from '../support/server.ts'
import { hello, openWire } from '../support/wire.ts'

const LETTERS = Object.keys(PEOPLE) as Letter[]
let r: Reviewed
let house: House
beforeAll(async () => {
  r = await startReviewed()
  house = await furnish(r)
})
afterAll(() => r.stop())

const edits: { readonly [channel in ChannelName]: (doc: Y.Doc) => void } = {
  content: (doc) => doc.getText('identity.title:eu').insert(0, '!'),
  calendar: (doc) => void new ListPlace(doc, SECTION.fields.posts as ListField).add(),
  comments: (doc) => {
    const id = newEventId(doc.clientID)
    doc.getArray(COMMENTS_ROOT).push([{ id, thread: id, kind: 'comment', body: 'Ondo' }])
  },
}
/** Or the code of a refusal. */
type Outcome = 'not seated' | 'not there' | 'taken' | (string & {})

async function tried(who: Letter, document: string, channel: ChannelName): Promise<Outcome> {
  const wire = await openWire(r.server, document)
  try {
    const doc = new Y.Doc()
    wire.say(hello(await ticketOf(PEOPLE[who].person, document), [doc.clientID], 0, 0, channel))
    await until(() => wire.frames.length > 0 || wire.closed() !== null, 'the greeting is answered')
    if (!wire.frames.some(({ kind }) => kind === 'welcome')) return 'not seated'
    let update: Uint8Array = new Uint8Array()
    doc.on('update', (bytes: Uint8Array) => (update = bytes))
    edits[channel](doc)
    wire.say({ kind: 'update', channel, n: 1, update })
    const answer = () =>
      wire.frames.find(({ kind }) => kind === 'ack' || kind === 'refused' || kind === 'bye')
    await until(() => answer() !== undefined || wire.closed() !== null, 'the update is answered')
    const said = answer()
    const isGiven = wire.frames.some(({ kind }) => kind === 'entries' || kind === 'snapshot')
    if (said?.kind === 'refused' && said.code === 'NOT_FOUND' && !isGiven) return 'not there'
    return said?.kind === 'ack' ? 'taken' : said && 'code' in said ? String(said.code) : 'closed'
  } finally {
    await wire.close()
  }
}

const STANDING: { readonly [state in Exclude<State, 'trash'>]: Omit<Standing, 'roles'> } = {
  draft: { visibility: 'team', work: 'draft', archived: false, commenting: 'members' },
  organisation: { visibility: 'organisation', work: 'draft', archived: false, commenting: 'readers' },
  'in review': { visibility: 'team', work: 'in_review', archived: false, commenting: 'members' },
  changes: { visibility: 'team', work: 'changes_requested', archived: false, commenting: 'members' },
  approved: { visibility: 'team', work: 'draft', archived: false, commenting: 'members' },
  public: { visibility: 'public', work: 'draft', archived: false, commenting: 'members' },
  published: { visibility: 'public', work: 'draft', archived: false, commenting: 'members' },
  archived: { visibility: 'team', work: 'draft', archived: true, commenting: 'members' },
}
function expected(who: Letter, state: State, channel: ChannelName): Outcome {
  if (state === 'trash') return 'not seated'
  const roles = 'ANS'.includes(who) ? [] : [PEOPLE[who].is as never]
  const standing = { ...STANDING[state], roles }
  if (!grant(standing, 'content').read) return 'not seated'
  if (!grant(standing, channel).read) return 'not there'
  return { yes: 'taken', locked: 'LOCKED', no: 'READ_ONLY' }[grant(standing, channel).write]
}

it.each(STATES)('[AT4] %s', async (state) => {
  const found: string[] = []
  const wanted: string[] = []
  for (const channel of CHANNELS)
    for (const who of LETTERS) {
      found.push(`${channel} ${who} ${await tried(who, house.plans[state].id, channel)}`)
      wanted.push(`${channel} ${who} ${expected(who, state, channel)}`)
    }
  expect(found).toEqual(wanted)
})
