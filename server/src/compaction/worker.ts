/** The only thread of the server where Yjs documents exist. */
import { parentPort } from 'node:worker_threads'
import * as Y from 'yjs'
import { readPlan } from '@auzolan/shared/checks/run.ts'
import { writeDocument } from '@auzolan/shared/schema/json.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import type { Task, TaskAnswer, TaskResult } from './compaction.ts'

function perform(task: Task): TaskResult {
  const doc = new Y.Doc()
  try {
    switch (task.op) {
      case 'birth': {
        writeDocument(PLAN, doc, task.languages, task.template)
        return {
          op: 'birth',
          update: Y.encodeStateAsUpdate(doc),
          clocks: Y.decodeStateVector(Y.encodeStateVector(doc)),
          title: readPlan(doc).identity.title,
        }
      }
      case 'title':
        doc.transact(() => task.updates.forEach((update) => Y.applyUpdate(doc, update)))
        return { op: 'title', title: readPlan(doc).identity.title }
    }
  } finally {
    doc.destroy()
  }
}

parentPort!.on('message', ({ id, task }: { id: number; task: Task }) => {
  let answer: TaskAnswer
  try {
    answer = { id, result: perform(task) }
  } catch (error) {
    answer = { id, error: error instanceof Error ? error.message : String(error) }
  }
  parentPort!.postMessage(answer)
})
