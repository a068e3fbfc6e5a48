/**
 * What the server puts into a version when it freezes one, beside what people wrote: read again where the version is stored, so that
 * nothing is decided on that has moved meanwhile.
 */
import { parsePlan } from '@auzolan/shared/checks/run.ts'
import { wordsIn } from '@auzolan/shared/export/words.ts'
import type { DocumentId, DocumentTypeId } from '@auzolan/shared/ids.ts'
import type { Figure, NullReason } from '@auzolan/shared/indicators/figures.ts'
import type { Sentiment } from '@auzolan/shared/listening/mention.ts'
import { reportFigures } from '@auzolan/shared/reports/figures.ts'
import type { DocumentJson } from '@auzolan/shared/schema/fields.ts'
import type { IndicatorReport } from '@auzolan/shared/schema/report.ts'
import type { Rows } from '../journal/journal.ts'
import { scoresAttached } from '../scoring/attached.ts'
import type { AttachedTo } from '../review/versions.ts'

const NOTHING: AttachedTo = async () => ({})
const BY_TYPE: { readonly [type in DocumentTypeId]: AttachedTo } = {
  plan: NOTHING,
  report: figuresOf,
  evaluation: scoresAttached,
}

export const attachedTo: AttachedTo = async (rows, document, text) => {
  const row = await rows.selectFrom('document').select('type').where('id', '=', document).executeTakeFirst()
  return row ? BY_TYPE[row.type as DocumentTypeId](rows, document, text) : {}
}

/** The figures of the plan it is about, by what that plan measures in its version in force. Of what was heard, how often and how. */
async function figuresOf(rows: Rows, document: DocumentId, text: DocumentJson): Promise<DocumentJson> {
  const { from, to } = (text as unknown as IndicatorReport).identification
  const found = await rows
    .selectFrom('document as report')
    .innerJoin('document as plan', 'plan.id', 'report.about')
    .innerJoin('version', (join) =>
      join.onRef('version.document', '=', 'plan.id').onRef('version.n', '=', 'plan.in_force'),
    )
    .select(['report.languages', 'plan.id', 'version.json'])
    .where('report.id', '=', document)
    .executeTakeFirst()
  if (!found || from === null || to === null) return { figures: { figures: [] } }
  const kept = await rows
    .selectFrom('metric_sample')
    .selectAll()
    .where('document', '=', found.id)
    .where('from_day', '>=', from)
    .where('to_day', '<=', to)
    .execute()
  const heard = await rows
    .selectFrom('mention')
    .select(['network', 'sentiment', ({ fn }) => fn.countAll<number>().as('count')])
    .where('document', '=', found.id)
    .where('said_on', '>=', from)
    .where('said_on', '<=', to)
    .groupBy(['network', 'sentiment'])
    .execute()
  const languages = JSON.parse(found.languages) as string[]
  const figures = reportFigures({
    plan: parsePlan(found.json, languages),
    rows: kept.map((row): Figure => ({
      profile: row.profile,
      metric: row.metric,
      from: row.from_day,
      to: row.to_day,
      value: row.value,
      nullReason: row.null_reason as NullReason | null,
    })),
    heard: heard.map(({ sentiment, ...one }) => ({ ...one, sentiment: sentiment as Sentiment })),
    span: { from, to },
    languages,
    sayIn: wordsIn,
  })
  return { figures: { figures } }
}
