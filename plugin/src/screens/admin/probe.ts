/**
 * The way from this browser to the sync server, which is the one that counts for people: over HTTP, then as a WebSocket.
 * Browsers hide why a request failed; what can still be told apart is told apart here.
 */
import { t } from '../../l10n.ts'
import type { Finding } from './finding.ts'

const DEADLINE_MS = 5000
const GREETING = 'auzolan'
const SUBPROTOCOL = 'auzolan.probe'

type Http = 'ok' | 'policy' | 'mixed' | 'gateway' | 'not ours' | 'other origin' | 'unreachable'

export async function probe(address: string): Promise<readonly Finding[]> {
  const url = address.replace(/\/+$/, '')
  const [outcome, cameBack] = await overHttp(`${url}/healthz`)
  const page = httpFinding(outcome, `GET ${url}/healthz`, cameBack)
  return outcome === 'ok' ? [page, await overSocket(url)] : [page]
}

async function overHttp(url: string): Promise<[Http, string]> {
  const { protocol } = location
  if (protocol === 'https:' && url.startsWith('http:') && !isLoopback(url)) return ['mixed', protocol]
  let blocked = false
  const notice = (): void => void (blocked = true)
  document.addEventListener('securitypolicyviolation', notice)
  try {
    const answer = await fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(DEADLINE_MS) })
    const body = await answer.text()
    const ours = answer.ok && /"status":"ok"/.test(body)
    if (ours) return ['ok', `HTTP ${answer.status}`]
    return [answer.status >= 500 ? 'gateway' : 'not ours', `HTTP ${answer.status}`]
  } catch (error) {
    if (blocked) return ['policy', 'securitypolicyviolation']
    // An answer that we may not read is an answer all the same.
    const answers = await fetch(url, {
      mode: 'no-cors',
      cache: 'no-store',
      signal: AbortSignal.timeout(DEADLINE_MS),
    }).then(
      () => true,
      () => false,
    )
    return [answers ? 'other origin' : 'unreachable', String(error)]
  } finally {
    document.removeEventListener('securitypolicyviolation', notice)
  }
}

const isLoopback = (url: string): boolean =>
  ['localhost', '[::1]', '127.0.0.1'].includes(new URL(url).hostname)

function httpFinding(outcome: Http, tried: string, cameBack: string): Finding {
  const wrong = (message: string, fix: string): Finding => ({
    id: 'browser-http',
    ok: false,
    severity: 'error',
    message,
    tried,
    came_back: cameBack,
    fix,
  })
  switch (outcome) {
    case 'ok':
      return {
        ...wrong(t('Your browser reaches the sync server.'), ''),
        ok: true,
        severity: 'ok',
      }
    case 'policy':
      return wrong(
        t('The content security policy of this page does not allow the address.'),
        t(
          'Reload this page. If that does not help, look for a proxy that changes the header Content-Security-Policy.',
        ),
      )
    case 'mixed':
      return wrong(
        t('Browsers refuse this: Nextcloud is on https, the sync server on http.'),
        t('Use https for the public address; a path of Nextcloud’s own host has it already.'),
      )
    case 'gateway':
      return wrong(
        t('The proxy does not reach the sync server.'),
        t('Check that the server is running, and the address that stands in the lines of the proxy.'),
      )
    case 'not ours':
      return wrong(
        t('The proxy does not pass this path to the sync server.'),
        t('Add the lines for your proxy from this page, and reload the proxy.'),
      )
    case 'other origin':
      return wrong(
        t('Something answers at the public address, but not the sync server of this Nextcloud.'),
        t(
          'Check that AUZOLAN_NEXTCLOUD_URL of the server is the address in your browser’s address bar, and that the lines for your proxy are in place.',
        ),
      )
    case 'unreachable':
      return wrong(
        t('Your browser does not reach the public address.'),
        t('Check name, port, certificate and firewall of the public address.'),
      )
  }
}

async function overSocket(url: string): Promise<Finding> {
  const address = `${url.replace(/^http/, 'ws')}/sync/probe`
  const passed = await new Promise<boolean>((resolve) => {
    const socket = new WebSocket(address, SUBPROTOCOL)
    const end = (result: boolean): void => {
      clearTimeout(timer)
      socket.close()
      resolve(result)
    }
    const timer = setTimeout(() => end(false), DEADLINE_MS)
    socket.onmessage = ({ data }) => end(data === GREETING)
    socket.onclose = () => end(false)
  })
  const tried = `WebSocket ${address}`
  return passed
    ? {
        id: 'browser-websocket',
        ok: true,
        severity: 'ok',
        message: t('WebSockets come through.'),
        tried,
        came_back: GREETING,
        fix: '',
      }
    : {
        id: 'browser-websocket',
        ok: false,
        severity: 'warning',
        message: t('The proxy does not pass WebSockets. Auzolan works, but others’ changes come later.'),
        tried,
        came_back: 'close',
        fix: t(
          'Let the proxy pass the headers Upgrade and Connection, as the lines for nginx on this page do.',
        ),
      }
}
