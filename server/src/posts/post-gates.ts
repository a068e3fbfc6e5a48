/** What the checks of a post stop, looked at by the server with everything that only it knows (DOMAIN P-06 to P-49). */
import { parsePlan } from '@auzolan/shared/checks/run.ts'
import { PostChecks } from '@auzolan/shared/checks/post.ts'
import type { PostContext } from '@auzolan/shared/checks/post/check.ts'
import { isGated, postGate } from '@auzolan/shared/checks/post/gate.ts'
import type { Refusal } from '@auzolan/shared/codes.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import type { ProfileStatus } from '@auzolan/shared/profile-life.ts'
import type { PostCommand, PostStatus } from '@auzolan/shared/posts/life.ts'
import type { WholePost } from '@auzolan/shared/posts/post.ts'
import type { LanguageReview } from '@auzolan/shared/protocol/posts.ts'
import { consentsOf } from '../consents/consents.ts'
import type { Rows } from '../journal/journal.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import type { ReferenceLists } from '../organisation/reference-lists.ts'
import { closed } from '../review/gates.ts'
import type { Standing } from '../review/standing.ts'
import type { Versions } from '../review/versions.ts'

export interface PostGatesPorts {
  readonly versions: Versions
  readonly organisation: DescribedOrganisation
  readonly lists: ReferenceLists
  readonly now: () => Date
}

export interface Gated {
  readonly whole: WholePost
  readonly status: PostStatus
  readonly reviews: readonly LanguageReview[]
  readonly emergency: boolean
}

export class PostGates {
  readonly #ports: PostGatesPorts
  constructor(ports: PostGatesPorts) {
    this.#ports = ports
  }

  /** Why this command does not pass, by the version of the plan that is in force. */
  async refused(
    rows: Rows,
    document: DocumentId,
    { flow, languages }: Standing,
    command: PostCommand,
    { whole, status, reviews, emergency }: Gated,
  ): Promise<Refusal | null> {
    if (!isGated(command)) return null
    const checks = new PostChecks(await this.context(rows, document, { flow, languages }))
    const failing = postGate(checks.of(whole, { status, reviews }), command, emergency)
    return failing.length > 0 ? closed(failing) : null
  }

  /** All that is known beside the posts of a calendar. */
  async context(
    rows: Rows,
    document: DocumentId,
    { flow, languages }: Pick<Standing, 'flow' | 'languages'>,
  ): Promise<PostContext> {
    const { versions, organisation, lists, now } = this.#ports
    const inForce = flow.inForce && (await versions.row(rows, document, flow.inForce.version))
    const profiles = await rows
      .selectFrom('profile_state')
      .select(['profile', 'status'])
      .where('document', '=', document)
      .execute()
    const files = await rows.selectFrom('file').select('sha256').where('document', '=', document).execute()
    return {
      languages,
      files: new Set(files.map(({ sha256 }) => sha256)),
      // Without one nothing passes (P-46).
      plan: parsePlan(inForce ? inForce.json : '{}', languages),
      inForce: inForce !== null && inForce !== undefined,
      profiles: profiles.map((one) => ({ profile: one.profile, status: one.status as ProfileStatus })),
      references: await lists.now(rows),
      organisation: await organisation.read(rows),
      consents: await consentsOf(rows, document),
      now: now(),
    }
  }
}
