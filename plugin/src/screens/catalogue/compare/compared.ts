/** What can be said in one sentence of tools that stand beside each other. Nothing here declares a winner. Pure. */
import { allows } from '@auzolan/shared/catalogue/may-i-use.ts'
import type { ToolCard } from '@auzolan/shared/protocol/catalogue.ts'
import { DATA_CLASSES, type DataClass } from '@auzolan/shared/schema/evaluation/privacy.ts'

export type Conclusion =
  /** None of them may be begun with now. */
  | { readonly kind: 'none' }
  | {
      readonly kind: 'data'
      /** The most guarded data that any of them may hold. */
      readonly data: DataClass
      readonly may: readonly string[]
      readonly all: boolean
      /** The one among them that asks for nothing more, where there is exactly one. */
      readonly free: string | null
    }

type Told = Pick<ToolCard, 'status'> & {
  readonly entry: Pick<ToolCard['entry'], 'name' | 'allowedDataClasses' | 'conditions'>
}
export function conclusionOf(cards: readonly Told[]): Conclusion {
  const usable = cards.filter(({ status }) => status === 'recommended' || status === 'conditional')
  const data = DATA_CLASSES.map(({ id }) => id).findLast((id) =>
    usable.some(({ entry }) => allows(entry.allowedDataClasses, id)),
  )
  if (!data) return { kind: 'none' }
  const may = usable.filter(({ entry }) => allows(entry.allowedDataClasses, data))
  const free = may.filter(({ status, entry }) => status === 'recommended' && entry.conditions.length === 0)
  return {
    kind: 'data',
    data,
    may: may.map(({ entry }) => entry.name),
    all: may.length === cards.length,
    free: free.length === 1 ? free[0]!.entry.name : null,
  }
}
