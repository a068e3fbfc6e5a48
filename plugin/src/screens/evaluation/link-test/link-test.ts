/** The ten-minute test while somebody does it (DOMAIN B.9): what was measured so far, and what may happen to it. */
import { access } from '@auzolan/shared/schema/evaluation/access.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'

const ROW = access.fields.linkTests.item
/** Longer than this is no time any more: the field of a row ends here. */
export const MAX_SECONDS = ROW.secondsSlow.max
/** How long one goes on writing with the cable out. */
export const CABLE_SECONDS = 120
/** Who has waited for as long as this has given up, whatever comes after. */
export const GIVE_UP_SECONDS = 120
export const TASKS_MAX = 6
/** Two clocks that differ by more than this have not seen the same: the device slept, or its clock was set. */
const DOUBT_SECONDS = 2

export type Link = (typeof ROW.link.options)[number]['id']
export type Works = (typeof ROW.works.options)[number]['id']
export type Unplugged = (typeof ROW.unplugged.options)[number]['id']
export const STEPS = ['tasks', 'normal', 'slow', 'cable', 'summary'] as const
export type Step = (typeof STEPS)[number]
export type Line = 'normal' | 'slow'

/** A moment by both clocks of a device. `steady` counts from the beginning of `page`, and nobody can set it. */
export interface Instant {
  readonly wall: number
  readonly steady: number
  readonly page: number
}
export type Measure =
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly since: Instant }
  | { readonly kind: 'took'; readonly seconds: number; readonly doubtful: boolean }
  | { readonly kind: 'failed' }
export interface TestTask {
  /** Of the row it fills: written down twice, it is still one row. */
  readonly id: string
  readonly task: Translated<string>
  readonly normal: Measure
  readonly slow: Measure
  readonly works: Works | null
  readonly unplugged: Unplugged | null
  readonly note: string
}
export type Cable =
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly since: Instant }
  | { readonly kind: 'over' }
export interface LinkTest {
  readonly version: 1
  readonly step: Step
  readonly link: Link
  readonly tasks: readonly TestTask[]
  readonly cable: Cable
  /** Day of the last thing that was measured. */
  readonly on: string | null
  /** Put aside for later; otherwise it is on the screen again after the page was loaded anew. */
  readonly left: boolean
}

const NONE = { kind: 'none' } as const
const FAILED = { kind: 'failed' } as const

export const newTest = (): LinkTest => ({
  version: 1,
  step: 'tasks',
  link: 'slow_3g',
  tasks: [],
  cable: NONE,
  on: null,
  left: false,
})
export const newTask = (id: string, task: Translated<string>): TestTask => ({
  ...{ id, task, normal: NONE, slow: NONE },
  ...{ works: null, unplugged: null, note: '' },
})

/**
 * The time from one moment to another. Within a page the steady clock counts, since the other can be set; it may stand still while the
 * device sleeps, as the work does. Over a page that was loaded anew there is only the clock on the wall.
 */
export function elapsed(since: Instant, now: Instant): { seconds: number; doubtful: boolean } {
  const wall = (now.wall - since.wall) / 1000
  if (since.page !== now.page) return { seconds: Math.max(0, wall), doubtful: wall < 0 }
  const seconds = Math.max(0, (now.steady - since.steady) / 1000)
  return { seconds, doubtful: Math.abs(wall - seconds) > DOUBT_SECONDS }
}

/** As it is written down: tenths where they tell something, and never 0, which would be "at once, without doing it". */
export const rounded = (seconds: number): number =>
  seconds < 9.95 ? Math.max(0.1, Math.round(seconds * 10) / 10) : Math.round(seconds)

export const runningIn = (test: LinkTest): TestTask | undefined =>
  test.tasks.find(({ normal, slow }) => normal.kind === 'running' || slow.kind === 'running')

const withTask = (test: LinkTest, id: string, change: (task: TestTask) => Partial<TestTask>): LinkTest => ({
  ...test,
  tasks: test.tasks.map((one) => (one.id === id ? { ...one, ...change(one) } : one)),
})
/** How a measurement that is no more went is no more, either. */
const measured = (line: Line, measure: Measure): Partial<TestTask> =>
  line === 'slow' ? { slow: measure, works: null } : { normal: measure }

/** One at a time: whoever measures two things measures neither. */
export const start = (test: LinkTest, id: string, line: Line, now: Instant): LinkTest =>
  runningIn(test) ? test : withTask(test, id, () => measured(line, { kind: 'running', since: now }))

export function done(test: LinkTest, id: string, line: Line, now: Instant, on: string): LinkTest {
  return {
    ...withTask(test, id, (task) => {
      const measure = task[line]
      if (measure.kind !== 'running') return {}
      const { seconds, doubtful } = elapsed(measure.since, now)
      if (seconds > MAX_SECONDS) return measured(line, FAILED)
      return measured(line, { kind: 'took', seconds: rounded(seconds), doubtful })
    }),
    on,
  }
}
export const fail = (test: LinkTest, id: string, line: Line, on: string): LinkTest => ({
  ...withTask(test, id, () => measured(line, FAILED)),
  on,
})
/** To measure it anew, or not at all. */
export const drop = (test: LinkTest, id: string, line: Line): LinkTest =>
  withTask(test, id, () => measured(line, NONE))

/** What was never finished does not work: it did not take 0 seconds, and not an hour. */
const ended = (measure: Measure): Measure => (measure.kind === 'running' ? FAILED : measure)
const allEnded = (test: LinkTest): LinkTest => ({
  ...test,
  tasks: test.tasks.map((task) => ({ ...task, normal: ended(task.normal), slow: ended(task.slow) })),
})
export const goTo = (test: LinkTest, step: Step, now: Instant): LinkTest => ({
  ...overdue(allEnded(test), now),
  step,
})

/** What time alone has ended: an hour of one task, two minutes without network. */
export function overdue(test: LinkTest, now: Instant): LinkTest {
  const late = (measure: Measure): boolean =>
    measure.kind === 'running' && elapsed(measure.since, now).seconds > MAX_SECONDS
  const tasks = test.tasks.some(({ normal, slow }) => late(normal) || late(slow))
  const cable = test.cable.kind === 'running' && cableLeft(test.cable, now) === 0
  if (!tasks && !cable) return test
  return { ...(tasks ? allEnded(test) : test), ...(cable ? { cable: { kind: 'over' } } : {}) }
}

export const cableOut = (test: LinkTest, now: Instant, on: string): LinkTest => ({
  ...test,
  cable: { kind: 'running', since: now },
  on,
})
/** Whole seconds that are left of the two minutes. */
export const cableLeft = (cable: Cable, now: Instant): number =>
  cable.kind === 'running'
    ? Math.max(0, Math.ceil(CABLE_SECONDS - elapsed(cable.since, now).seconds))
    : cable.kind === 'over'
      ? 0
      : CABLE_SECONDS
/** Once more, from the beginning. */
export const cableAgain = (test: LinkTest): LinkTest => ({
  ...test,
  cable: NONE,
  tasks: test.tasks.map((task) => ({ ...task, unplugged: null })),
})
/** What was lost is answered once for all; where a task differs, the summary is the place. */
export const lost = (test: LinkTest, unplugged: Unplugged): LinkTest => ({
  ...test,
  cable: { kind: 'over' },
  tasks: test.tasks.map((task) => ({ ...task, unplugged })),
})

export const addTask = (test: LinkTest, task: TestTask): LinkTest =>
  test.tasks.length >= TASKS_MAX || test.tasks.some(({ id }) => id === task.id)
    ? test
    : { ...test, tasks: [...test.tasks, task] }
export const removeTask = (test: LinkTest, id: string): LinkTest => ({
  ...test,
  tasks: test.tasks.filter((one) => one.id !== id),
})

export const setWorks = (test: LinkTest, id: string, works: Works): LinkTest =>
  withTask(test, id, ({ slow }) => ({
    works,
    slow: slow.kind === 'failed' && works !== 'fails' ? NONE : slow,
  }))
export const setUnplugged = (test: LinkTest, id: string, unplugged: Unplugged): LinkTest =>
  withTask(test, id, () => ({ unplugged }))
export const setNote = (test: LinkTest, id: string, note: string): LinkTest =>
  withTask(test, id, () => ({ note }))
/** A time put right by hand; how it went stays as it was said. */
export const setSeconds = (test: LinkTest, id: string, line: Line, seconds: number | null): LinkTest =>
  withTask(test, id, () => ({
    [line]: seconds === null ? NONE : { kind: 'took', seconds, doubtful: false },
  }))

/** How a task went over the slow line, with what follows by itself. */
export function worksOf({ normal, slow, works }: TestTask): Works | null {
  if (slow.kind === 'failed' || slow.kind === 'running') return 'fails'
  if (slow.kind === 'none' && normal.kind === 'failed') return works ?? 'fails'
  return works
}

export interface LinkRow {
  readonly id: string
  readonly task: Translated<string>
  readonly link: Link
  readonly secondsNormal: number | null
  readonly secondsSlow: number | null
  readonly works: Works | null
  readonly unplugged: Unplugged | null
  readonly note: string
}
const secondsOf = (measure: Measure): number | null => (measure.kind === 'took' ? measure.seconds : null)
export const rowsOf = ({ link, tasks }: LinkTest): readonly LinkRow[] =>
  tasks.map((one) => ({
    id: one.id,
    task: one.task,
    link,
    secondsNormal: secondsOf(one.normal),
    secondsSlow: secondsOf(one.slow),
    works: worksOf(one),
    unplugged: one.unplugged,
    note: one.note.trim(),
  }))
