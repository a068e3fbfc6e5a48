/** Commands on the profiles of a plan: opened, at rest, closed, handed over. Each is a row, gated by the version in force. */
import type { Selectable } from 'kysely'
import { closingFindings, openingFindings } from '@auzolan/shared/checks/plan/opening.ts'
import type { CheckContext, Finding } from '@auzolan/shared/checks/finding.ts'
import { itemName } from '@auzolan/shared/checks/required.ts'
import { parsePlan } from '@auzolan/shared/checks/run.ts'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { TRAINING_WAIVED_DAYS } from '@auzolan/shared/limits.ts'
import {
  commanded,
  mayCommand,
  opens,
  type ProfileCommand,
  type ProfileStatus,
} from '@auzolan/shared/profile-life.ts'
import type {
  ProfileGate,
  ProfileOrder,
  ProfileState,
  ProfileStates,
  TimedWaiver,
} from '@auzolan/shared/protocol/profiles.ts'
import type { Waiver } from '@auzolan/shared/receipt.ts'
import type { Plan } from '@auzolan/shared/schema/plan.ts'
import { addDays, localTime } from '@auzolan/shared/working-days.ts'
import type { Claims } from '../access/claims.ts'
import { record } from '../journal/audit.ts'
import { digestOf } from '../journal/digest.ts'
import type { Journal, Tables, Rows } from '../journal/journal.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import { closed, notWaived, waiversRefused } from '../review/gates.ts'
import type { Standing, Standings } from '../review/standing.ts'
import type { Versions } from '../review/versions.ts'
import { planFacts } from './facts.ts'
import { lastPosts } from './last-posts.ts'

export interface ProfilePorts {
  readonly journal: Journal
  readonly standings: Standings
  readonly versions: Versions
  readonly organisation: DescribedOrganisation
  readonly now: () => Date
}

export class Profiles {
  readonly #ports: ProfilePorts
  constructor(ports: ProfilePorts) {
    this.#ports = ports
  }

  /** What was done with each; for everybody who may read the document. */
  async states(id: DocumentId): Promise<ProfileStates> {
    const { journal, standings, organisation } = this.#ports
    const flow = await standings.flow(id)
    const found = await journal.rows
      .selectFrom('profile_state')
      .selectAll()
      .where('document', '=', id)
      .execute()
    const lastPost = await lastPosts(journal.rows, id, (await organisation.read()).timeZone)
    return {
      inForce: flow?.inForce?.version ?? null,
      states: found.map((row) => ({ ...stateOf(row), ...lastPost(row.profile, row.opened_on) })),
    }
  }

  /** What stands in the way of the next commands; it names people, so it is for the team. */
  async gate(claims: Claims, id: DocumentId, profile: string): Promise<ProfileGate | Refusal> {
    const { journal, standings } = this.#ports
    const { rows } = journal
    const standing = await standings.of(rows, id, claims)
    if (isRefusal(standing)) return standing
    if (!standing.inTeam) return refusal('NOT_ALLOWED', 'for the team')
    const { plan, waived, context, version } = await this.#inForce(rows, id, standing)
    return {
      inForce: version,
      opening: notWaived(openingFindings(plan, profile, context), waived),
      closing: closingFindings(plan, profile, context),
    }
  }

  /**
   * Does what is ordered, or says why not. What the version in force lacks stops an opening; a director may let pass what says
   * that it may be let pass, and what was let pass with the approval itself need not be asked for again.
   */
  async order(
    claims: Claims,
    id: DocumentId,
    profile: string,
    command: ProfileCommand,
    { note, waivers }: ProfileOrder,
  ): Promise<Refusal | null> {
    const { journal, standings, now } = this.#ports
    const at = now().toISOString()
    return journal.transact(async (rows) => {
      const standing = await standings.of(rows, id, claims)
      if (isRefusal(standing)) return standing
      if (!mayCommand(command, standing.roles)) return refusal('NOT_ALLOWED', `may not ${command}`)
      if (waivers.length > 0 && !standing.roles.includes('director'))
        return refusal('NOT_ALLOWED', 'a waiver is for directors')
      if (standing.flow.archived) return refusal('ILLEGAL_MOVE', `${command} in an archived document`)
      const before = await rows
        .selectFrom('profile_state')
        .selectAll()
        .where('document', '=', id)
        .where('profile', '=', profile)
        .executeTakeFirst()
      const status = commanded((before?.status as ProfileStatus | undefined) ?? 'planned', command)
      if (isRefusal(status)) return status
      if (command === 'hand_over' && note === '') return refusal('INVALID_INPUT', 'to whom is missing')
      const { plan, waived, context, version, today } = await this.#inForce(rows, id, standing)
      const failing = opens(command)
        ? notWaived(openingFindings(plan, profile, context), waived)
        : command === 'close'
          ? closingFindings(plan, profile, context)
          : []
      const refused = waiversRefused(failing, waivers)
      if (refused) return refused
      const left = notWaived(failing, waivers)
      if (left.length > 0) return closed(left)
      const passed = opens(command)
        ? [...passedBy(openingFindings(plan, profile, context), waived), ...waivers.map(timed(today))]
        : []
      const inPlan = plan?.profiles.profiles.find((one) => one.id === profile)
      const row = {
        document: id,
        profile,
        name: (inPlan && itemName(inPlan, standing.languages[0] ?? '')) || (before?.name ?? profile),
        status,
        opened_on: opens(command) ? today : (before?.opened_on ?? null),
        closed_on: status === 'closed' || status === 'handed_over' ? today : null,
        version,
        note,
        waivers: JSON.stringify(passed),
        person: claims.person,
        person_name: claims.name,
        at,
      }
      await rows
        .insertInto('profile_state')
        .values(row)
        .onConflict((conflict) => conflict.columns(['document', 'profile']).doUpdateSet(row))
        .execute()
      const detail = {
        profile,
        from: before?.status ?? 'planned',
        to: status,
        version,
        waived: passed.map(({ check }) => check),
        digest: digestOf('profile_state', row),
      }
      await record(rows, { at, actor: claims.person, action: `profile.${command}`, subject: id, detail })
      return null
    })
  }

  /** The approved text with what was let pass at its approval, and everything its checks look at. */
  async #inForce(rows: Rows, id: DocumentId, standing: Standing): Promise<InForce> {
    const { versions, organisation, now } = this.#ports
    const described = await organisation.read(rows)
    const today = localTime(now(), described.timeZone).day
    const version = standing.flow.inForce?.version ?? null
    const row = version === null ? undefined : await versions.row(rows, id, version)
    const facts = await planFacts(rows, id, described)
    const approvals = await rows
      .selectFrom('decision')
      .select(['waivers', 'at'])
      .where('document', '=', id)
      .where('n', '=', version ?? 0)
      .where('verdict', '=', 'approve')
      .execute()
    return {
      version,
      plan: row ? parsePlan(row.json, standing.languages) : null,
      waived: approvals
        .flatMap(({ waivers, at }) =>
          (JSON.parse(waivers) as Waiver[]).map(timed(localTime(new Date(at), described.timeZone).day)),
        )
        .filter(({ until }) => until === undefined || today <= until),
      context: { languages: standing.languages, today, inForce: version !== null, facts },
      today,
    }
  }
}

interface InForce {
  readonly version: number | null
  readonly plan: Plan | null
  readonly waived: readonly TimedWaiver[]
  readonly context: CheckContext
  readonly today: string
}

/** Training may be lacking for some time, and not for ever (DOMAIN P-18). */
const timed =
  (from: string) =>
  ({ check, reason }: Waiver): TimedWaiver =>
    check === 'P-18' ? { check, reason, until: addDays(from, TRAINING_WAIVED_DAYS) } : { check, reason }

const passedBy = (findings: readonly Finding[], waived: readonly TimedWaiver[]): TimedWaiver[] =>
  waived.filter(({ check }) => findings.some((finding) => finding.check === check))

const stateOf = (row: Selectable<Tables['profile_state']>): ProfileState => ({
  profile: row.profile,
  name: row.name,
  status: row.status as ProfileStatus,
  openedOn: row.opened_on,
  closedOn: row.closed_on,
  by: { id: row.person, name: row.person_name },
  at: row.at,
  note: row.note,
  waivers: JSON.parse(row.waivers) as TimedWaiver[],
})
