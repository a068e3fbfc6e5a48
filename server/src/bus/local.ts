/** The bus of a server that is one process: everybody is here. */
import type { Bus } from './bus.ts'

export const LOCAL_BUS: Bus = {
  state: 'alone',
  counts: { sent: 0, received: 0, unread: 0, dropped: 0, lost: 0 },
  listen: () => {},
  hint: () => {},
  show: () => {},
  ask: () => {},
  hold: () => {},
  news: () => {},
  close: async () => {},
}
