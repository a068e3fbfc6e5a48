/** The main thread's side of the one worker that makes `Y.Doc`s: one task at a time, none without end. */
import { Worker } from 'node:worker_threads'
import type { Said } from '@auzolan/shared/comments/said.ts'
import type { ChannelId, PersonId, DocumentTypeId } from '@auzolan/shared/ids.ts'
import { WORKER_IDLE_MS, WORKER_TASK_MAX_MS } from '@auzolan/shared/limits.ts'
import type { NewEntry, Removed } from '../journal/journal.ts'
import type { FollowOutcome, LogText, Named, Task, TaskAnswer, TaskResult, Template } from './tasks.ts'

/** Author of what no person wrote: births and migrations. No Nextcloud account can be called like this. */
export const SYSTEM = '/system' as PersonId

export interface Birth {
  readonly entry: NewEntry
  readonly named: Named
}

/** Entries that cost two seconds each are many in half a minute: so long, and others get their turn with the worker. */
const REPAIR_STEP_MAX_MS = WORKER_TASK_MAX_MS / 3

/** A task kept the worker busy for too long; it was ended and what it knew is gone. */
export class WorkerStuck extends Error {}

type Op = Task['op']
type ResultOf<O extends Op> = Extract<TaskResult, { op: O }>
interface Job {
  readonly task: Task
  readonly resolve: (result: TaskResult) => void
  readonly reject: (error: Error) => void
}

export class Compaction {
  /** Started when it is needed, and again after it has died; kept ready, also without a task. */
  #thread: Worker | null = null
  readonly #queue: Job[] = []
  #current: { readonly job: Job; readonly deadline: NodeJS.Timeout } | null = null
  readonly #taskMaxMs: number
  readonly #idleMs: number
  #idle: NodeJS.Timeout | undefined
  #keptReady = false
  #closed = false

  constructor(taskMaxMs: number = WORKER_TASK_MAX_MS, idleMs: number = WORKER_IDLE_MS) {
    this.#taskMaxMs = taskMaxMs
    this.#idleMs = idleMs
  }

  /** Whether the thread is there now; it ends when nothing is to be done, unless one is kept ready. */
  get running(): boolean {
    return this.#thread !== null
  }

  /** From now on one that knows nothing yet waits for work: to begin costs it 0.15 s of a processor, and whoever writes first would wait. */
  keepReady(): void {
    this.#keptReady = true
    if (!this.#closed) this.#spare()
  }

  /** The first entry of a new document, written under a client id of the system's own. */
  async birth(
    type: DocumentTypeId | 'calendar',
    languages: readonly string[],
    template: Template,
  ): Promise<Birth> {
    const { update, clocks, named } = await this.#do({ op: 'birth', type, languages, template })
    return { entry: { person: SYSTEM, update, clocks }, named }
  }

  /** Reads on in a channel that is being edited. @throws {WorkerStuck} */
  async follow(text: LogText & { readonly epoch: number; readonly after: number }): Promise<FollowOutcome> {
    return (await this.#do({ op: 'follow', ...text })).outcome
  }

  /** What has been followed of a channel, put together; `null` when the worker does not know it (any more). */
  async compact(channel: ChannelId, epoch: number): Promise<ResultOf<'compact'>['packed']> {
    return (await this.#do({ op: 'compact', channel, epoch })).packed
  }

  async forget(channel: ChannelId): Promise<void> {
    if (this.#thread === null && this.#queue.length === 0) return
    await this.#do({ op: 'forget', channel })
  }

  /** A step on the way to a log without what does harm. @param known entries that do. @throws {WorkerStuck} */
  repair(
    { channel, snapshot, entries }: LogText,
    known: readonly Removed[],
    maxMs = REPAIR_STEP_MAX_MS,
  ): Promise<ResultOf<'repair'>> {
    return this.#do({ op: 'repair', channel, snapshot, entries, known, maxMs })
  }

  /** The text without what was ever deleted from it, and without these comment events. */
  async erase(text: LogText, events: readonly string[]): Promise<ResultOf<'erase'>['packed']> {
    return (await this.#do({ op: 'erase', events, ...text })).packed
  }

  /** The canonical JSON of a content log and its SHA-256 (hex): the text that is decided on. */
  canonical(text: LogText): Promise<ResultOf<'canonical'>> {
    return this.#do({ op: 'canonical', ...text })
  }

  /** Everything in a text or a calendar, as canonical JSON: what `birth` makes the same text of again. */
  async whole(text: LogText): Promise<string> {
    return (await this.#do({ op: 'whole', ...text })).json
  }

  /** The log of comments in which exactly this was said. */
  async retell(said: readonly Said[]): Promise<ResultOf<'retell'>['packed']> {
    return (await this.#do({ op: 'retell', said })).packed
  }

  /** The events of a comments log, with the client ids they were written under. */
  async said(text: LogText): Promise<readonly Said[]> {
    return (await this.#do({ op: 'said', ...text })).said
  }

  /** Where which words stand in a text or a calendar, without what only has a name (choices). */
  passages(text: LogText): Promise<ResultOf<'passages'>> {
    return this.#do({ op: 'passages', ...text })
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#idle)
    // Before the worker ends: its end would start the next task in a new one.
    for (const { reject } of this.#queue.splice(0)) reject(new Error('the worker is closed'))
    await this.#thread?.terminate()
  }

  #do<T extends Task>(task: T): Promise<ResultOf<T['op']>> {
    if (this.#closed) return Promise.reject(new Error('the worker is closed'))
    return new Promise((resolve, reject) => {
      this.#queue.push({ task, resolve: (result) => resolve(result as ResultOf<T['op']>), reject })
      this.#next()
    })
  }

  #next(): void {
    if (this.#current) return
    const job = this.#queue.shift()
    if (!job) return this.#rest()
    clearTimeout(this.#idle)
    const thread = this.#running()
    const deadline = setTimeout(() => {
      this.#settle(({ reject }) => reject(new WorkerStuck(`${job.task.op} took too long`)))
      this.#thread = null
      void thread.terminate()
      this.#next()
    }, this.#taskMaxMs)
    this.#current = { job, deadline }
    thread.postMessage({ id: 0, task: job.task })
  }

  #spare(): void {
    try {
      this.#running()
    } catch {
      // There can be none now: whoever needs one is told.
    }
  }

  /** What a thread took, others can use only when it ends (V8 keeps its pages for them); what it knew is read again when somebody writes again. */
  #rest(): void {
    clearTimeout(this.#idle)
    this.#idle = setTimeout(() => {
      const thread = this.#thread
      this.#thread = null
      void thread?.terminate()
      if (this.#keptReady && !this.#closed) this.#spare()
    }, this.#idleMs)
    this.#idle.unref()
  }

  #settle(how: (job: Job) => void): void {
    const current = this.#current
    this.#current = null
    if (!current) return
    clearTimeout(current.deadline)
    how(current.job)
  }

  #running(): Worker {
    if (this.#thread) return this.#thread
    const thread = new Worker(new URL('./worker.ts', import.meta.url))
    thread.on('message', (answer: TaskAnswer) => {
      if (this.#thread !== thread) return
      this.#settle(({ resolve, reject }) =>
        'error' in answer ? reject(new Error(answer.error)) : resolve(answer.result),
      )
      this.#next()
    })
    const gone = (error: Error): void => {
      if (this.#thread !== thread) return
      this.#thread = null
      this.#settle(({ reject }) => reject(error))
      // One that cannot live is not begun again and again: the next task tries, and is told.
      if (this.#queue.length > 0) this.#next()
    }
    thread.on('error', (error) => gone(error as Error))
    thread.on('exit', () => gone(new Error('the worker has ended')))
    this.#thread = thread
    return thread
  }
}
