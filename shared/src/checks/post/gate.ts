/** What stops a command on a post (DOMAIN A.12): the server refuses with it, the screen says it before. */
import type { PostCommand } from '../../posts/life.ts'
import type { Finding, Gate, Outcome } from '../finding.ts'
import type { PostGate } from './check.ts'

export type GatedCommand = PostCommand & ('submit' | 'approve' | 'schedule' | 'publish')

const STOPPED_BY: { readonly [command in GatedCommand]: readonly PostGate[] } = {
  submit: ['post_submit'],
  approve: ['post_submit', 'post_approve'],
  schedule: ['post_submit', 'post_approve', 'post_schedule'],
  // When it went out is said with the command itself.
  publish: ['post_submit', 'post_approve'],
}
export const isGated = (command: PostCommand): command is GatedCommand => Object.hasOwn(STOPPED_BY, command)

/** The rights of people: what is out cannot be taken back, however much haste there was. */
const EVEN_IN_AN_EMERGENCY: readonly string[] = ['P-31', 'P-32', 'P-45']

/**
 * An emergency goes out first and is looked at afterwards, within a day: it lacks what it lacks, but for the rights of people. To
 * approve it afterwards, all is asked for.
 */
export function postGate(outcomes: readonly Outcome[], command: GatedCommand, emergency: boolean): Finding[] {
  const gates: readonly Gate[] = STOPPED_BY[command]
  return outcomes
    .flatMap(({ findings }) => findings)
    .filter(({ severity, gate }) => severity === 'block' && gates.includes(gate))
    .filter(({ check }) => !(command === 'publish' && emergency) || EVEN_IN_AN_EMERGENCY.includes(check))
}
