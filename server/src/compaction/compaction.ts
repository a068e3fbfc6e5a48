/** The main thread's side of the one worker that makes `Y.Doc`s: births, and reading what a log says. */
import { Worker } from 'node:worker_threads'
import type { PersonId } from '@auzolan/shared/ids.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import type { NewEntry } from '../journal/journal.ts'

/** Values by section and field, in the form `readDocument` gives them. */
export type Template = { readonly [section: string]: { readonly [field: string]: unknown } }
/** Author of what no person wrote: births and migrations. No Nextcloud account can be called like this. */
export const SYSTEM = '/system' as PersonId

export interface Birth {
  readonly entry: NewEntry
  readonly title: Translated<string>
}

export type Task =
  | { readonly op: 'birth'; readonly languages: readonly string[]; readonly template: Template }
  | { readonly op: 'title'; readonly updates: readonly Uint8Array[] }
export type TaskResult =
  | {
      readonly op: 'birth'
      readonly update: Uint8Array
      /** Client id → next clock, of everything the birth wrote. */
      readonly clocks: ReadonlyMap<number, number>
      readonly title: Translated<string>
    }
  | { readonly op: 'title'; readonly title: Translated<string> }
export type TaskAnswer = { readonly id: number } & (
  { readonly result: TaskResult } | { readonly error: string }
)

export class Compaction {
  /** Started when it is needed, and again after it has died; whoever waited for it is told. */
  #thread: Worker | null = null
  readonly #waiting = new Map<number, { resolve: (r: TaskResult) => void; reject: (e: Error) => void }>()
  #lastId = 0

  /** The first entry of a new document, written under a client id of the system's own. */
  async birth(languages: readonly string[], template: Template): Promise<Birth> {
    const born = await this.#do({ op: 'birth', languages, template })
    if (born.op !== 'birth') throw new Error('the worker answered something else')
    return {
      entry: { person: SYSTEM, update: born.update, clocks: born.clocks },
      title: born.title,
    }
  }

  /** The title a log spells out now. */
  async title(updates: readonly Uint8Array[]): Promise<Translated<string>> {
    return (await this.#do({ op: 'title', updates })).title
  }

  async close(): Promise<void> {
    await this.#thread?.terminate()
  }

  #do(task: Task): Promise<TaskResult> {
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId
      this.#waiting.set(id, { resolve, reject })
      this.#running().postMessage({ id, task })
    })
  }

  #running(): Worker {
    if (this.#thread) return this.#thread
    const thread = new Worker(new URL('./worker.ts', import.meta.url))
    thread.on('message', (answer: TaskAnswer) => {
      const waiting = this.#waiting.get(answer.id)
      this.#waiting.delete(answer.id)
      if ('error' in answer) waiting?.reject(new Error(answer.error))
      else waiting?.resolve(answer.result)
    })
    const gone = (error: Error): void => {
      if (this.#thread === thread) this.#thread = null
      for (const { reject } of this.#waiting.values()) reject(error)
      this.#waiting.clear()
    }
    thread.on('error', (error) => gone(error as Error))
    thread.on('exit', () => gone(new Error('the worker has ended')))
    this.#thread = thread
    return thread
  }
}
