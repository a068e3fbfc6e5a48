/** A document that is open in this tab: its `Y.Doc`, who else is here, and how safe the work is. */
import * as Y from 'yjs'
import { Awareness } from 'y-protocols/awareness'
import { WebsocketProvider } from 'y-websocket'
import type { RefusalCode } from '@auzolan/shared/codes.ts'
import type { ChannelName } from '@auzolan/shared/ids.ts'
import { Connection, type Cause, type Connectivity } from './connection.ts'
import { openLocalCopy } from './open-copy.ts'
import { lostTexts, type Draft } from './draft.ts'
import { LONG_POLL_MS } from './exchange-link.ts'
import { ChannelPort, type LedgerFacts } from './port.ts'
import type { Ways } from './ways.ts'

export interface Ledger extends LedgerFacts {
  readonly connectivity: Connectivity
  /** When the server was last heard. */
  readonly heardAt: Date | null
  /** Whether this device keeps a copy at all. */
  readonly durable: boolean
  /** Work the server would not take, newest first. */
  readonly drafts: readonly Draft[]
  /** False when some of them are only in this tab. */
  readonly draftsKept: boolean
}

export interface OpenOptions {
  /** Address of the sync server, `http(s)://host/path`. */
  readonly serverUrl: string
  readonly document: string
  readonly person: string
  readonly build: string
  readonly fetchTicket: () => Promise<string>
  /** For the way over HTTP; without it there is only the WebSocket. */
  readonly apiToken?: () => Promise<string>
  readonly forgetApiToken?: () => void
  /** The way through Nextcloud: where it passes requests on, and the token of its page. */
  readonly relay?: {
    readonly url: string
    readonly requestToken: () => string
    readonly ways: Pick<Ways, 'current' | 'again' | 'onChange'>
  }
  /** Names this device's copies; the address of the server, unless that may change while the documents stay the same. */
  readonly home?: string
  /** Beside the text itself, which is always open. */
  readonly channels?: readonly ChannelName[]
  readonly causeOf?: (error: unknown) => Cause
  readonly onLedger: (ledger: Ledger) => void
  /** This document must be closed and opened again: it holds what the server does not take. */
  readonly onBeginAgain?: () => void
  readonly retryWebSocketMs?: number
}

/** How safe the work is, wherever in the document it was done; whether it may be written is said of its text. */
function together(content: LedgerFacts, all: readonly LedgerFacts[]): LedgerFacts {
  const latest = (times: readonly (Date | null)[]): Date | null =>
    times.reduce((last, at) => (last === null || (at !== null && at > last) ? at : last), null)
  return {
    ...content,
    waiting: all.reduce((sum, { waiting }) => sum + waiting, 0),
    deviceAt: latest(all.map(({ deviceAt }) => deviceAt)),
    deviceFull: all.some(({ deviceFull }) => deviceFull),
    deviceSlow: all.some(({ deviceSlow }) => deviceSlow),
    // Not before the text itself has been compared.
    serverAt: content.serverAt && latest(all.map(({ serverAt }) => serverAt)),
  }
}

/** Whoever was away when access ended hears only that there is no such document; the copy then stays until they delete it. */
const LOST: readonly RefusalCode[] = ['ACCESS_ENDED', 'NOT_FOUND']

export interface OpenChannel {
  readonly doc: Y.Doc
  readonly awareness: Awareness
  /** Resolves when the text is complete: from this device at once, else from the server. */
  readonly ready: Promise<void>
  readonly port: ChannelPort
}

export interface OpenDocument extends OpenChannel {
  readonly connection: Connection
  readonly channels: ReadonlyMap<ChannelName, OpenChannel>
  throwAway(draft: string): Promise<void>
  keepDraft(draft: Draft): Promise<void>
  /** Deletes this document's copy on this device: access has ended. */
  erase(): Promise<void>
  close(): Promise<void>
}

export async function openDocument(options: OpenOptions): Promise<OpenDocument> {
  const copy = await openLocalCopy(options.home ?? options.serverUrl, options.person, options.document)
  let drafts = await copy.drafts().catch((): readonly Draft[] => [])
  /** Drafts that no device keeps: access has ended, or its store is full. */
  let unkept: readonly Draft[] = []
  let begun = false
  const channels = new Map<ChannelName, OpenChannel & { close(): Promise<void> }>()
  const ports = (): ChannelPort[] => [...channels.values()].map((c) => c.port)

  const tell = (): void => {
    const content = channels.get('content')
    if (!content) return
    options.onLedger({
      ...together(
        content.port.facts,
        ports().map(({ facts }) => facts),
      ),
      connectivity: connection.state,
      heardAt: connection.heardAt,
      durable: copy.durable,
      drafts: [...unkept, ...drafts],
      draftsKept: unkept.length === 0,
    })
  }
  const readDrafts = async (): Promise<void> => {
    drafts = await copy.drafts()
    tell()
  }
  /** The copy on this device must go, but not before the person could copy what nobody else has. */
  const offerUnsent = async (): Promise<void> => {
    const unsent = await Promise.all(ports().map((port) => port.unsent('ACCESS_ENDED')))
    unkept = unsent.flatMap((draft) => (draft ? [draft] : []))
    tell()
  }
  const beginAgain = (): void => {
    if (begun) return
    begun = true
    connection.close()
    void readDrafts()
      .catch(() => {})
      .then(() => options.onBeginAgain?.())
  }

  const exchange = {
    session: crypto.randomUUID(),
    presence: (channel: ChannelName) => channels.get(channel)?.port.presence ?? new Uint8Array(),
    settled: async () => void (await Promise.all(ports().map((port) => port.settled()))),
  }
  const { relay, apiToken } = options
  const connection: Connection = new Connection({
    url: `${options.serverUrl.replace(/^http/, 'ws')}/sync/${options.document}`,
    build: options.build,
    fetchTicket: options.fetchTicket,
    ...(options.causeOf ? { causeOf: options.causeOf } : {}),
    ...(options.retryWebSocketMs ? { retryWebSocketMs: options.retryWebSocketMs } : {}),
    ...(apiToken
      ? {
          exchange: {
            ...exchange,
            url: `${options.serverUrl}/api/v1/documents/${options.document}/exchange`,
            apiToken,
            ...(options.forgetApiToken ? { forgetApiToken: options.forgetApiToken } : {}),
            waitMs: LONG_POLL_MS,
          },
        }
      : {}),
    ...(relay
      ? {
          relay: {
            ways: relay.ways,
            exchange: {
              ...exchange,
              url: `${relay.url}/documents/${options.document}/exchange`,
              apiToken: () => Promise.reject(new Error('Nextcloud signs for us')),
              requestToken: relay.requestToken,
              // A request that waits would hold one of Nextcloud's few processes.
              waitMs: 0,
            },
          },
        }
      : {}),
    greeting: () => ports().map((port) => port.greeting()),
    onFrame: (frame) => ports().forEach((port) => port.receive(frame)),
    onChange: (state) => {
      if (state.kind !== 'online') ports().forEach((port) => port.disconnected())
      if (state.kind === 'ended' && LOST.includes(state.cause)) void offerUnsent()
      tell()
    },
  })

  for (const channel of new Set<ChannelName>(['content', ...(options.channels ?? [])])) {
    const doc = new Y.Doc()
    const awareness = new Awareness(doc)
    const port = new ChannelPort({
      channel,
      clientId: doc.clientID,
      copy,
      send: (frame) => connection.send(frame),
      onChange: tell,
      reconnect: () => connection.reconnect(),
      onBeginAgain: beginAgain,
      onUnkept: (draft) => {
        unkept = [draft, ...unkept]
        connection.close()
        tell()
      },
      state: () => Y.encodeStateAsUpdate(doc),
      now: () => new Date(),
      newId: () => crypto.randomUUID(),
    })
    // The stock provider over our port. Without `disableBc` two tabs would sync with no server at all.
    const provider = new WebsocketProvider('port:', channel, doc, {
      awareness,
      disableBc: true,
      WebSocketPolyfill: port.asWebSocket,
    })
    const ready = new Promise<void>((resolve) => provider.on('sync', (synced) => synced && resolve()))
    channels.set(channel, {
      doc,
      awareness,
      port,
      ready,
      async close() {
        awareness.setLocalState(null)
        await port.close()
        provider.destroy()
        doc.destroy()
      },
    })
  }
  copy.onLeft((channel, entries) => channels.get(channel)?.port.takeLeft(entries))
  for (const port of ports()) await port.loadCopy()
  const content = channels.get('content')!
  for (const [name, { ready }] of channels) void ready.then(() => finishDrafts(name))
  connection.connect()

  /** What the old copy had and the new text lacks can be said only once the new text is here. */
  async function finishDrafts(name: ChannelName): Promise<void> {
    const { doc } = channels.get(name)!
    const unfinished = drafts.filter((d) => d.unfinished && d.channel === name)
    for (const draft of unfinished) {
      const fields = [
        ...draft.fields,
        ...(await lostTexts(draft.update, doc)).filter((f) => !draft.fields.some((g) => g.path === f.path)),
      ]
      if (fields.length === 0) await copy.throwAway(draft.id)
      else await copy.keepDraft({ ...draft, fields, unfinished: false })
    }
    if (unfinished.length > 0) await readDrafts()
  }

  const online = (): void => connection.connect()
  // A socket may look open for long after its network has gone; a new one tells.
  const offline = (): void => connection.reconnect('NETWORK')
  const hide = (): void => ports().forEach((port) => port.leave())
  // The last a phone says before it takes a page away.
  const hidden = (): void => void (globalThis.document.visibilityState === 'hidden' && hide())
  /** Where the browser keeps nothing, leaving would lose what the server does not have yet. */
  const leave = (event: Event): void => {
    const unkept = ports().some(({ facts }) => facts.waiting > 0 && (!copy.durable || facts.deviceFull))
    if (unkept) event.preventDefault()
  }
  globalThis.addEventListener?.('online', online)
  globalThis.addEventListener?.('offline', offline)
  globalThis.addEventListener?.('pagehide', hide)
  globalThis.document?.addEventListener('visibilitychange', hidden)
  globalThis.addEventListener?.('beforeunload', leave)

  return {
    ...content,
    connection,
    channels,
    async throwAway(draft) {
      await copy.throwAway(draft)
      drafts = drafts.filter((d) => d.id !== draft)
      unkept = unkept.filter((d) => d.id !== draft)
      tell()
    },
    async keepDraft(draft) {
      await copy.keepDraft(draft)
      await readDrafts()
    },
    erase: () => copy.erase(),
    async close() {
      globalThis.removeEventListener?.('online', online)
      globalThis.removeEventListener?.('offline', offline)
      globalThis.removeEventListener?.('pagehide', hide)
      globalThis.document?.removeEventListener('visibilitychange', hidden)
      globalThis.removeEventListener?.('beforeunload', leave)
      for (const channel of channels.values()) await channel.close()
      const { state } = connection
      connection.close()
      if (state.kind === 'ended' && state.cause === 'ACCESS_ENDED') await copy.erase().catch(() => {})
      copy.close()
    },
  }
}
