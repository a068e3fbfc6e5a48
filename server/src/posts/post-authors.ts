/** Who has written what would be approved of a post: whoever has is not the one who approves it (DOMAIN A.12, W-01). */
import { channelNameOf, documentOf, type ChannelId, type DocumentId } from '@auzolan/shared/ids.ts'
import { authoredIn, isDecidedOn, postOf, type WholePost } from '@auzolan/shared/posts/post.ts'
import { ORDER_KEY } from '@auzolan/shared/schema/shapes.ts'
import type { EntryRead } from '../compaction/readers.ts'
import type { Journal, Rows } from '../journal/journal.ts'

/** Rows of one insert. */
const ROWS_AT_ONCE = 200

/** The post, or the medium, whose decided text a change of this path is one of; `null` for what is arranged freely. */
export function writtenIn(path: string): string | null {
  const [root, id, key] = path.split('/')
  if (id === undefined) return null
  if (root === 'variants' || root === 'mentions') return postOf(id) || null
  // That a record came is said apart from what it brought with it; that it went leaves nothing to approve.
  if (key === undefined || key === ORDER_KEY) return null
  if (root === 'media') return id
  return root === 'posts' && isDecidedOn(key.replace(/:.*$/, '')) ? id : null
}

export class PostAuthors {
  readonly #journal: Journal
  constructor(journal: Journal) {
    this.#journal = journal
  }

  /** Called again with the same entries it changes nothing. */
  async read(channel: ChannelId, entries: readonly EntryRead[]): Promise<void> {
    if (channelNameOf(channel) !== 'calendar') return
    const document = documentOf(channel)
    const found = new Map<string, { document: DocumentId; post: string; person: string }>()
    for (const { person, paths } of entries)
      for (const path of paths) {
        const post = writtenIn(path)
        if (post !== null) found.set(`${post} ${person}`, { document, post, person })
      }
    const rows = [...found.values()]
    for (let i = 0; i < rows.length; i += ROWS_AT_ONCE)
      await this.#journal.rows
        .insertInto('post_author')
        .values(rows.slice(i, i + ROWS_AT_ONCE))
        .onConflict((conflict) => conflict.doNothing())
        .execute()
  }

  /** By post or medium. */
  async of(rows: Rows, document: DocumentId): Promise<ReadonlyMap<string, readonly string[]>> {
    const found = await rows
      .selectFrom('post_author')
      .select(['post', 'person'])
      .where('document', '=', document)
      .orderBy('person')
      .execute()
    return new Map(
      [...Map.groupBy(found, ({ post }) => post)].map(([post, all]) => [
        post,
        all.map(({ person }) => person),
      ]),
    )
  }

  /** Whether the person has written something of it, or of what it shows. */
  async wrote(rows: Rows, document: DocumentId, whole: WholePost, person: string): Promise<boolean> {
    const row = await rows
      .selectFrom('post_author')
      .select('person')
      .where('document', '=', document)
      .where('post', 'in', authoredIn(whole))
      .where('person', '=', person)
      .executeTakeFirst()
    return row !== undefined
  }
}
