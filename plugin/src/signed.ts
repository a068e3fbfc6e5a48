/** Whose words they are that are sent: a page may outlive the session of whoever wrote them, and the server takes nothing of theirs for somebody else's. */
import { me } from './host.ts'

export const signed = <T extends object>(body: T): T & { readonly signedInAs: string } => ({
  ...body,
  signedInAs: me.id,
})
