/** The composition root: the one place that knows which class stands behind which name. */
import 'reflect-metadata'
import tsyringe, { type DependencyContainer, type InjectionToken } from 'tsyringe'
import { pino, type Logger } from 'pino'
import { channelId, documentOf, parseDocumentId, type ChannelId } from '@auzolan/shared/ids.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { META_ROOT, rootsOf } from '@auzolan/shared/schema/shapes.ts'
import { Access } from './access/access.ts'
import { Tokens, type TokenOptions } from './access/tokens.ts'
import { Compaction } from './compaction/compaction.ts'
import { Follower } from './compaction/follower.ts'
import { Documents } from './documents/documents.ts'
import { Sockets } from './gateway/sockets.ts'
import type { Journal } from './journal/journal.ts'
import { Rooms } from './rooms/rooms.ts'

const { container: root, instanceCachingFactory } = tsyringe

export const LOG = Symbol('log') as InjectionToken<Logger>
export const JOURNAL = Symbol('journal') as InjectionToken<Journal>
export const COMPACTION = Symbol('compaction') as InjectionToken<Compaction>
export const DOCUMENTS = Symbol('documents') as InjectionToken<Documents>
export const FOLLOWER = Symbol('follower') as InjectionToken<Follower>
export const ROOMS = Symbol('rooms') as InjectionToken<Rooms>
export const ACCESS = Symbol('access') as InjectionToken<Access>
export const TOKENS = Symbol('tokens') as InjectionToken<Tokens>
export const SOCKETS = Symbol('sockets') as InjectionToken<Sockets>

export interface Ground {
  readonly journal: Journal
  readonly tokenOptions: Omit<TokenOptions, 'now'>
  readonly logLevel: string
  readonly now: () => Date
}

export function buildContainer(ground: Ground): DependencyContainer {
  const container = root.createChildContainer()
  const provide = <T>(token: InjectionToken<T>, make: (c: DependencyContainer) => T): void => {
    container.register(token, { useFactory: instanceCachingFactory(make) })
  }
  provide(LOG, () => pino({ level: ground.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime }))
  provide(JOURNAL, () => ground.journal)
  provide(COMPACTION, () => new Compaction())
  provide(DOCUMENTS, (c) => new Documents(c.resolve(JOURNAL), c.resolve(COMPACTION), ground.now))
  provide(FOLLOWER, (c) => new Follower(c.resolve(COMPACTION), c.resolve(DOCUMENTS), c.resolve(LOG)))
  provide(ROOMS, (c) => {
    const follower = c.resolve(FOLLOWER)
    return new Rooms(c.resolve(JOURNAL), rootsOfChannel(c.resolve(DOCUMENTS)), c.resolve(LOG), (room) =>
      follower.edited(room),
    )
  })
  provide(ACCESS, (c) => new Access(c.resolve(DOCUMENTS)))
  provide(TOKENS, (c) => new Tokens({ ...ground.tokenOptions, now: ground.now }, c.resolve(JOURNAL)))
  provide(SOCKETS, (c) => {
    const [tokens, access, rooms, log] = [
      c.resolve(TOKENS),
      c.resolve(ACCESS),
      c.resolve(ROOMS),
      c.resolve(LOG),
    ]
    return new Sockets({ tokens, access, rooms, log })
  })
  return container
}

/** Which roots a client may write to. `meta` is the server's own: no client ever writes there. */
const rootsOfChannel =
  (documents: Documents) =>
  async (channel: ChannelId): Promise<ReadonlySet<string> | null> => {
    const id = parseDocumentId(documentOf(channel))
    const document = id && (await documents.find(id))
    if (!document || channel !== channelId(document.id, 'content')) return null
    const roots = new Set(rootsOf(PLAN, document.languages))
    roots.delete(META_ROOT)
    return roots
  }
