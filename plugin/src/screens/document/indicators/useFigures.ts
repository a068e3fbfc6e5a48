/** The figures of a month and of the one before: what the server has, or what this device last saw, and over it what was entered here and waits. */
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import { newUuid } from '@auzolan/shared/ids.ts'
import type { Figure } from '@auzolan/shared/indicators/figures.ts'
import { spanAfter, type Span } from '@auzolan/shared/indicators/periods.ts'
import type { FigureKept, FiguresGiven, FigureSource } from '@auzolan/shared/protocol/figures.ts'
import { causeOf } from '../../../api.ts'
import { forgetFigures, recallFigures, rememberFigures } from '../../../documents/figures-kept.ts'
import { enter, waitingOf, withdrawEntry } from '../../../entering/here.ts'
import { figuresPath, getFigures } from '../../../figures-api.ts'
import { keepLooking } from '../../../parts/keep-looking.ts'
import type { Cause } from '../../../session/connection.ts'
import { keyOf, type Shown, type ShownFigure } from './sheet.ts'

/** A figure as somebody writes it; what stood there is added. */
export type Written = Omit<Figure, 'nullReason'> &
  Partial<Pick<Figure, 'nullReason'>> & { readonly sure?: boolean; readonly note?: string }

export interface Refused {
  readonly id: string
  readonly cause: Cause
  readonly figures: FiguresGiven['figures']
}

/** Who entered something of a month last. */
export interface Entered {
  readonly name: string
  readonly at: string
}

export interface UsedFigures {
  /** Rows of the server and of this device, as they are shown. */
  readonly rows: ComputedRef<readonly Figure[]>
  readonly shown: ComputedRef<Shown>
  /** Of this month, as the server knows it. */
  readonly entered: ComputedRef<Entered | null>
  /** `null` once the server has answered. */
  readonly loading: Ref<'yes' | Cause | null>
  readonly waits: ComputedRef<number>
  readonly refused: ComputedRef<readonly Refused[]>
  write(figures: readonly Written[], source?: FigureSource): Promise<void>
  /** What was refused goes over what stands there now. */
  insist(refused: Refused): Promise<void>
  putAway(refused: Refused): Promise<void>
  look(): Promise<boolean>
}

/** Who must not see them does not find them here either. */
const OUT_OF_REACH: readonly Cause[] = ['NOT_FOUND', 'NOT_ALLOWED', 'ACCESS_ENDED']

type Row = Figure & { readonly sure: boolean; readonly note: string; readonly waits: boolean }

/** @param asked the days that are asked for; where nothing else is said, those of the month and of the one before */
export function useFigures(
  document: string,
  month: Ref<Span>,
  asked: () => Span = () => ({ from: spanAfter(month.value, -1).from, to: month.value.to }),
): UsedFigures {
  const asking = computed(asked)
  const kept = shallowRef<readonly FigureKept[]>([])
  /** Entered here and not fetched again yet. */
  const mine = shallowRef<ReadonlyMap<string, Row>>(new Map())
  const loading = ref<'yes' | Cause | null>('yes')
  const unkept = shallowRef<readonly Refused[]>([])
  const queued = waitingOf<FiguresGiven>(document, 'figures')
  const pending = computed(() => queued.value.filter(({ state }) => state.kind !== 'refused'))

  const rows = computed<readonly Row[]>(() => {
    const all = new Map<string, Row>()
    const put = (row: Row): void => void all.set(keyOf(row.profile, row.metric, row), row)
    for (const row of kept.value) put({ ...row, waits: false })
    for (const row of mine.value.values()) put(row)
    for (const { body } of pending.value) for (const one of body?.figures ?? []) put({ ...one, waits: true })
    return [...all.values()]
  })
  const shown = computed<Shown>(() => {
    const byKey = new Map(rows.value.map((row) => [keyOf(row.profile, row.metric, row), row]))
    return (profile, metric, span): ShownFigure | undefined => byKey.get(keyOf(profile, metric, span))
  })

  const entered = computed<Entered | null>(() => {
    const here = kept.value.filter(({ from, to }) => from >= month.value.from && to <= month.value.to)
    const last = here.reduce<FigureKept | null>((one, row) => (one && one.at >= row.at ? one : row), null)
    return last && { name: last.by.name, at: last.at }
  })

  let times = 0
  async function look(): Promise<boolean> {
    const nth = ++times
    const before = mine.value
    const span = asking.value
    try {
      const found = await getFigures(document, span)
      if (nth !== times) return false
      const changed = JSON.stringify(found) !== JSON.stringify(kept.value)
      kept.value = found
      if (changed) rememberFigures(document, span, found)
      // What was entered while we asked is not in the answer.
      mine.value = new Map([...mine.value].filter(([key, row]) => before.get(key) !== row))
      loading.value = null
      return changed
    } catch (error) {
      if (nth !== times) return false
      loading.value = causeOf(error)
      if (OUT_OF_REACH.includes(loading.value)) {
        forgetFigures(document)
        kept.value = []
      }
      return false
    }
  }
  // By their words: the same days in another object are no reason to ask.
  watch(
    () => Object.values(asking.value).join(),
    () => {
      // As this device last saw it, until somebody answers.
      kept.value = recallFigures(document, asking.value)
      void look()
    },
    { immediate: true },
  )
  keepLooking(look)

  async function send(figures: FiguresGiven['figures'], source: FigureSource): Promise<void> {
    const id = newUuid()
    const rowsNow = new Map(mine.value)
    for (const one of figures) rowsNow.set(keyOf(one.profile, one.metric, one), { ...one, waits: false })
    mine.value = rowsNow
    const forget = (): void => {
      const left = new Map(mine.value)
      for (const one of figures) left.delete(keyOf(one.profile, one.metric, one))
      mine.value = left
    }
    try {
      const outcome = await enter({
        id,
        document,
        kind: 'figures',
        path: figuresPath(document),
        body: { source, figures },
      })
      if (outcome.kind === 'refused') {
        forget()
        await look()
      }
    } catch (error) {
      // A browser that keeps nothing, and nobody took it: it stays here to be tried again.
      forget()
      unkept.value = [...unkept.value, { id, cause: causeOf(error), figures }]
    }
  }

  return {
    rows,
    shown,
    entered,
    loading,
    waits: computed(() => pending.value.reduce((sum, { body }) => sum + (body?.figures.length ?? 0), 0)),
    refused: computed(() => [
      ...unkept.value,
      ...queued.value.flatMap(({ id, state, body }) =>
        state.kind === 'refused' ? [{ id, cause: state.cause, figures: body?.figures ?? [] }] : [],
      ),
    ]),
    write: (figures, source = 'manual') =>
      send(
        figures.map((one) => ({
          nullReason: null,
          note: '',
          sure: false,
          ...one,
          was: shown.value(one.profile, one.metric, one)?.value ?? null,
        })),
        source,
      ),
    async insist(refused) {
      await look()
      await this.putAway(refused)
      await this.write(refused.figures.map(({ was: _, ...one }) => one))
    },
    async putAway({ id }) {
      unkept.value = unkept.value.filter((one) => one.id !== id)
      await withdrawEntry(id)
    },
    look,
  }
}
