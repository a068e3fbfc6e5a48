/** Pages that type while the server is killed at any moment and the line between is bad: no letter is lost. */
import { afterEach, describe, expect, it } from 'vitest'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { ListPlace, SectionPlace } from '@auzolan/shared/schema/shapes.ts'
import { readPlan } from '@auzolan/shared/checks/run.ts'
import { lossyLink, type LossyLink } from '../support/lossy-link.ts'
import { NEXTCLOUD, sign } from '../support/nextcloud-host.ts'
import { planOverRest } from '../support/plan-over-rest.ts'
import { openPage, type TestPage } from '../support/page.ts'
import { LONG, seeded, seeds, under } from '../support/random.ts'
import { startTestServer, until } from '../support/server.ts'

const [identity, planning] = PLAN.sections
const WRITERS = ['ane', 'jon', 'miren']
const GROUPS = ['Kultura']
/** Letters nobody else types, one alphabet a person. */
const MARKS = ['①', '②', '③']
const KILLS = LONG ? 8 : 2

let server: Awaited<ReturnType<typeof startTestServer>> | null = null
let link: LossyLink | null = null
afterEach(async () => {
  await link?.close()
  await server?.stop()
})

const ticket = (person: string, document: string): Promise<string> =>
  sign({ person, groups: GROUPS, scope: 'ticket', document })
/** Not of the demo host, which does not answer under the port of the bad line. */
async function newPlan(url: string): Promise<string> {
  return planOverRest(url, await sign({ person: 'ane', groups: GROUPS }), 'Kultura', { eu: 'Plana' })
}

const title = (page: TestPage) => new SectionPlace(page.doc, identity).text('title', 'eu')
const textOf = (page: TestPage): string => title(page).toString()
const saved = (page: TestPage): boolean =>
  page.ledger().connectivity.kind === 'online' && page.ledger().waiting === 0

describe('killed while people type over a bad line', () => {
  it.each(seeds([1], 20))(
    '[J1] [P2] seed %i: in the end all pages and a cold one agree, and hold every letter',
    async (seed) => {
      const random = seeded(seed)
      const far = (server = await startTestServer(NEXTCLOUD))
      const plan = await newPlan(far.url)
      const bad = (link = await lossyLink(far.port, random))
      const pages = await Promise.all(
        WRITERS.map((person) =>
          openPage(far, person, plan, {
            serverUrl: `http://127.0.0.1:${bad.port}`,
            fetchTicket: () => ticket(person, plan),
          }),
        ),
      )
      await Promise.all(pages.map((page) => page.ready))
      const audiences = readPlan(pages[0]!.doc).planning.audiences.length

      let typing = true
      const typed = pages.map(() => 0)
      const added = pages.map(() => 0)
      const typists = pages.map(async (page, i) => {
        while (typing) {
          title(page).insert(under(random, title(page).length + 1), MARKS[i]!)
          typed[i]! += 1
          if (random() < 0.02) {
            new ListPlace(page.doc, planning.fields.audiences).add()
            added[i]! += 1
          }
          await new Promise((resolve) => setTimeout(resolve, 5 + under(random, 20)))
        }
      })
      const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
      for (let round = 0; round < KILLS; round++) {
        await pause(under(random, 500))
        bad.trouble()
        await pause(under(random, 400))
        await far.kill()
        await pause(under(random, 200))
        await far.start()
        // Somebody must get through, or nothing would be written between two kills.
        await until(() => pages.some((p) => p.ledger().connectivity.kind === 'online'), 'a page is back')
      }
      typing = false
      await Promise.all(typists)
      bad.heal()
      await until(() => pages.every(saved), 'the server has everything', 90_000)
      await until(() => pages.every((p) => textOf(p) === textOf(pages[0]!)), 'all pages agree', 60_000)

      const cold = await openPage(far, 'oier', plan, { fetchTicket: () => ticket('oier', plan) })
      await cold.ready
      await until(() => textOf(cold) === textOf(pages[0]!), 'the cold page reads the same')
      MARKS.forEach((mark, i) => expect(textOf(cold).split(mark).length - 1).toBe(typed[i]))
      const records = audiences + added.reduce((sum, n) => sum + n, 0)
      expect(readPlan(cold.doc).planning.audiences).toHaveLength(records)
      await until(
        () => pages.every((p) => readPlan(p.doc).planning.audiences.length === records),
        'every page has every record',
      )
      expect(pages.flatMap((p) => p.ledger().drafts)).toEqual([])
      expect(typed.every((n) => n > 20)).toBe(true)
      await Promise.all([...pages, cold].map((page) => page.close()))
    },
    240_000,
  )
})
