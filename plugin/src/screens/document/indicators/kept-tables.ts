/** Of which indicators somebody would rather read the table: remembered on this device. */
import { reactive, watch } from 'vue'
import { home, me } from '../../../host.ts'

export function keptTables(document: string): { [indicator: string]: boolean } {
  const key = `auzolan/result-tables/${home}/${me.id}/${document}`
  const tables = reactive<{ [indicator: string]: boolean }>(recall(key))
  watch(tables, (now) => {
    try {
      localStorage.setItem(key, JSON.stringify(Object.keys(now).filter((id) => now[id])))
    } catch {
      // A browser that keeps nothing: the next time there are drawings again.
    }
  })
  return tables
}

function recall(key: string): { [indicator: string]: boolean } {
  try {
    const ids = JSON.parse(localStorage.getItem(key) ?? '[]') as unknown
    return Object.fromEntries((Array.isArray(ids) ? ids : []).map((id) => [String(id), true]))
  } catch {
    return {}
  }
}
