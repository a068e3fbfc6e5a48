/** The address of a tool that somebody has typed: what may stand there, and what may be a link. */
import { isWebAddress } from '../addresses.ts'
import { LINK_MAX_CHARACTERS } from '../limits.ts'
import { hasHidden } from './signs.ts'

export type AddressFault = 'long' | 'form' | 'credentials'

/** As it is kept: whole, with its host in the form that machines read, where no letter looks like another one. */
export function toolAddress(
  written: string,
): { readonly address: string } | { readonly fault: AddressFault } {
  const text = written.trim()
  if (text === '') return { address: '' }
  if (text.length > LINK_MAX_CHARACTERS) return { fault: 'long' }
  if (hasHidden(text) || !isWebAddress(text)) return { fault: 'form' }
  const { href, username, password } = new URL(/^https?:/i.test(text) ? text : `https://${text}`)
  if (username !== '' || password !== '') return { fault: 'credentials' }
  // Signs that are written out take more room than they took.
  return href.length > LINK_MAX_CHARACTERS ? { fault: 'long' } : { address: href }
}

/** Names that only a network of its own knows (RFC 6761, RFC 6762, RFC 8375, and what routers and offices call theirs). */
const OWN_NAMES =
  /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|intra|private|lan|home|corp|home\.arpa|fritz\.box)$/
/** Of no machine of the web: first address, and how many bits of it count (IANA, IPv4 special-purpose addresses, multicast and reserved). */
const OWN_NETWORKS = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const
const bitsOf = (address: string): number =>
  address.split('.').reduce((bits, part) => bits * 256 + Number(part), 0)
const isIn = (address: string, [network, bits]: (typeof OWN_NETWORKS)[number]): boolean =>
  Math.floor(bitsOf(address) / 2 ** (32 - bits)) === Math.floor(bitsOf(network) / 2 ** (32 - bits))

/** Whoever follows a link to one is led to something else than was meant, or to a machine of the house. */
function isOfTheWeb(host: string): boolean {
  // In brackets it has a form for every private one; no tool for people is called so.
  if (host.startsWith('[') || !host.includes('.')) return false
  return /^\d+(?:\.\d+){3}$/.test(host)
    ? !OWN_NETWORKS.some((network) => isIn(host, network))
    : !OWN_NAMES.test(host)
}
/** Null where it is shown as text alone. */
export function linkOfTool(address: string): string | null {
  const checked = toolAddress(address)
  if (!('address' in checked) || checked.address === '') return null
  return isOfTheWeb(new URL(checked.address).hostname.replace(/\.+$/, '')) ? checked.address : null
}
