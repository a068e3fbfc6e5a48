/** A page without a browser: the plugin's own session code, on Node's WebSocket and an in-memory IndexedDB. */
import 'fake-indexeddb/auto'
import {
  openDocument,
  type Ledger,
  type OpenDocument,
  type OpenOptions,
} from '../../plugin/src/session/document.ts'
import type { TestServer } from './server.ts'

export interface TestPage extends OpenDocument {
  readonly ledger: () => Ledger
}

export async function openPage(
  server: Pick<TestServer, 'url' | 'ticket'>,
  person: string,
  document: string,
  more: Partial<OpenOptions> = {},
): Promise<TestPage> {
  let ledger: Ledger | null = null
  const opened = await openDocument({
    serverUrl: server.url,
    document,
    person,
    build: 'test',
    fetchTicket: () => server.ticket(person, document),
    onLedger: (facts) => (ledger = facts),
    ...more,
  })
  return { ...opened, ledger: () => ledger! }
}
