/** Where the way to the server is interrupted: each station is asked in turn, and nobody but our own origins. */

export type Finding = 'checking' | 'yes' | 'no'

export interface Diagnosis {
  readonly network: Finding
  readonly nextcloud: Finding
  readonly server: Finding
  readonly websocket: Finding
}

export interface Stations {
  readonly onLine: () => boolean
  readonly apiToken: () => Promise<string>
  /** `http(s)://host/path` */
  readonly serverUrl: string
  readonly document: string
}

/** Longest time one station has to answer. */
const ANSWER_MAX_MS = 8_000

export async function diagnose(stations: Stations, tell: (diagnosis: Diagnosis) => void): Promise<void> {
  let now: Diagnosis = {
    network: stations.onLine() ? 'yes' : 'no',
    nextcloud: 'checking',
    server: 'checking',
    websocket: 'checking',
  }
  const found = (part: Partial<Diagnosis>): void => tell((now = { ...now, ...part }))
  tell(now)
  await Promise.all([
    answers(stations.apiToken()).then((nextcloud) => found({ nextcloud })),
    answers(healthy(stations.serverUrl)).then((server) => found({ server })),
    opens(`${stations.serverUrl.replace(/^http/, 'ws')}/sync/${stations.document}`).then((websocket) =>
      found({ websocket }),
    ),
  ])
}

const answers = (question: Promise<unknown>): Promise<Finding> => {
  const tooLate = new Promise<Finding>((resolve) => setTimeout(() => resolve('no'), ANSWER_MAX_MS))
  return Promise.race([
    question.then(
      (): Finding => 'yes',
      (): Finding => 'no',
    ),
    tooLate,
  ])
}

async function healthy(serverUrl: string): Promise<void> {
  const response = await fetch(`${serverUrl}/healthz`, {
    cache: 'no-store',
    credentials: 'omit',
    signal: AbortSignal.timeout(ANSWER_MAX_MS),
  })
  if (!response.ok) throw new Error(`answered ${response.status}`)
}

/** Open is enough: who we are is said on the connection itself. */
function opens(url: string): Promise<Finding> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url, 'auzolan.v1')
    const done = (finding: Finding): void => {
      clearTimeout(timer)
      socket.onopen = socket.onerror = socket.onclose = null
      socket.close()
      resolve(finding)
    }
    const timer = setTimeout(() => done('no'), ANSWER_MAX_MS)
    socket.onopen = () => done('yes')
    socket.onerror = socket.onclose = () => done('no')
  })
}
