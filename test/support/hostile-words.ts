/** What a page of somebody else's making may send in the place of what is asked for. */

/** Where a text is asked for. */
export const TEXTS = [
  ...['', 'x', ' ', '2026-11-27', '2026-02-30', '2026-11-27T10:00:00.000Z', 'eu', 'draft', 'approve', '1'],
  ...['__proto__', 'constructor', "' OR 1=1 --", '%00', '../../etc/passwd', '\u202E\u200B', '💥', 'null'],
  ...['https://example.org/a', 'javascript:alert(1)', 'http://[::1]:1', 'a@example.org', 'x'.repeat(70)],
]
export const NUMBERS = [0, 1, -1, 2, 1.5, 1e15, 2 ** 53, -(2 ** 31), 1e308]
/** Somewhere in it something is of another kind. */
export function spoilt(body: unknown, pick: <T>(of: readonly T[]) => T): unknown {
  const hostile = [null, [], {}, 0, '', -1, [[[[]]]], { __proto__: 1 }, 'x'.repeat(5_000), true, ...NUMBERS]
  if (typeof body !== 'object' || body === null || Object.keys(body).length === 0) return pick(hostile)
  const now = structuredClone(body) as Record<string, unknown>
  const key = pick(Object.keys(now))
  now[key] = pick([true, false]) ? spoilt(now[key], pick) : pick([...hostile, ...TEXTS])
  return now
}
