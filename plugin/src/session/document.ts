/** A document that is open in this tab: its `Y.Doc`, who else is here, and how safe the work is. */
import * as Y from 'yjs'
import { Awareness } from 'y-protocols/awareness'
import { WebsocketProvider } from 'y-websocket'
import { Connection, type Cause, type Connectivity } from './connection.ts'
import { openLocalCopy } from './copy.ts'
import { ChannelPort, type LedgerFacts } from './port.ts'

export interface Ledger extends LedgerFacts {
  readonly connectivity: Connectivity
  /** Whether this device keeps a copy at all. */
  readonly durable: boolean
}

export interface OpenOptions {
  /** Address of the sync server, `http(s)://host/path`. */
  readonly serverUrl: string
  readonly document: string
  readonly person: string
  readonly build: string
  readonly fetchTicket: () => Promise<string>
  readonly causeOf?: (error: unknown) => Cause
  readonly onLedger: (ledger: Ledger) => void
}

export interface OpenDocument {
  readonly doc: Y.Doc
  readonly awareness: Awareness
  /** Resolves when the text is complete: from this device at once, else from the server. */
  readonly ready: Promise<void>
  readonly connection: Connection
  readonly port: ChannelPort
  /** Forgets the edits that the server refused; what it has is the truth when the page is loaded again. */
  giveUp(): Promise<void>
  close(): Promise<void>
}

export async function openDocument(options: OpenOptions): Promise<OpenDocument> {
  const doc = new Y.Doc()
  const awareness = new Awareness(doc)
  const copy = await openLocalCopy(options.serverUrl, options.person, options.document)
  const tell = (): void =>
    options.onLedger({ ...port.facts, connectivity: connection.state, durable: copy.durable })
  const port = new ChannelPort({
    channel: 'content',
    clientId: doc.clientID,
    copy,
    send: (frame) => connection.send(frame),
    onChange: () => tell(),
    now: () => new Date(),
  })
  const connection: Connection = new Connection({
    url: `${options.serverUrl.replace(/^http/, 'ws')}/sync/${options.document}`,
    build: options.build,
    fetchTicket: options.fetchTicket,
    ...(options.causeOf ? { causeOf: options.causeOf } : {}),
    greeting: () => [port.greeting()],
    onFrame: (frame) => port.receive(frame),
    onChange: (state) => {
      if (state.kind !== 'online') port.disconnected()
      tell()
    },
  })
  // The stock provider over our port. Without `disableBc` two tabs would sync with no server at all.
  const provider = new WebsocketProvider('port:', 'content', doc, {
    awareness,
    disableBc: true,
    WebSocketPolyfill: port.asWebSocket,
  })
  const ready = new Promise<void>((resolve) => provider.on('sync', (synced) => synced && resolve()))
  await port.loadCopy()
  connection.connect()

  const online = (): void => connection.connect()
  const hide = (): void => port.flush()
  /** Where the browser keeps nothing, leaving would lose what the server does not have yet. */
  const leave = (event: Event): void => {
    if (!copy.durable && port.facts.waiting > 0) event.preventDefault()
  }
  globalThis.addEventListener?.('online', online)
  globalThis.addEventListener?.('pagehide', hide)
  globalThis.addEventListener?.('beforeunload', leave)

  return {
    doc,
    awareness,
    ready,
    connection,
    port,
    giveUp: () => port.giveUp(),
    async close() {
      globalThis.removeEventListener?.('online', online)
      globalThis.removeEventListener?.('pagehide', hide)
      globalThis.removeEventListener?.('beforeunload', leave)
      awareness.setLocalState(null)
      await port.close()
      provider.destroy()
      connection.close()
      copy.close()
      doc.destroy()
    },
  }
}
