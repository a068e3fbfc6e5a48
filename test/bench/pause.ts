/** Waiting, not waiting for ever, and doing many things without doing all of them at once. */

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(ms, 0)))

/** Does it for every item, `atOnce` at a time; results in the order of the items. */
export async function forEach<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  for (let from = 0; from < items.length; from += atOnce) {
    const some = items.slice(from, from + atOnce)
    results.push(...(await Promise.all(some.map((item, i) => work(item, from + i)))))
  }
  return results
}

/** Something that will happen, or an error that says what did not: a server that keeps silent must not stop the run. */
export function inTime(what: string, timeoutMs = 20_000): { promise: Promise<void>; done: () => void } {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const patience = setTimeout(() => reject(new Error(`waited in vain until ${what}`)), timeoutMs)
  patience.unref()
  // Whoever does not wait for it is not told.
  promise.catch(() => {})
  const done = (): void => {
    clearTimeout(patience)
    resolve()
  }
  return { promise, done }
}
