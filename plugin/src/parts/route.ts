/** An approver's route in words: who each place is for, what its rule is, and where it stands. */
import { progressOf, type Approver, type Quorum, type Route } from '@auzolan/shared/approval-route.ts'
import { approvalsAmong, type Decision, type Version } from '@auzolan/shared/protocol/review.ts'
import { t } from '../l10n.ts'

export const approverName = (approver: Approver): string => {
  switch (approver.kind) {
    case 'directors':
      return t('Any director of the team')
    case 'person':
      return approver.name
    case 'group':
      return t('Somebody of the group “{name}”', { name: approver.name })
    case 'team':
      return t('Somebody of the Team “{name}”', { name: approver.name })
  }
}
export const quorumWords = (): { readonly [quorum in Quorum]: string } => ({
  any: t('One of them is enough'),
  all: t('All of them'),
  sequence: t('One after the other, in this order'),
})

/** The route that nobody has to be told about. */
export const isPlain = ({ approvers }: Route): boolean =>
  approvers.length === 1 && approvers[0]?.kind === 'directors'

export const deciderOf = ({ by, onBehalfOf }: Decision): string =>
  onBehalfOf ? t('{name}, for {giver}', { name: by.name, giver: onBehalfOf.name }) : by.name

/** How many have approved, of how many who must, as words have them. */
export function approvalsGiven({ route, decisions }: Pick<Version, 'route' | 'decisions'>): {
  readonly given: string
  readonly needed: string
} {
  const places = placesShown(route, decisions)
  return {
    given: String(places.filter((place) => place.approval).length),
    needed: String(route.quorum === 'any' ? 1 : places.length),
  }
}
/** What part somebody has in a version already, themselves or by a delegation; empty when they have none. */
export function partTaken({ decisions }: Pick<Version, 'decisions'>, person: string): string {
  const mine = decisions.find(({ by, onBehalfOf }) => by.id === person || onBehalfOf?.id === person)
  if (!mine) return ''
  if (mine.by.id !== person) return t('{name} has approved it for you.', { name: mine.by.name })
  return mine.onBehalfOf === null
    ? t('You have approved it already.')
    : t('You have approved it for {name}; nobody approves twice.', { name: mine.onBehalfOf.name })
}

export interface ShownPlace {
  readonly name: string
  readonly approval: Decision | null
  /** Its turn has come. */
  readonly open: boolean
}
export function placesShown(route: Route, decisions: readonly Decision[]): ShownPlace[] {
  const approved = decisions.filter(({ verdict }) => verdict === 'approve')
  const { taken, open } = progressOf(route, approvalsAmong(decisions))
  return route.approvers.map((approver, place) => {
    const by = taken[place] ?? null
    return {
      name: approverName(approver),
      approval: by === null ? null : (approved[by] ?? null),
      open: open.includes(place),
    }
  })
}
