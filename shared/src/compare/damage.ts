/** Looking into JSON that may be of another schema or damaged: nothing here throws, however deep or odd it is. */
import { COMPARE_DEPTH_MAX } from '../limits.ts'
import type { Values } from './change.ts'

export const isObject = (value: unknown): value is Values =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** Own keys only: a language called `constructor` must not find JavaScript's. */
export const at = (value: unknown, key: string): unknown =>
  isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined

/** As equal as their canonical JSON, without writing it; a stack of our own, since damage may nest without end. */
export function sameJson(one: unknown, other: unknown): boolean {
  const pairs: [unknown, unknown][] = [[one, other]]
  for (let pair = pairs.pop(); pair; pair = pairs.pop()) {
    const [a, b] = pair
    if (a === b) continue
    if (Array.isArray(a) && Array.isArray(b)) {
      if (a.length !== b.length) return false
      a.forEach((value, i) => pairs.push([value, b[i]]))
    } else if (isObject(a) && isObject(b)) {
      const keys = Object.keys(a)
      if (keys.length !== Object.keys(b).length || !keys.every((key) => Object.hasOwn(b, key))) return false
      for (const key of keys) pairs.push([a[key], b[key]])
    } else return false
  }
  return true
}

export function isShallow(value: unknown): boolean {
  const open: [unknown, number][] = [[value, 0]]
  for (let next = open.pop(); next; next = open.pop()) {
    const [inner, depth] = next
    if (inner === null || typeof inner !== 'object') continue
    if (depth >= COMPARE_DEPTH_MAX) return false
    for (const child of Object.values(inner)) open.push([child, depth + 1])
  }
  return true
}
