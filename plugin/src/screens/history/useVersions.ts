/** What a history lists: the versions of a document, what was done with it besides, and which version is in force. */
import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import type { Happening } from '@auzolan/shared/protocol/history.ts'
import type { VersionSummary } from '@auzolan/shared/protocol/review.ts'
import type { DocumentEnvelope } from '@auzolan/shared/protocol/rest.ts'
import { causeOf, getEnvelope } from '../../api.ts'
import { listHappened, listVersions } from '../../history-api.ts'
import { t } from '../../l10n.ts'
import { explain } from '../../parts/refusals.ts'
import { versionWithDate } from './words.ts'

export interface Listed {
  /** `null` before they are there. */
  readonly versions: ShallowRef<readonly VersionSummary[] | null>
  readonly happened: ShallowRef<readonly Happening[]>
  readonly inForce: Ref<number | null>
  /** Why they could not be asked for. */
  readonly missing: Ref<string>
  /** The draft and every version, to choose from. */
  readonly options: ComputedRef<readonly { readonly value: string; readonly words: string }[]>
  readonly look: () => Promise<void>
}

export function useVersions({ id, inForce: known }: DocumentEnvelope): Listed {
  const versions = shallowRef<readonly VersionSummary[] | null>(null)
  const happened = shallowRef<readonly Happening[]>([])
  const inForce = ref(known)
  const missing = ref('')
  return {
    versions,
    happened,
    inForce,
    missing,
    options: computed(() => [
      { value: 'draft', words: t('The draft now') },
      ...(versions.value ?? []).map((version) => ({
        value: String(version.n),
        words: versionWithDate(version),
      })),
    ]),
    async look() {
      missing.value = ''
      try {
        const [found, deeds, now] = await Promise.all([listVersions(id), listHappened(id), getEnvelope(id)])
        versions.value = found
        happened.value = deeds
        inForce.value = now.inForce
      } catch (error) {
        missing.value = explain(causeOf(error))
      }
    },
  }
}
