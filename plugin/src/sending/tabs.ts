/** What the tabs of one person have in common: news between them, and work that one of them does at a time. */
export interface Tabs {
  /** Tells the others that something has changed. */
  readonly tell: () => void
  readonly onTold: (listen: () => void) => void
  /** Only pages over HTTPS have locks; without one the server counts what two tabs send once all the same. */
  readonly alone: (work: () => Promise<void>) => Promise<void>
}

/** @param name of the house, the person and the matter */
export function makeTabs(name: string): Tabs {
  const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(name) : null
  return {
    tell: () => channel?.postMessage(null),
    onTold: (listen) => channel?.addEventListener('message', listen),
    alone: async (work) => {
      const locks = globalThis.navigator?.locks
      if (locks) await locks.request(`${name}/sender`, work)
      else await work()
    },
  }
}

/** Whenever the network or the person comes back. */
export function whenBack(work: () => void): void {
  globalThis.addEventListener('online', work)
  document.addEventListener('visibilitychange', () => document.hidden || work())
}
