/** What the demo begins with: the numbers of DOMAIN G.1, on whatever day it is first started, and a data folder that is whole. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { balanceByMonth } from '@auzolan/shared/listening/balance.ts'
import { mentionFault } from '@auzolan/shared/listening/mention.ts'
import { silentTopics } from '@auzolan/shared/listening/silent.ts'
import type { PostStates } from '@auzolan/shared/protocol/posts.ts'
import { wholePost } from '@auzolan/shared/posts/post.ts'
import { CALENDARS, JOURNAL } from '@auzolan/server/src/container.ts'
import { haranberriMentions } from '@auzolan/server/src/standalone/sample-mentions.ts'
import { runServer, startTestServer } from '../support/server.ts'
import { startDemoHere, type DemoHere } from '../support/demo-here.ts'

describe.each(['2026-11-26', '2026-11-30', '2027-01-01', '2028-02-29', '2026-12-15'])('on %s', (today) => {
  const mentions = haranberriMentions(today)
  it('this month is the one of G.1, and two months lie before it', () => {
    const months = balanceByMonth(mentions, mentions.map(({ saidOn }) => saidOn).sort()[0]!, today)
    expect(months).toMatchObject([
      { all: 25, small: true },
      { all: 70, small: false },
      { positive: 38, neutral: 61, negative: 17, all: 116 },
    ])
    expect(months[2]!.net!.toFixed(1)).toBe('18.1')
    expect(months[2]!.month).toBe(today.slice(0, 7))
  })
  it('each could have been noted, and three facts were corrected', () => {
    expect(mentions.flatMap((one) => mentionFault(one, today) ?? [])).toEqual([])
    expect(mentions.filter(({ action }) => action === 'corrected_fact')).toHaveLength(3)
    expect(new Set(mentions.map(({ id }) => id)).size).toBe(mentions.length)
    expect(mentions.filter(({ closedOn }) => closedOn !== null && closedOn > today)).toEqual([])
  })
})

describe('the data folder', () => {
  let demo: DemoHere
  beforeAll(async () => void (demo = await startDemoHere()))
  afterAll(() => demo.stop())

  it('has posts that are out, of which we are not silent, and topics of which we are', async () => {
    const server = await startTestServer()
    const plan = await server.plan()
    const { body } = await server.get<PostStates>('alkatetza', `documents/${plan}/posts`)
    const out = body.states.filter(({ status }) => status === 'published')
    expect(out.map(({ post }) => post).sort()).toEqual([
      'edukiontzi-txartela',
      'jaiak',
      'liburutegia',
      'uholdea',
    ])
    // The flood notice was looked at after it went out; nothing waits for anybody.
    expect(out.flatMap(({ reviewBy, unreviewed }) => [reviewBy, ...unreviewed])).toEqual([
      null,
      null,
      null,
      null,
    ])
    expect(out.find(({ post }) => post === 'uholdea')).toMatchObject({
      published: [{ emergency: true }, { emergency: true }],
    })
    await server.terminate()
    const { code, output } = await runServer({}, 'verify-audit', server.dataFolder)
    expect([code, output]).toEqual([0, expect.stringContaining('Whole')])
    await server.stop()
  }, 60_000)

  it('what went out speaks of some of what others speak of', async () => {
    const { container } = demo
    const plan = await documentOf(demo)
    const { calendar } = await container.resolve(CALENDARS).read(plan)
    const said = ['edukiontzi-txartela', 'jaiak', 'liburutegia', 'uholdea'].map((id) => {
      const { post } = wholePost(calendar, id)!
      return [post.title, ...Object.values(post.text)].join('\n')
    })
    const silent = silentTopics(haranberriMentions('2026-11-26'), said).map(({ topic }) => topic)
    expect(silent).toContain('Zarata gauez')
    expect(silent).toContain('Autobus-ordutegia')
    for (const spoken of ['Edukiontzi marroia', 'Jaiak', 'Liburutegia']) expect(silent).not.toContain(spoken)
  })
})

async function documentOf({ container }: DemoHere): Promise<DocumentId> {
  const row = await container
    .resolve(JOURNAL)
    .rows.selectFrom('mention')
    .select('document')
    .executeTakeFirstOrThrow()
  return row.document as DocumentId
}
