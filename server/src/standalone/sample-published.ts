/**
 * Posts of the demo that are out already: of what they speak nobody says that we are silent. The flood notice went out in an
 * emergency and was looked at afterwards (DOMAIN G.1).
 */
import type { Transaction } from 'kysely'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { postSha256, wholePost } from '@auzolan/shared/posts/post.ts'
import type { PostPublished } from '@auzolan/shared/protocol/posts.ts'
import type { Calendar } from '@auzolan/shared/schema/calendar.ts'
import type { Person } from '@auzolan/shared/schema/fields.ts'
import { instantOf } from '@auzolan/shared/wall-time.ts'
import { record } from '../journal/audit.ts'
import { digestOf } from '../journal/digest.ts'
import type { Tables } from '../journal/journal.ts'
import { ideaRow, type PostRow } from '../posts/post-row.ts'
import { PEOPLE } from './people.ts'
import { COMMUNICATIONS } from './sample-plan/writing.ts'

const OUT: readonly string[] = ['jaiak', 'edukiontzi-txartela', 'uholdea', 'liburutegia']
const MAYOR: Person = PEOPLE.find(({ role }) => role === 'director')!

export async function publishSamples(
  rows: Transaction<Tables>,
  plan: DocumentId,
  calendar: Calendar,
  { at, timeZone }: { readonly at: string; readonly timeZone: string },
): Promise<void> {
  for (const id of OUT) {
    const whole = wholePost(calendar, id)
    if (!whole) throw new Error(`The demo has no post ${id}`)
    const { post } = whole
    const sha256 = postSha256(whole)
    const emergency = post.sensitive.includes('emergency')
    const published = post.profileIds.map((profile): PostPublished => ({
      profile,
      url: `https://${profile}.example/@haranberriudala/${id}`,
      at: instantOf({ day: post.day!, time: post.time!, zone: timeZone }).instant.toISOString(),
      by: COMMUNICATIONS,
      sha256,
      emergency,
      reviewed: true,
    }))
    const approved = {
      ...ideaRow(plan, id),
      ...{ status: 'approved' as const, approved: sha256, approver: MAYOR.id, approver_name: MAYOR.name },
      ...{ approved_at: at, person: MAYOR.id, person_name: MAYOR.name, at },
    }
    const out = { status: 'published' as const, published: JSON.stringify(published) }
    // What went out in an emergency was approved last; everything else, first.
    const steps: readonly (readonly [string, PostRow])[] = emergency
      ? [
          ['publish', { ...ideaRow(plan, id), ...out, ...by(COMMUNICATIONS, at) }],
          ['approve', { ...approved, ...out }],
        ]
      : [
          ['approve', approved],
          ['publish', { ...approved, ...out, ...by(COMMUNICATIONS, at) }],
        ]
    for (const [command, row] of steps) {
      const detail = { post: id, to: row.status, sha256, digest: digestOf('post_state', row) }
      await record(rows, { at, actor: row.person, action: `post.${command}`, subject: plan, detail })
    }
    await rows.insertInto('post_state').values(steps.at(-1)![1]).execute()
  }
}

const by = ({ id, name }: Person, at: string) => ({ person: id, person_name: name, at })
