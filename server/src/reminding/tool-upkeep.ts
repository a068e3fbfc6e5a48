/**
 * Tells that somebody has to look again at a tool (DOMAIN C-04): 90 and 30 days before and on the day, whoever coordinates its evaluation and whoever
 * watches over the tools; and asks once a year whether a department still uses it (C-05). Each thing once; what is over is taken back.
 */
import { confirmBy, isToConfirm, reviewStage } from '@auzolan/shared/catalogue/upkeep.ts'
import type { Notice } from '@auzolan/shared/protocol/notices.ts'
import type { Principal } from '@auzolan/shared/protocol/teams.ts'
import { localTime } from '@auzolan/shared/working-days.ts'
import type { CatalogueEntries } from '../catalogue/entries.ts'
import { saidOf } from '../catalogue/upkeep-rows.ts'
import { tools, useKey } from '../catalogue/upkeep.ts'
import { watchers } from '../catalogue/watch.ts'
import type { Journal } from '../journal/journal.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import { post } from '../outbox/outbox.ts'
import { holders } from '../review/deciders.ts'
import { isTimeToTell } from './hours.ts'

export interface ToolRemindersPorts {
  readonly journal: Journal
  readonly organisation: DescribedOrganisation
  readonly catalogue: CatalogueEntries
  readonly now: () => Date
}
interface Due extends Pick<Notice, 'key' | 'due' | 'title'> {
  readonly document: string
  readonly version: number
  readonly kind: 'tool_review' | 'tool_use'
  /** `null`: whoever coordinates it, and whoever watches. */
  readonly person: string | null
}

export class ToolReminders {
  readonly #ports: ToolRemindersPorts
  constructor(ports: ToolRemindersPorts) {
    this.#ports = ports
  }

  /** Gives how many notices were written. What is over is taken back at any hour. */
  async look(): Promise<number> {
    const { journal, organisation, now } = this.#ports
    const described = await organisation.read()
    const due = await this.#due(localTime(now(), described.timeZone).day)
    const told = await journal.rows.selectFrom('told').select('key').where('key', 'like', 'tool/%').execute()
    const over = told.filter(({ key }) => !due.some((one) => one.key === key))
    const fresh = isTimeToTell(now(), described)
      ? due.filter(({ key }) => !told.some((one) => one.key === key))
      : []
    if (over.length === 0 && fresh.length === 0) return 0
    const at = now().toISOString()
    return journal.transact(async (rows) => {
      for (const { key } of over) await post(rows, at, { kind: 'dismiss', key })
      let written = 0
      for (const { version, person, ...about } of fresh) {
        // Asked again in here: it may have been decided anew, thrown away, or told meanwhile.
        const tool = await tools(rows)
          .select('team_id')
          .where('id', '=', about.document)
          .where('in_force', '=', version)
          .executeTakeFirst()
        const before = await rows
          .selectFrom('told')
          .select('n')
          .where('key', '=', about.key)
          .executeTakeFirst()
        if (!tool || before) continue
        const to: Principal[] =
          person === null
            ? once([...(await holders(rows, tool.team_id, ['coordinator'])), ...watchers(described)])
            : [{ kind: 'person', id: person }]
        if (to.length === 0) continue
        await post(rows, at, { kind: 'notify', notice: { ...about, to, version, by: null } })
        written += 1
      }
      return written
    })
  }

  /** Everything that is to be told by today. */
  async #due(today: string): Promise<Due[]> {
    const { journal, catalogue } = this.#ports
    const said = await saidOf(journal.rows)
    const inReview = new Set(
      (await tools(journal.rows).select('id').where('work', '=', 'in_review').execute()).map(({ id }) => id),
    )
    return (await catalogue.all()).flatMap(({ entry }): Due[] => {
      const { id: document, version, nextReviewOn } = entry
      const stage = inReview.has(document) ? null : reviewStage(entry, today)
      // Whoever uses it knows it by its name.
      const about = { document, version, title: { und: entry.name } }
      return [
        ...(stage === null
          ? []
          : [
              {
                ...about,
                key: `tool/${document}/review/${nextReviewOn}/${stage}`,
                kind: 'tool_review' as const,
                due: nextReviewOn,
                person: null,
              },
            ]),
        ...said(document)
          .uses.filter((use) => use.saidBy !== '' && isToConfirm(use, today))
          .map((use) => ({
            ...about,
            key: useKey(document, use.department),
            kind: 'tool_use' as const,
            due: confirmBy(use),
            person: use.saidBy,
          })),
      ]
    })
  }
}

const once = (principals: readonly Principal[]): Principal[] =>
  principals.filter(
    ({ kind, id }, i) => principals.findIndex((one) => one.kind === kind && one.id === id) === i,
  )
