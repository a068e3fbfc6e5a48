/**
 * Tells people that somebody has named them in a comment. What is told is remembered beside the log, in the transaction that
 * hands the notice over: after a restart nobody hears of it twice, and nothing that was written before it is forgotten.
 */
import type { Logger } from 'pino'
import type { Said } from '@auzolan/shared/comments/said.ts'
import { isRefusal } from '@auzolan/shared/codes.ts'
import { grant } from '@auzolan/shared/grants.ts'
import {
  channelNameOf,
  documentOf,
  type ChannelId,
  type DocumentId,
  type PersonId,
} from '@auzolan/shared/ids.ts'
import { MENTIONS_OF_ONE_PER_HOUR_MAX, MENTION_AGAIN_MS, MENTION_WITHIN_MS } from '@auzolan/shared/limits.ts'
import type { Claims } from '../access/claims.ts'
import type { Belonging } from '../access/people.ts'
import type { Refusal } from '@auzolan/shared/codes.ts'
import type { Documents, StoredDocument } from '../documents/documents.ts'
import type { Journal, Rows } from '../journal/journal.ts'
import { post } from '../outbox/outbox.ts'
import type { Teams } from '../teams/teams.ts'
import type { Commenters } from './commenters.ts'
import { note } from './mentioned.ts'
import type { Comments } from './comments.ts'

export interface MentionPorts {
  readonly journal: Journal
  readonly documents: Documents
  readonly teams: Teams
  readonly comments: Comments
  readonly commenters: Commenters
  /** Groups and Teams of a person as Nextcloud says; `null` where nobody can be asked (the demo). */
  readonly askNow: ((person: string) => Promise<Belonging | Refusal>) | null
  readonly log: Logger
  readonly now: () => Date
}

const HOUR_MS = 60 * 60 * 1000
/** Remarks that may name people. */
const TELLING = ['comment', 'reply', 'suggest']

export class Mentions {
  readonly #ports: MentionPorts
  readonly #timers = new Map<DocumentId, NodeJS.Timeout>()
  readonly #busy = new Set<DocumentId>()
  #closed = false
  constructor(ports: MentionPorts) {
    this.#ports = ports
  }

  /** Something was written in a channel. */
  edited({ channel }: { readonly channel: ChannelId }): void {
    if (channelNameOf(channel) === 'comments') this.#lookIn(MENTION_WITHIN_MS, documentOf(channel))
  }

  /** What was written before a stop, and not looked at. */
  async catchUp(): Promise<void> {
    const behind = await this.#ports.journal.rows
      .selectFrom('channel')
      .leftJoin('mention_look', (join) =>
        join.on((row) => row(row.ref('channel.id'), '=', row('mention_look.document', '||', '/comments'))),
      )
      .select('channel.id')
      .where('channel.id', 'like', '%/comments')
      .where('channel.seq', '>', 0)
      .where((row) =>
        row.or([
          row('mention_look.seq', 'is', null),
          row('mention_look.epoch', '!=', row.ref('channel.epoch')),
          row('mention_look.seq', '<', row.ref('channel.seq')),
        ]),
      )
      .execute()
    for (const { id } of behind) this.#lookIn(0, documentOf(id as ChannelId))
  }

  close(): void {
    this.#closed = true
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
  }

  #lookIn(ms: number, id: DocumentId): void {
    if (this.#closed || this.#timers.has(id)) return
    const timer = setTimeout(() => {
      this.#timers.delete(id)
      // One look at a time: the next finds what this one has told.
      if (this.#busy.has(id)) return this.#lookIn(MENTION_WITHIN_MS, id)
      this.#busy.add(id)
      void this.#look(id)
        .catch((error: unknown) => {
          if (this.#closed) return
          this.#ports.log.warn({ err: error, document: id }, 'mentions in comments could not be told')
          this.#lookIn(MENTION_AGAIN_MS, id)
        })
        .finally(() => this.#busy.delete(id))
    }, ms)
    timer.unref()
    this.#timers.set(id, timer)
  }

  async #look(id: DocumentId): Promise<void> {
    const { journal, documents, comments, commenters } = this.#ports
    const document = await documents.find(id)
    if (!document) return
    const { epoch, seq, said } = await comments.said(id)
    const told = await journal.rows
      .selectFrom('mention_told')
      .select('event')
      .where('document', '=', id)
      .execute()
    const known = new Set(told.map(({ event }) => event))
    const people = await commenters.of(id)
    const fresh = said.filter(
      ({ event }) =>
        TELLING.includes(event.kind) && (event.mentions?.length ?? 0) > 0 && !known.has(event.id),
    )
    for (const one of fresh) {
      const by = people.get(one.client)
      const person = by?.id ?? ''
      const may = await this.#left(journal.rows, person)
      const readers = may > 0 ? await this.#readersAmong(one, by?.id ?? null, document) : []
      const at = this.#ports.now().toISOString()
      await journal.transact(async (rows) => {
        const to = readers.slice(0, await this.#left(rows, person))
        const first = await rows
          .insertInto('mention_told')
          .values({ document: id, event: one.event.id, person, people: to.length, at })
          .onConflict((c) => c.doNothing())
          .executeTakeFirst()
        if (first.numInsertedOrUpdatedRows === 0n || to.length === 0) return
        const author = { id: by?.id ?? '', name: by?.name ?? '' }
        await note(rows, to, { document: id, event: one.event.id, by: author, at })
        await post(rows, at, {
          kind: 'notify',
          notice: {
            key: `mention/${id}/${one.event.id}`,
            kind: 'mention',
            to: to.map((whom) => ({ kind: 'person', id: whom })),
            document: id,
            title: document.title,
            version: null,
            by: by ? { id: by.id, name: by.name } : null,
            due: null,
            comment: one.event.id,
          },
        })
      })
    }
    await journal.rows
      .insertInto('mention_look')
      .values({ document: id, epoch, seq })
      .onConflict((c) => c.column('document').doUpdateSet({ epoch, seq }))
      .execute()
  }

  /** How many people somebody may still call within this hour; whoever is named beyond reads it where it stands. */
  async #left(rows: Rows, person: string): Promise<number> {
    const since = new Date(this.#ports.now().getTime() - HOUR_MS).toISOString()
    const { told } = await rows
      .selectFrom('mention_told')
      .select((row) => row.fn.sum<number | null>('people').as('told'))
      .where('person', '=', person)
      .where('at', '>', since)
      .executeTakeFirstOrThrow()
    return Math.max(0, MENTIONS_OF_ONE_PER_HOUR_MAX - Number(told ?? 0))
  }

  /** Those who are named and may read the comments. @throws when it cannot be found out now */
  async #readersAmong({ event }: Said, author: string | null, document: StoredDocument): Promise<string[]> {
    const readers: string[] = []
    for (const person of new Set(event.mentions ?? []))
      if (person !== author && (await this.#mayRead(person as PersonId, document))) readers.push(person)
    return readers
  }

  async #mayRead(person: PersonId, document: StoredDocument): Promise<boolean> {
    if (document.trashedAt !== null) return false
    const belonging = (await this.#ports.askNow?.(person)) ?? { groups: [], teams: [] }
    if (isRefusal(belonging)) {
      if (belonging.refused === 'TRY_AGAIN') throw new Error('Nextcloud does not say who somebody is')
      return false
    }
    const roles = await this.#ports.teams.rolesIn(document.teamId, { ...NOBODY, person, ...belonging })
    return grant({ ...document, roles }, 'comments').read
  }
}

const NOBODY: Omit<Claims, 'person'> = {
  name: '',
  groups: [],
  teams: [],
  language: '',
  admin: false,
  issuedAt: 0,
}
