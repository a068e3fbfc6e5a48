/** A browser whose store takes its time, as one on a slow disk does. */
import type { Page } from 'playwright-core'

/** Holds the store of the open document's copy for `ms`: what is typed meanwhile waits for it. */
export const holdStore = (page: Page, ms: number): Promise<void> =>
  page.evaluate(async (time) => {
    const name = (await indexedDB.databases()).find(
      (d) => d.name?.startsWith('auzolan/') && !/^auzolan\/(desk|entries)\//.test(d.name),
    )!.name!
    const request = indexedDB.open(name)
    await new Promise((resolve) => (request.onsuccess = resolve))
    const end = performance.now() + time
    const entries = request.result.transaction('entries', 'readwrite').objectStore('entries')
    await new Promise<void>((resolve) => {
      const again = (): void => {
        const asked = entries.count()
        asked.onsuccess = () => {
          resolve()
          if (performance.now() < end) again()
        }
      }
      again()
    })
  }, ms)
