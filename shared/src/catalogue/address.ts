/** The address of a tool that somebody has typed: what may stand there, and what may be a link. */
import { isWebAddress } from '../addresses.ts'
import { LINK_MAX_CHARACTERS } from '../limits.ts'

export type AddressFault = 'long' | 'form' | 'credentials'

/** As it is kept: whole, with its host in the form that machines read, where no letter looks like another one. */
export function toolAddress(
  written: string,
): { readonly address: string } | { readonly fault: AddressFault } {
  const text = written.trim()
  if (text === '') return { address: '' }
  if (text.length > LINK_MAX_CHARACTERS) return { fault: 'long' }
  if (!isWebAddress(text)) return { fault: 'form' }
  const { href, username, password } = new URL(/^https?:/i.test(text) ? text : `https://${text}`)
  if (username !== '' || password !== '') return { fault: 'credentials' }
  // Signs that are written out take more room than they took.
  return href.length > LINK_MAX_CHARACTERS ? { fault: 'long' } : { address: href }
}

/** Hosts that only a network of its own knows: whoever follows a link to one is led to something else, or to a machine of the house. */
const PRIVATE =
  /^(?:localhost|0\.|10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|\[)|\.(?:local|localhost|internal|intranet|lan|home|corp|home\.arpa)$/
/** Null where it is shown as text alone. */
export function linkOfTool(address: string): string | null {
  const checked = toolAddress(address)
  if (!('address' in checked) || checked.address === '') return null
  const host = new URL(checked.address).hostname.replace(/\.$/, '')
  return host.includes('.') && !PRIVATE.test(host) ? checked.address : null
}
