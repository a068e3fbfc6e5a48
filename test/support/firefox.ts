/**
 * A real Firefox, spoken to by WebDriver BiDi (https://w3c.github.io/webdriver-bidi/): the protocol that Firefox itself speaks to whoever
 * knows its port, as JSON over a socket. Nothing else is needed for a smoke test; no build of Firefox made for tests, no driver.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { freePort } from './free-port.ts'
import { temporaryFolder, until } from './server.ts'

const PLACES = [process.env['AUZOLAN_TEST_FIREFOX'], '/usr/bin/firefox-esr', '/usr/bin/firefox']
export const FIREFOX = PLACES.find((place) => place !== undefined && existsSync(place))

export interface FirefoxTab {
  /** What an expression is in the page; of what JSON can say. */
  evaluate<T>(expression: string): Promise<T>
  /** Until the expression is true in the page. */
  holds(expression: string, what: string): Promise<void>
  /** Presses these keys, one after the other, where the page has its focus. */
  type(keys: string): Promise<void>
  /** Clicks in the middle of the first element of this selector. */
  click(selector: string): Promise<void>
  picture(): Promise<Buffer>
}
export interface Firefox {
  readonly version: string
  /** Errors and warnings of all consoles, errors that nobody caught, and requests to anywhere but `origin`. */
  readonly complaints: readonly string[]
  open(url: string): Promise<FirefoxTab>
  stop(): Promise<void>
}

interface Message {
  readonly id?: number
  readonly type?: string
  readonly method?: string
  readonly params?: { readonly [key: string]: unknown }
  readonly result?: unknown
  readonly error?: string
  readonly message?: string
}

/** It speaks with this machine alone: whatever else it would like to ask goes to a proxy that is not there. */
const QUIET = [
  '"network.proxy.type", 1',
  ...['http', 'ssl', 'socks'].flatMap((kind) => [
    `"network.proxy.${kind}", "127.0.0.1"`,
    `"network.proxy.${kind}_port", 9`,
  ]),
  '"network.proxy.socks_remote_dns", true',
  '"network.proxy.no_proxies_on", "127.0.0.1, localhost"',
  '"network.captive-portal-service.enabled", false',
  '"network.connectivity-service.enabled", false',
  '"browser.safebrowsing.update.enabled", false',
  '"datareporting.policy.dataSubmissionEnabled", false',
  '"browser.shell.checkDefaultBrowser", false',
  '"browser.aboutwelcome.enabled", false',
]

/** @param origin the only one that pages may ask for anything */
export async function startFirefox(origin: string): Promise<Firefox> {
  const [profile, port] = [await temporaryFolder(), await freePort()]
  await writeFile(join(profile, 'user.js'), QUIET.map((line) => `user_pref(${line});`).join('\n'))
  const child = spawn(
    FIREFOX!,
    ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', String(port)],
    { env: { ...process.env, HOME: profile, MOZ_HEADLESS_WIDTH: '1440', MOZ_HEADLESS_HEIGHT: '900' } },
  )
  let output = ''
  child.stderr.on('data', (data: Buffer) => (output += data.toString()))
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await until(
    () => {
      if (child.exitCode !== null) throw new Error(`Firefox ended: ${output.slice(-2_000)}`)
      return output.includes('WebDriver BiDi listening')
    },
    'Firefox listens',
    60_000,
  )
  const socket = new WebSocket(`ws://127.0.0.1:${port}/session`)
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  const waiting = new Map<number, (message: Message) => void>()
  const complaints: string[] = []
  socket.on('message', (data: Buffer) => {
    const message = JSON.parse(data.toString()) as Message
    if (message.id !== undefined) waiting.get(message.id)?.(message)
    else complain(message)
  })
  let last = 0
  const ask = async <T>(method: string, params: object): Promise<T> => {
    const id = ++last
    const answer = await new Promise<Message>((resolve) => {
      waiting.set(id, resolve)
      socket.send(JSON.stringify({ id, method, params }))
    })
    waiting.delete(id)
    if (answer.error !== undefined) throw new Error(`${method}: ${answer.error} ${answer.message}`)
    return answer.result as T
  }
  function complain({ method, params }: Message): void {
    if (method === 'log.entryAdded') {
      const { level, text } = params as { level: string; text: string }
      if (level === 'error' || level === 'warn') complaints.push(`${level}: ${text}`)
    } else if (method === 'network.beforeRequestSent') {
      const { url } = params!['request'] as { url: string }
      if (/^(https?|wss?):/.test(url) && !new URL(url).host.endsWith(new URL(origin).host))
        complaints.push(`request elsewhere: ${url}`)
    }
  }
  const { capabilities } = await ask<{ capabilities: { browserVersion: string } }>('session.new', {
    capabilities: {},
  })
  await ask('session.subscribe', { events: ['log.entryAdded', 'network.beforeRequestSent'] })

  return {
    version: capabilities.browserVersion,
    complaints,
    async open(url) {
      const { context } = await ask<{ context: string }>('browsingContext.create', { type: 'tab' })
      await ask('browsingContext.navigate', { context, url, wait: 'complete' })
      const evaluate = async <T>(expression: string): Promise<T> => {
        const { result, exceptionDetails } = await ask<{
          result?: { value: string }
          exceptionDetails?: { text: string }
        }>('script.evaluate', {
          expression: `JSON.stringify(${expression})`,
          target: { context },
          awaitPromise: false,
        })
        if (exceptionDetails) throw new Error(exceptionDetails.text)
        return (result?.value === undefined ? undefined : JSON.parse(result.value)) as T
      }
      return {
        evaluate,
        holds: (expression, what) => until(() => evaluate<boolean>(expression), what, 60_000),
        async type(keys) {
          await ask('browsingContext.activate', { context })
          const actions = [...keys].flatMap((value) => [
            { type: 'keyDown', value },
            { type: 'keyUp', value },
          ])
          await ask('input.performActions', { context, actions: [{ type: 'key', id: 'keys', actions }] })
        },
        async click(selector) {
          await ask('browsingContext.activate', { context })
          const { nodes } = await ask<{ nodes: { sharedId: string }[] }>('browsingContext.locateNodes', {
            context,
            locator: { type: 'css', value: selector },
          })
          await evaluate(
            `document.querySelector(${JSON.stringify(selector)}).scrollIntoView({ block: 'center' })`,
          )
          const origin = { type: 'element', element: { sharedId: nodes[0]!.sharedId } }
          const actions = [
            { type: 'pointerMove', x: 0, y: 0, origin },
            { type: 'pointerDown', button: 0 },
            { type: 'pointerUp', button: 0 },
          ]
          await ask('input.performActions', { context, actions: [{ type: 'pointer', id: 'mouse', actions }] })
        },
        async picture() {
          const { data } = await ask<{ data: string }>('browsingContext.captureScreenshot', { context })
          return Buffer.from(data, 'base64')
        },
      }
    },
    async stop() {
      socket.close()
      child.kill('SIGTERM')
      await ended
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
