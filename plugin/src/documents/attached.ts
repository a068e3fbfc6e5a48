/** What the server would put into a version of a document beside its text: asked for by those who write it, and kept for the way. */
import { shallowRef, type ShallowRef } from 'vue'
import type { TypeOfDocument } from '@auzolan/shared/types/type.ts'
import type { DocumentEnvelope } from '@auzolan/shared/protocol/rest.ts'
import type { DocumentJson } from '@auzolan/shared/schema/fields.ts'
import { getAttached } from '../api.ts'
import { home, me } from '../host.ts'

export interface UsedAttached {
  readonly attached: ShallowRef<DocumentJson>
  /** Asks the server; when nobody answers, what was known stays. */
  refresh(): Promise<void>
}

export function useAttached(
  { content, frozen }: TypeOfDocument,
  { id, roles }: Pick<DocumentEnvelope, 'id' | 'roles'>,
): UsedAttached {
  const attached = shallowRef<DocumentJson>({})
  if (content === frozen || roles.length === 0) return { attached, refresh: async () => {} }
  const key = `auzolan/attached/${home}/${me.id}/${id}`
  attached.value = recall(key)
  async function refresh(): Promise<void> {
    try {
      attached.value = await getAttached(id)
      localStorage.setItem(key, JSON.stringify(attached.value))
    } catch {
      // As it was; or a browser that keeps nothing.
    }
  }
  void refresh()
  return { attached, refresh }
}

function recall(key: string): DocumentJson {
  try {
    return (JSON.parse(localStorage.getItem(key) ?? '{}') ?? {}) as DocumentJson
  } catch {
    return {}
  }
}
