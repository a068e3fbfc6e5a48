/** Tools that were decided on, as many as are asked for, put into the store as decisions leave them: deciding five thousand takes a day. */
import { createHash } from 'node:crypto'
import type { DependencyContainer } from 'tsyringe'
import { newUuid, type PersonId, type TeamId } from '@auzolan/shared/ids.ts'
import { EVALUATION } from '@auzolan/shared/schema/evaluation.ts'
import { withEveryField } from '@auzolan/shared/schema/json.ts'
import { DOCUMENTS, JOURNAL } from '@auzolan/server/src/container.ts'
import { SAIOA_MEET } from '@auzolan/server/src/standalone/sample-evaluation.ts'

const LANGUAGES = ['eu', 'es']
const AT = '2026-11-20T10:00:00.000Z'
const KINDS = ['video-conferencing', 'tasks', 'surveys', 'documents', 'messaging', 'storage', 'translation']
const ROWS_AT_ONCE = 200

/** @param nameOf the name of the nth */
export async function seedTools(
  container: DependencyContainer,
  team: string,
  count: number,
  nameOf: (n: number) => string = (n) => `Tresna ${n}`,
): Promise<readonly string[]> {
  const { rows } = container.resolve(JOURNAL)
  const model = await container.resolve(DOCUMENTS).create({
    type: 'evaluation',
    teamId: team as TeamId,
    languages: LANGUAGES,
    template: SAIOA_MEET,
    by: 'ane' as PersonId,
  })
  const document = await rows
    .selectFrom('document')
    .selectAll()
    .where('id', '=', model)
    .executeTakeFirstOrThrow()
  await rows.deleteFrom('document').where('id', '=', model).execute()
  const text = withEveryField(EVALUATION, SAIOA_MEET as object, LANGUAGES) as { tool: object }
  const tools = Array.from({ length: count }, (_, n) => {
    const tool = { ...text.tool, toolName: nameOf(n), category: KINDS[n % KINDS.length]! }
    const json = JSON.stringify({ ...text, tool })
    return { id: newUuid(), json, sha256: createHash('sha256').update(json).digest('hex') }
  })
  for (let from = 0; from < count; from += ROWS_AT_ONCE) {
    const some = tools.slice(from, from + ROWS_AT_ONCE)
    await rows
      .insertInto('document')
      .values(some.map(({ id }) => ({ ...document, id, in_force: 1 })))
      .execute()
    await rows
      .insertInto('version')
      .values(
        some.map(({ id, json, sha256 }) => ({
          ...{ document: id, n: 1, epoch: 1, seq: 1, at: AT, submitter: 'ane', submitter_name: 'Ane' },
          ...{ note: '', due: null, languages: JSON.stringify(LANGUAGES), json, sha256, contributions: '[]' },
        })),
      )
      .execute()
    await rows
      .insertInto('decision')
      .values(
        some.map(({ id }) => ({
          ...{ id: newUuid(), document: id, n: 1, verdict: 'approve', person: 'mayor', name: 'Alkatea' },
          ...{ comment: '', sections: '[]', conditions: '[]', waivers: '[]', overrides: '[]', receipt: '' },
          at: AT,
        })),
      )
      .execute()
  }
  return tools.map(({ id }) => id)
}
