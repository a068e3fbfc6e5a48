/** Which findings stop a command; the server looks again with everything that it alone knows. */
import type { Finding } from '@auzolan/shared/checks/finding.ts'
import type { PostCommand } from '@auzolan/shared/posts/life.ts'

/** What a failed check stops, by the gate it stands at; what names none stands at the first one. */
const STOPPED_AT: { readonly [command in PostCommand]?: readonly string[] } = {
  submit: ['post_submit'],
  approve: ['post_submit', 'post_approve'],
  schedule: ['post_submit', 'post_approve', 'post_schedule'],
  publish: ['post_submit', 'post_approve', 'post_schedule'],
}
const GATES = ['post_submit', 'post_approve', 'post_schedule']

/** In an emergency nothing is in the way of what is published first. */
export function stoppedBy(
  command: PostCommand,
  findings: readonly Finding[],
  emergency: boolean,
): readonly Finding[] {
  const gates = STOPPED_AT[command]
  if (!gates || (command === 'publish' && emergency)) return []
  return findings.filter(({ severity, gate }) => {
    if (severity !== 'block') return false
    return gates.includes(GATES.includes(gate) ? gate : 'post_submit')
  })
}
