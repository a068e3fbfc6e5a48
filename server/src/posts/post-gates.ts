/** What the checks of a post stop, looked at by the server with everything that only it knows (DOMAIN P-06 to P-49). */
import type { Refusal } from '@auzolan/shared/codes.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import type { PostCommand } from '@auzolan/shared/posts/life.ts'
import type { WholePost } from '@auzolan/shared/posts/post.ts'
import type { LanguageReview } from '@auzolan/shared/protocol/posts.ts'
import type { Rows } from '../journal/journal.ts'
import type { Standing } from '../review/standing.ts'

export class PostGates {
  async refused(
    _rows: Rows,
    _document: DocumentId,
    _standing: Standing,
    _whole: WholePost,
    _reviews: readonly LanguageReview[],
    _command: PostCommand,
    _emergency: boolean,
  ): Promise<Refusal | null> {
    return null
  }
}
