/**
 * Reminds those who must act on a review, and tells others when they do not: each thing once, written in the same transaction as
 * the notice that leaves for Nextcloud. Nothing is kept of when it last looked, so a server that was off simply looks.
 */
import type { DocumentId, TeamId, DocumentTypeId } from '@auzolan/shared/ids.ts'
import type { Organisation } from '@auzolan/shared/protocol/organisation.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import { localTime } from '@auzolan/shared/working-days.ts'
import type { Journal, Rows } from '../journal/journal.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import { post } from '../outbox/outbox.ts'
import { openPlaces } from '../review/deciders.ts'
import { askedFor } from '../review/gates.ts'
import { opinionsOn } from '../review/opinions-said.ts'
import { noticeKey } from '../review/notices.ts'
import type { Standings } from '../review/standing.ts'
import type { Versions } from '../review/versions.ts'
import { membersOf } from '../teams/team-rows.ts'
import { awaited, remindersOf, type ReminderKind } from './reminders.ts'
import { isTimeToTell } from './hours.ts'

export interface RemindingPorts {
  readonly journal: Journal
  readonly versions: Versions
  readonly standings: Standings
  readonly organisation: DescribedOrganisation
  readonly now: () => Date
}

export class Reminding {
  readonly #ports: RemindingPorts
  constructor(ports: RemindingPorts) {
    this.#ports = ports
  }

  /** Looks through all that is in review. Gives how many notices were written. */
  async look(): Promise<number> {
    const { journal, organisation, now } = this.#ports
    const described = await organisation.read()
    if (!isTimeToTell(now(), described)) return 0
    const open = await inReview(journal.rows).select('id').execute()
    let told = 0
    for (const { id } of open) told += await this.#remind(id as DocumentId, described)
    return told
  }

  #remind(id: DocumentId, described: Organisation): Promise<number> {
    const { journal, versions, standings, now } = this.#ports
    const instant = now()
    const at = instant.toISOString()
    return journal.transact(async (rows) => {
      // Asked again in here: it may have been decided on meanwhile.
      const document = await inReview(rows).selectAll().where('id', '=', id).executeTakeFirst()
      const version = document && (await versions.latest(rows, id))
      if (!version) return 0
      const told = await rows
        .selectFrom('reminded')
        .select('kind')
        .where('document', '=', id)
        .where('n', '=', version.n)
        .execute()
      const local = (moment: Date): string => localTime(moment, described.timeZone).day
      const review = {
        since: local(new Date(version.at)),
        due: version.due,
        told: new Set(told.map(({ kind }) => kind as ReminderKind)),
      }
      const kinds = remindersOf(review, local(instant), described)
      if (kinds.length === 0) return 0
      const given = new Set((await opinionsOn(rows, id, version.n)).map(({ role }) => role))
      const approvals = await versions.approvals(rows, id, version.n)
      const places = await openPlaces(rows, document.team_id, version, { approvals, today: local(instant) })
      const had = approvals.flatMap(({ by, principal }) => [by, principal])
      const inForce = document.in_force === null ? null : { version: document.in_force }
      // Whoever sent it or wrote in it (DOMAIN W-01), or scored it (W-02), or has a part in it already.
      const authors = await standings.cannotDecide(rows, id, { inForce }, version)
      const cannot = new Set([version.submitter, ...authors, ...had])
      const { acting, others } = awaited(
        (await membersOf(rows, [document.team_id as TeamId])).get(document.team_id) ?? [],
        places.flatMap(({ to }) => to),
        cannot,
        askedFor(described, document.type as DocumentTypeId, {
          json: version.json,
          languages: JSON.parse(version.languages) as string[],
        }).filter((role) => !given.has(role)),
      )
      let written = 0
      for (const kind of kinds) {
        await rows.insertInto('reminded').values({ document: id, n: version.n, kind, at }).execute()
        const to = kind === 'escalated' ? others : acting
        if (to.length === 0) continue
        const key = (what: ReminderKind): string => noticeKey(id, version.n, what)
        // “It comes near” is no longer true.
        if (kind === 'overdue') await post(rows, at, { kind: 'dismiss', key: key('due') })
        await post(rows, at, {
          kind: 'notify',
          notice: {
            key: key(kind),
            kind,
            to,
            // Of a group that must act, those who cannot.
            ...(kind === 'escalated' ? {} : { except: [...cannot].filter((one) => !one.startsWith('/')) }),
            document: id,
            title: JSON.parse(document.title) as Translated<string>,
            version: version.n,
            by: { id: version.submitter, name: version.submitter_name },
            due: version.due,
          },
        })
        written += 1
      }
      return written
    })
  }
}

const inReview = (rows: Rows) =>
  rows
    .selectFrom('document')
    .where('work', '=', 'in_review')
    .where('archived', '=', 0)
    .where('trashed_at', 'is', null)
