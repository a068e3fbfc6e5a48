/** A bus between nodes within one process that does everything a bus may: delays, loses, doubles, and mixes up what is said. */
import type { Bus, BusListener } from '@auzolan/server/src/bus/bus.ts'
import type { Random } from './random.ts'

export interface Gossip {
  /** A further node's bus. */
  join(): Bus & { leave(): void }
  /** What waits is delivered, and from now on everything at once. */
  settle(): void
}

/**
 * @param lost share of what is said that nobody hears, as of each listener
 * @param delayMs longest time until it is heard
 */
export function gossip(random: Random, lost: number, delayMs: number): Gossip {
  const nodes = new Map<Bus, BusListener>()
  let [loss, delay] = [lost, delayMs]
  const say = (from: Bus, tell: (listener: BusListener) => void): void => {
    for (const [bus, listener] of nodes) {
      if (bus === from || random() < loss) continue
      for (const _ of random() < loss / 2 ? [1, 2] : [1])
        if (delay === 0) tell(listener)
        else setTimeout(() => nodes.get(bus) === listener && tell(listener), random() * delay)
    }
  }
  let named = 0
  return {
    join() {
      const name = `node ${++named}`
      const bus: Bus & { leave(): void } = {
        state: 'up',
        counts: { sent: 0, received: 0, unread: 0, dropped: 0, lost: 0 },
        listen: (listener) => void nodes.set(bus, listener),
        hint: (hint) => say(bus, (listener) => listener.hinted(hint)),
        show: (channel, states) =>
          states.forEach((one) => say(bus, (listener) => listener.shown(name, channel, one))),
        ask: (channel) => say(bus, (listener) => listener.asked(channel)),
        hold: (channel) => say(bus, (listener) => listener.held(channel)),
        news: () => say(bus, (listener) => listener.news()),
        leave: () => void nodes.delete(bus),
        close: async () => void nodes.delete(bus),
      }
      return bus
    },
    settle: () => void ([loss, delay] = [0, 0]),
  }
}
