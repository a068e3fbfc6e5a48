/** What was measured, in words. */
import { access } from '@auzolan/shared/schema/evaluation/access.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import { formatNumber, t } from '../../../l10n.ts'
import { worksOf, type LinkTest, type Measure, type Step, type TestTask } from './link-test.ts'

const ROW = access.fields.linkTests.item
type Shown = { readonly id: string; readonly label: string }
const shown = (options: readonly Shown[]): Shown[] =>
  options.map(({ id, label }) => ({ id, label: t(label) }))
export const linkOptions = (): Shown[] => shown(ROW.link.options)
export const worksOptions = (): Shown[] => shown(ROW.works.options)
export const unpluggedOptions = (): Shown[] => shown(ROW.unplugged.options)

export const stepNames = (): Readonly<Record<Step, string>> => ({
  tasks: t('Three everyday tasks'),
  normal: t('Over the usual line'),
  slow: t('Over the slow line'),
  cable: t('With the cable out'),
  summary: t('What came out'),
})

export const taskName = (task: Translated<string>, language: string): string =>
  task[language] || Object.values(task).find(Boolean) || t('Without a name')

/** 0:07, as a stop-watch shows it. */
export const clock = (seconds: number): string => {
  const whole = Math.floor(seconds)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}
export const inSeconds = (seconds: number): string => t('{seconds} s', { seconds: formatNumber(seconds) })

export function measureWords(measure: Measure): string {
  switch (measure.kind) {
    case 'none':
      return t('not tried')
    case 'running':
    case 'failed':
      return t('does not work')
    case 'took':
      return inSeconds(measure.seconds)
  }
}
const inner = (label: string): string => label.slice(0, 1).toLocaleLowerCase() + label.slice(1)
const labelOf = (options: readonly Shown[], id: string | null): string | null => {
  const label = options.find((one) => one.id === id)?.label
  return label === undefined ? null : inner(t(label))
}

/** Three short sentences of one task. */
export function taskSentences(task: TestTask): string[] {
  const works = labelOf(ROW.works.options, worksOf(task))
  const time = task.slow.kind === 'took' ? measureWords(task.slow) : null
  const slow = [time, works].filter((one) => one !== null).join(', ')
  return [
    t('Over the usual line: {result}.', { result: measureWords(task.normal) }),
    t('Over the slow line: {result}.', { result: slow || measureWords(task.slow) }),
    t('With the cable out: {result}.', {
      result: labelOf(ROW.unplugged.options, task.unplugged) ?? t('not tried'),
    }),
  ]
}

/** What a task still lacks before it says everything. */
export const lacksIn = (test: LinkTest): { readonly slow: number; readonly cable: number } => ({
  slow: test.tasks.filter((task) => worksOf(task) === null).length,
  cable: test.tasks.filter(({ unplugged }) => unplugged === null).length,
})
