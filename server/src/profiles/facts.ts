/** What is known beside the text of a plan, for its checks (DOMAIN A: rows, none of which changes the plan's hash). */
import type { Rows } from '../journal/journal.ts'
import type { PlanFacts } from '@auzolan/shared/checks/finding.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import type { ProfileStatus } from '@auzolan/shared/profile-life.ts'
import type { Organisation } from '@auzolan/shared/protocol/organisation.ts'
import { lastPosts } from './last-posts.ts'

export async function planFacts(
  rows: Rows,
  document: DocumentId,
  { departments, timeZone }: Organisation,
): Promise<PlanFacts> {
  const trained = await rows
    .selectFrom('training_done')
    .select(['training', 'person'])
    .where('document', '=', document)
    .execute()
  const profiles = await rows
    .selectFrom('profile_state')
    .select(['profile', 'name', 'status', 'opened_on'])
    .where('document', '=', document)
    .execute()
  const lastPost = await lastPosts(rows, document, timeZone)
  return {
    communications: departments.filter(({ communications }) => communications).map(({ id }) => id),
    trained,
    profiles: profiles.map(({ profile, name, status, opened_on }) => ({
      profile,
      name,
      status: status as ProfileStatus,
      openedOn: opened_on,
      ...lastPost(profile, opened_on),
    })),
  }
}
