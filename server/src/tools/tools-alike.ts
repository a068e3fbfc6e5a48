/** Which tools like one that somebody writes down the organisation has looked at already: of what that person may read, and nothing else. */
import { isSameNeed, needPartsOf, type Likeness, type NeedParts } from '@auzolan/shared/find/alike.ts'
import { likenessOf, toolPartsOf, type ToolParts, type ToolSaid } from '@auzolan/shared/find/tool-said.ts'
import type { Work } from '@auzolan/shared/grants.ts'
import { TOOLS_ALIKE_MAX } from '@auzolan/shared/limits.ts'
import type { ToolAsked, ToolFound, ToolsAlike as Found } from '@auzolan/shared/protocol/tools.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import type { Claims } from '../access/claims.ts'
import { readableWith } from '../documents/documents.ts'
import type { Journal, Rows } from '../journal/journal.ts'
import type { Teams } from '../teams/teams.ts'
import { approvedOfKind, isForAll } from './approved.ts'
import { toolSaidOf } from './said-rows.ts'

interface Hit {
  readonly document: string
  readonly like: Likeness | null
  readonly covers: boolean
}
const RANK = { same: 0, similar: 1 } as const
const rank = ({ like, covers: forNeed }: Hit): number => (like ? RANK[like] : forNeed ? 2 : 3)

export class ToolsAlike {
  readonly #journal: Journal
  readonly #teams: Teams
  readonly #tools = new Kept<ToolParts>()
  readonly #needs = new Kept<NeedParts>()
  constructor({ journal, teams }: { readonly journal: Journal; readonly teams: Teams }) {
    this.#journal = journal
    this.#teams = teams
  }

  async find(claims: Claims, asked: ToolAsked): Promise<Found> {
    const { rows } = this.#journal
    const readable = readableWith(rows, await this.#teams.rolesOf(claims))
    const hits = new Map<string, Hit>()
    const add = (document: string, hit: Omit<Hit, 'document'>): void => {
      const before = hits.get(document)
      const better = !before || rank({ document, ...hit }) < rank(before) ? hit : before
      hits.set(document, { ...better, document, covers: hit.covers || before?.covers === true })
    }
    const parts = toolPartsOf(asked)
    for (const row of await namesAmong(rows).where('tool_said.document', 'in', readable).execute()) {
      const like = likenessOf(
        parts,
        this.#tools.of(`${row.name}\n${row.address}`, () => toolPartsOf(row)),
      )
      if (like) add(row.document, { like, covers: false })
    }
    const need = needPartsOf(asked.need)
    for (const row of await approvedOfKind(rows, asked.category, readable)) {
      const other = this.#needs.of(row.need, () => needPartsOf(JSON.parse(row.need) as ToolSaid['need']))
      add(row.document, { like: null, covers: isSameNeed(need, other) })
    }
    if (asked.document !== null) hits.delete(asked.document)
    const sorted = [...hits.values()].sort((a, b) => rank(a) - rank(b))
    const found = await this.#described(sorted.slice(0, TOOLS_ALIKE_MAX), asked.document, readable)
    return { found, more: Math.max(0, sorted.length - TOOLS_ALIKE_MAX) }
  }

  async #described(
    hits: readonly Hit[],
    within: string | null,
    readable: ReturnType<typeof readableWith>,
  ): Promise<ToolFound[]> {
    const { rows } = this.#journal
    // Of what the person may not read themselves it is not said where it stands.
    const own =
      within === null
        ? undefined
        : await rows
            .selectFrom('document')
            .select(['team_id', 'visibility'])
            .where('id', '=', within)
            .where('id', 'in', readable)
            .executeTakeFirst()
    const found: ToolFound[] = []
    for (const { document, like, covers: forNeed } of hits) {
      const row = await rows
        .selectFrom('document')
        .innerJoin('team', 'team.id', 'document.team_id')
        .innerJoin('tool_said', (join) =>
          join
            .onRef('tool_said.document', '=', 'document.id')
            .on('tool_said.n', '=', (n) => n.fn.coalesce('document.in_force', n.lit(0))),
        )
        .selectAll('tool_said')
        .select(['document.work', 'document.archived', 'document.in_force', 'document.updated_at'])
        .select(['document.team_id', 'document.visibility', 'team.name as team_name', 'team.personal_of'])
        .select((one) =>
          one
            .selectFrom('decision')
            .select((decision) => decision.fn.max('decision.at').as('at'))
            .whereRef('decision.document', '=', 'document.id')
            .whereRef('decision.n', '=', 'document.in_force')
            .where('decision.verdict', '=', 'approve')
            .as('approved_at'),
        )
        .where('document.id', '=', document)
        .executeTakeFirst()
      if (!row) continue
      const { name, level, outcome } = toolSaidOf(row)
      const inForce = row.in_force !== null
      found.push({
        document,
        name,
        level,
        outcome: inForce ? outcome : null,
        team: JSON.parse(row.team_name) as Translated<string>,
        personal: row.personal_of !== null,
        work: row.work as Work,
        archived: row.archived === 1,
        inForce,
        at: row.approved_at ?? row.updated_at,
        like,
        covers: forNeed,
        forAll: own !== undefined && isForAll(row, own),
      })
    }
    return found
  }
}

/** What stands now and what is in force: a tool may have been called otherwise when it was approved. */
const namesAmong = (rows: Rows) =>
  rows
    .selectFrom('tool_said')
    .innerJoin('document', 'document.id', 'tool_said.document')
    .select(['tool_said.document', 'tool_said.name', 'tool_said.address'])
    .distinct()
    .where('document.kind', '=', 'document')
    .where((row) =>
      row.or([row('tool_said.n', '=', 0), row('tool_said.n', '=', row.ref('document.in_force'))]),
    )

/** What costs to make of a text is made once, for as long as many ask for it. */
class Kept<T> {
  readonly #known = new Map<string, T>()
  of(text: string, make: () => T): T {
    const known = this.#known.get(text)
    if (known !== undefined) return known
    if (this.#known.size >= KEPT_MAX) this.#known.clear()
    const made = make()
    this.#known.set(text, made)
    return made
  }
}
const KEPT_MAX = 20_000
