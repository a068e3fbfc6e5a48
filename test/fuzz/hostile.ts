/** Updates no page would write: pieces of any kind in any place, made so that admission lets most of them pass. */
import * as encoding from 'lib0/encoding'
import { oneOf, under, type Random } from '../support/random.ts'

const KEYS = ['order', 'name:eu', 'x', 'kind', 'text:eu']

/**
 * @param client the author's own id
 * @param clock where the author's text ends
 * @param roots where pieces may stand
 */
export function hostileUpdate(
  random: Random,
  client: number,
  clock: number,
  roots: readonly string[],
): Uint8Array {
  const pieces = 1 + under(random, 4)
  let at = clock
  return encoding.encode((e) => {
    for (const number of [1, pieces, client, clock]) encoding.writeVarUint(e, number)
    for (let i = 0; i < pieces; i++) at += writePiece(e, random, client, at, roots)
    const deletions = at > 0 && random() < 0.3 ? 1 : 0
    encoding.writeVarUint(e, deletions)
    if (deletions > 0) for (const n of [client, 1, under(random, at), 1]) encoding.writeVarUint(e, n)
  })
}

function writePiece(
  e: encoding.Encoder,
  random: Random,
  client: number,
  at: number,
  roots: readonly string[],
): number {
  const kind = oneOf(random, [0, 1, 2, 3, 4, 4, 5, 6, 7, 7, 7, 8])
  if (kind === 0) {
    encoding.writeUint8(e, 0)
    encoding.writeVarUint(e, 1)
    return 1
  }
  const earlier = (): void => {
    encoding.writeVarUint(e, client)
    encoding.writeVarUint(e, under(random, at))
  }
  const origin = at > 0 && random() < 0.4
  const right = at > 0 && random() < 0.2
  const key = random() < 0.4
  encoding.writeUint8(e, kind | (origin ? 128 : 0) | (right ? 64 : 0) | (key ? 32 : 0))
  if (origin) earlier()
  if (right) earlier()
  if (!origin && !right) {
    if (at === 0 || random() < 0.4) {
      encoding.writeVarUint(e, 1)
      encoding.writeVarString(e, oneOf(random, roots))
    } else {
      encoding.writeVarUint(e, 0)
      earlier()
    }
    if (key) encoding.writeVarString(e, oneOf(random, KEYS))
  }
  return writeContent(e, random, kind)
}

function writeContent(e: encoding.Encoder, random: Random, kind: number): number {
  switch (kind) {
    case 1: {
      const length = 1 + under(random, 3)
      encoding.writeVarUint(e, length)
      return length
    }
    case 2:
      encoding.writeVarUint(e, 1)
      encoding.writeVarString(e, oneOf(random, ['{"a":1}', 'undefined', 'null']))
      return 1
    case 3:
      encoding.writeVarUint8Array(e, new Uint8Array([1, 2, 3]))
      return 1
    case 4:
      encoding.writeVarString(e, 'gaiztoa')
      return 7
    case 5:
      encoding.writeVarString(e, oneOf(random, ['null', '{"image":1}', '7']))
      return 1
    case 6:
      encoding.writeVarString(e, oneOf(random, ['bold', 'link', '__proto__']))
      encoding.writeVarString(e, oneOf(random, ['{}', 'null', 'true']))
      return 1
    case 7: {
      const type = under(random, 7)
      encoding.writeVarUint(e, type)
      if (type === 3 || type === 5) encoding.writeVarString(e, 'paragraph')
      return 1
    }
    default:
      encoding.writeVarUint(e, 1)
      encoding.writeAny(e, oneOf<number | string | null>(random, [1, 'x', null]))
      return 1
  }
}
