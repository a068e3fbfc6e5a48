/**
 * Which updates enter the log: a pure function over the update and the head of its channel, so that the
 * server needs no `Y.Doc` of an open room. What passes can be applied by every replica that has the log so far.
 */
import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'
import { refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { PersonId } from '@auzolan/shared/ids.ts'
import { CLOCK_MAX, VALUE_DEPTH_MAX } from '@auzolan/shared/limits.ts'
import { parseCommentEvent } from '@auzolan/shared/schema/comments.ts'
import { META_CLIENT, META_ROOT } from '@auzolan/shared/schema/shapes.ts'

/** What may stand in a channel: which roots there are, and whether things can only be added (comments). */
export interface ChannelRules {
  readonly roots: ReadonlySet<string>
  readonly appendOnly: boolean
}

/** What the server knows of a channel's text: no text, only who has written how far. */
export interface Head {
  /** Yjs client id → next clock. */
  readonly clocks: Pick<ReadonlyMap<number, number>, 'get'>
  /** Yjs client id → the one person who may write under it. */
  readonly owners: ReadonlyMap<number, PersonId>
  readonly rules: ChannelRules
}

export interface Admitted {
  /**
   * What goes into the log: the update without the text that is already there. Replicas would ignore a repeated
   * struct, but `mergeUpdates` prefers whichever it meets, so a repetition with other letters would read one way
   * live and another way in a merged log.
   * `null`: all of it is there, so nothing is written.
   */
  readonly update: Uint8Array | null
  /** The clocks this update moves on; empty when it brings no new text (deletions are not counted here). */
  readonly clocks: ReadonlyMap<number, number>
}

/** How an update is read: as Yjs does, but no document is made for a document inside (60,000 of them fit into a frame). */
class Reader extends Y.UpdateDecoderV1 {
  /** What the last reader reads from, to see what it has left. Reading is synchronous. */
  static last: decoding.Decoder
  constructor(decoder: decoding.Decoder) {
    super(decoder)
    Reader.last = decoder
  }
  override readInfo(): number {
    const info = super.readInfo()
    if ((info & CONTENT_KIND) === CONTENT_DOC) throw new RangeError('a document inside a document')
    return info
  }
}
/** Of the byte a struct begins with: the bits that say what is in it, and their value for a document. */
const CONTENT_KIND = 0b11111
const CONTENT_DOC = 9

/** What is in an update: pieces and deletions. */
export type UpdateRead = ReturnType<typeof Y.decodeUpdate>

/** @throws for anything that is not exactly one update that may enter a log */
export function readUpdate(update: Uint8Array): UpdateRead {
  const decoded = Y.decodeUpdateV2(update, Reader)
  if (decoding.hasContent(Reader.last)) throw new RangeError('something behind the update')
  return decoded
}

/**
 * Decides about one update. Never throws: whatever cannot be read is malformed.
 * @param read what `readUpdate` has made of it, where somebody had to look into it before
 */
export function admit(
  update: Uint8Array,
  head: Head,
  person: PersonId,
  read?: UpdateRead,
): Admitted | Refusal {
  let decoded: UpdateRead
  try {
    decoded = read ?? readUpdate(update)
  } catch (error) {
    return refusal('MALFORMED', String(error))
  }
  if (head.rules.appendOnly) {
    const refused = onlyAppends(decoded)
    if (refused) return refused
  }
  const clocks = new Map<number, number>()
  const repeated = new Map<number, number>()
  for (const struct of decoded.structs) {
    if (struct instanceof Y.Skip) return refusal('GAP', `skip under client ${struct.id.client}`)
    const { client, clock } = struct.id
    // Yjs falls over pieces of no length, later, in every page.
    if (struct.length < 1) return refusal('MALFORMED', 'a piece of no length')
    const next = clocks.get(client) ?? head.clocks.get(client) ?? 0
    if (clock > next) return refusal('GAP', `client ${client} is at ${next}, update starts at ${clock}`)
    const end = clock + struct.length
    if (end > CLOCK_MAX) return refusal('MALFORMED', `client ${client} counts too far`)
    if (clock < next) repeated.set(client, next)
    if (end <= next) continue
    if (head.owners.get(client) !== person) return refusal('FORGED_AUTHOR', `client ${client}`)
    clocks.set(client, end)
  }
  // An update begins with the number of its chapters, one a client. Of two for one client Yjs keeps only the last.
  if (
    decoding.readVarUint(decoding.createDecoder(update)) !==
    new Set(decoded.structs.map((s) => s.id.client)).size
  ) {
    return refusal('MALFORMED', 'a client in two chapters')
  }
  const known = (id: Y.ID): boolean => id.clock < (clocks.get(id.client) ?? head.clocks.get(id.client) ?? 0)
  for (const struct of decoded.structs) {
    if (!(struct instanceof Y.Item)) continue
    const parent: unknown = struct.parent
    const named = [struct.origin, struct.rightOrigin, parent].filter((id): id is Y.ID => id instanceof Y.ID)
    // After an entry of `meta` means: in `meta`, which is the server's own.
    if (named.some((id) => id.client === META_CLIENT)) return refusal('UNKNOWN_ROOT', META_ROOT)
    // A piece that comes after itself, or after what its author wrote later, breaks whoever merges the log.
    if (named.some((id) => id.client === struct.id.client && id.clock >= struct.id.clock)) {
      return refusal('MALFORMED', 'a piece that depends on itself')
    }
    if (struct.origin && !known(struct.origin)) return refusal('UNKNOWN_DEPENDENCY', 'origin')
    if (struct.rightOrigin && !known(struct.rightOrigin)) return refusal('UNKNOWN_DEPENDENCY', 'right origin')
    if (parent instanceof Y.ID && !known(parent)) return refusal('UNKNOWN_DEPENDENCY', 'parent')
    if (typeof parent === 'string' && !head.rules.roots.has(parent)) return refusal('UNKNOWN_ROOT', parent)
    if (valuesOf(struct.content).some((value) => isDeep(value, VALUE_DEPTH_MAX)))
      return refusal('MALFORMED', 'a value too deep')
  }
  for (const [client, ranges] of decoded.ds.clients) {
    if (client === META_CLIENT) return refusal('UNKNOWN_ROOT', META_ROOT)
    if (ranges.some((range) => range.len < 1)) return refusal('MALFORMED', 'a deletion of no length')
    const next = clocks.get(client) ?? head.clocks.get(client) ?? 0
    if (ranges.some((range) => range.clock + range.len > next)) {
      return refusal('UNKNOWN_DEPENDENCY', `deletion under client ${client}`)
    }
  }
  const idle = clocks.size === 0 && decoded.ds.clients.size === 0
  if (idle) return { clocks, update: null }
  return { clocks, update: repeated.size > 0 ? Y.diffUpdate(update, Y.encodeStateVector(repeated)) : update }
}

/** The plain values of a piece. */
function valuesOf(content: Y.Item['content']): readonly unknown[] {
  if (content instanceof Y.ContentAny || content instanceof Y.ContentJSON) return content.arr
  if (content instanceof Y.ContentEmbed) return [content.embed]
  return content instanceof Y.ContentFormat ? [content.value] : []
}

const isDeep = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !(value instanceof Uint8Array) &&
  (levels === 0 || Object.values(value).some((inner) => isDeep(inner, levels - 1)))

/**
 * Comments are added, never changed: whole events in the one list, no deletion, no key, no type inside. (A key would
 * overwrite what somebody else has put there, without any deletion to be seen.)
 */
function onlyAppends({ structs, ds }: ReturnType<typeof Y.decodeUpdate>): Refusal | null {
  if (ds.clients.size > 0) return refusal('NOT_APPENDED', 'a deletion')
  for (const struct of structs) {
    if (struct instanceof Y.Skip) continue
    if (!(struct instanceof Y.Item) || struct.parentSub !== null || struct.parent instanceof Y.ID)
      return refusal('NOT_APPENDED', 'not an item of the list')
    if (!(struct.content instanceof Y.ContentAny)) return refusal('NOT_APPENDED', 'not a plain value')
    if (!struct.content.arr.every((value: unknown) => parseCommentEvent(value) !== null))
      return refusal('INVALID_INPUT', 'not a comment event')
  }
  return null
}

/** The deletions an update carries, for telling a stock client's repeated delete set from news. */
export type Deletions = ReturnType<typeof Y.decodeUpdate>['ds']

/** Whether every deletion of `ds` is in `known`, whose ranges must be sorted and merged. */
export function isCovered(ds: Deletions, known: Deletions): boolean {
  for (const [client, ranges] of ds.clients) {
    const has = known.clients.get(client) ?? []
    const covered = ranges.every((r) =>
      has.some((k) => k.clock <= r.clock && r.clock + r.len <= k.clock + k.len),
    )
    if (!covered) return false
  }
  return true
}
