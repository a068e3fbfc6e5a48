/**
 * What the relay costs a real Nextcloud: how long a plain page of it takes on four PHP workers, without us and while
 * twenty people write one plan through it. Phases take turns, because other things run on a machine too.
 *
 *     NEXTCLOUD_PATH=/path/to/nextcloud node test/bench/relay.ts [seconds a phase]
 */
import { loadavg } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { SectionPlace } from '@auzolan/shared/schema/shapes.ts'
import { planFor } from '../nextcloud/caller.ts'
import { startNextcloud } from '../nextcloud/nextcloud.ts'
import { openPage, type TestPage } from '../support/page.ts'
import { signIn, type NextcloudSession } from '../support/nextcloud-session.ts'
import { startTestServer, until } from '../support/server.ts'

const PEOPLE = 20
const SECRET = '0123456789abcdef'.repeat(4)
const SECONDS = Number(process.argv[2] ?? 40)
const GROUP = 'Komunikazioa'

/** Milliseconds of each request that went through the relay. */
const asked: number[] = []
const originalFetch = globalThis.fetch

const nextcloud = await startNextcloud()
const server = await startTestServer({ url: nextcloud.url, secret: SECRET })
const say = (text: string): void => void process.stdout.write(`${text}\n`)
try {
  await nextcloud.setConfig('', SECRET)
  await nextcloud.occ('config:app:set', 'auzolan', 'server_internal_url', `--value=${server.url}`)
  const uids = Array.from({ length: PEOPLE }, (_, i) => `person${i}`)
  for (const uid of uids) await nextcloud.addUser(uid, `${uid}-password`, uid)
  await nextcloud.addGroup(GROUP, ...uids)
  const sessions = new Map<string, NextcloudSession>()
  for (const uid of uids) sessions.set(uid, await signIn(nextcloud.url, uid, `${uid}-password`))
  sendCookies([...sessions.values()])
  const relay = `${nextcloud.url}/index.php/apps/auzolan/relay`

  const id = await planFor(
    nextcloud,
    { uid: 'person0', password: 'person0-password' },
    { kind: 'group', id: GROUP },
  )
  say(`load ${loadavg()[0]!.toFixed(1)}; ${SECONDS} s a phase`)

  let pages: TestPage[] = []
  let typing: ReturnType<typeof setInterval>[] = []
  const phases: [string, () => Promise<void>][] = [
    ['nobody', () => Promise.resolve()],
    ['20 people, 5 type', () => withPeople(5)],
    ['nobody', () => Promise.resolve()],
    ['20 people, 20 type', () => withPeople(20)],
    ['nobody', () => Promise.resolve()],
  ]
  for (const [name, begin] of phases) {
    await begin()
    await measure(name)
    await leave()
  }

  async function withPeople(typists: number): Promise<void> {
    pages = await Promise.all(
      uids.map((uid) =>
        openPage(server, uid, id, {
          serverUrl: '',
          home: uid,
          relay: {
            url: relay,
            requestToken: () => sessions.get(uid)!.requesttoken,
            ways: { current: async () => 'relay', again: async () => 'relay', onChange: () => () => {} },
          },
        }),
      ),
    )
    await until(
      () => pages.every((page) => page.ledger().connectivity.kind === 'online'),
      'all are here',
      90_000,
    )
    // What begins is not what lasts.
    await sleep(8_000)
    typing = pages
      .slice(0, typists)
      .map((page, i) =>
        setInterval(
          () => new SectionPlace(page.doc, PLAN.sections[0]).text('title', 'eu').insert(0, 'x'),
          300 + i,
        ),
      )
    asked.length = 0
  }
  async function leave(): Promise<void> {
    for (const timer of typing) clearInterval(timer)
    typing = []
    await Promise.all(pages.map((page) => page.close()))
    pages = []
    await sleep(3_000)
  }
  async function measure(name: string): Promise<void> {
    const times: number[] = []
    const end = performance.now() + SECONDS * 1000
    while (performance.now() < end) {
      const begun = performance.now()
      await (await originalFetch(`${nextcloud.url}/index.php/login`)).text()
      times.push(performance.now() - begun)
      await sleep(200)
    }
    const passed = asked.splice(0)
    const rate = (passed.length / SECONDS).toFixed(1)
    say(
      `${name.padEnd(20)} page: median ${at(times, 0.5)} ms, p95 ${at(times, 0.95)} ms (${times.length} times); ` +
        `through the relay ${rate}/s, median ${at(passed, 0.5)} ms; load ${loadavg()[0]!.toFixed(1)}`,
    )
  }
} finally {
  await server.stop()
  await nextcloud.stop()
}
process.exit(0)

/** A browser would send them; here the request token tells whose they are. Also counts what goes through the relay. */
function sendCookies(sessions: readonly NextcloudSession[]): void {
  globalThis.fetch = async (input, init) => {
    const headers = new Headers(init?.headers)
    const session = sessions.find((s) => s.requesttoken === headers.get('requesttoken'))
    if (session) headers.set('cookie', session.cookie)
    const begun = performance.now()
    const answer = await originalFetch(input, { ...init, headers })
    if (session) asked.push(performance.now() - begun)
    return answer
  }
}

function at(times: readonly number[], quantile: number): string {
  const sorted = [...times].sort((a, b) => a - b)
  return (sorted[Math.floor(sorted.length * quantile)] ?? 0).toFixed(0)
}
