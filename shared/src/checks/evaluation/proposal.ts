/** What a proposal stands on beside the scores: what was looked at, what was decided before, and where the organisation wants its data. */
import { isOfContent, locationOf } from '../../location/location.ts'
import { isInEea } from '../../location/zones.ts'
import { BUILTIN } from '../../reference/references.ts'
import type { Option } from '../../schema/fields.ts'
import { USE_LEVELS } from '../../schema/evaluation/levels.ts'
import { DATA_CLASSES, PERSONAL_CLASSES } from '../../schema/evaluation/privacy.ts'
import { message } from '../finding.ts'
import { classesBeyond, isRecommended, levelsBeyond } from './allowed.ts'
import type { EvaluationCheck, Found } from './check.ts'

const PERSONAL: readonly string[] = PERSONAL_CLASSES
/** In force, each of them; of one that is withdrawn, only the words change. */
const TO_WITHDRAW: readonly (string | null)[] = ['recommended', 'recommended_with_conditions', 'withdrawn']
const named = (options: readonly Option[], ids: readonly string[]): readonly string[] =>
  options.filter(({ id }) => ids.includes(id)).map(({ label }) => label)

export const PROPOSAL_CHECKS: readonly EvaluationCheck[] = [
  {
    id: 'E-11',
    section: 'decision',
    path: 'decision.allowedDataClasses',
    subject: 'Nothing is allowed that was not evaluated',
    run: (evaluation) => [
      ...named(DATA_CLASSES, classesBeyond(evaluation)).map((field): Found => ({
        severity: 'block',
        gate: 'review',
        path: 'decision.allowedDataClasses',
        message: message('“{field}”: these data would be allowed, and were not evaluated.', { field }),
        fix: message(
          'Add them to the data that would be in it and look at everything again, or leave them out.',
        ),
      })),
      ...named(USE_LEVELS, levelsBeyond(evaluation)).map((field): Found => ({
        severity: 'block',
        gate: 'review',
        path: 'decision.allowedLevels',
        message: message('“{field}”: it was evaluated for less than that.', { field }),
        fix: message('Evaluate it for that level, or leave it out.'),
      })),
    ],
  },
  {
    id: 'E-22',
    section: 'decision',
    path: 'decision.outcome',
    subject: 'What is proposed can be proposed',
    run: ({ decision }, { inForce, outcomeInForce }) => {
      const before = inForce ? outcomeInForce : null
      if (decision.outcome === 'withdrawn' && before !== undefined && !TO_WITHDRAW.includes(before))
        return [
          {
            severity: 'block',
            gate: 'review',
            path: 'decision.outcome',
            message: message('Only what is recommended can be withdrawn, and this tool is not.'),
            fix: message('Propose that it is not recommended.'),
          },
        ]
      return decision.outcome === 'recommended_with_conditions' && decision.conditions.length === 0
        ? [
            {
              severity: 'block',
              gate: 'review',
              path: 'decision.conditions',
              message: message('It is proposed with conditions, and there are none.'),
              fix: message('Write down the conditions, or propose it without.'),
            },
          ]
        : []
    },
  },
  {
    id: 'E-24',
    section: 'decision',
    path: 'decision.changedSince',
    subject: 'It is said what has changed since the last decision',
    run: ({ decision }, { inForce, languages, changeInForce }) => {
      const language = languages[0] ?? ''
      const said = (decision.changedSince[language] ?? '').trim()
      const path = `decision.changedSince:${language}`
      if (!inForce) return []
      // Tools change all the time [SEED L259]: whoever decides again says what is another (DOMAIN C-08).
      if (said === '')
        return [
          {
            severity: 'block',
            gate: 'review',
            path,
            message: message('It was decided on before, and it is not said what has changed since.'),
            fix: message('Say it in a sentence, also when nothing has.'),
          },
        ]
      return said === changeInForce?.trim()
        ? [
            {
              severity: 'warn',
              gate: 'review',
              path,
              message: message('What is said to have changed is still what was said the last time.'),
              fix: message('Say what has changed since then, also when nothing has.'),
            },
          ]
        : []
    },
  },
  {
    id: 'E-23',
    section: 'dataLocation',
    path: 'dataLocation.places',
    subject: 'Personal data stay where the organisation wants them',
    run: (evaluation, { policy, references = BUILTIN, today }) => {
      const { allowedDataClasses } = evaluation.decision
      const personal = isRecommended(evaluation) && allowedDataClasses.some((one) => PERSONAL.includes(one))
      if (policy?.requireEea !== true || !personal) return []
      return locationOf(evaluation, references, today)
        .happenings.filter((one) => isOfContent(one) && !isInEea(one.zone) && one.zone !== 'UNKNOWN')
        .map(({ path, by, country }) => ({
          severity: 'warn',
          gate: 'review',
          path: `${path}/country`,
          message: message(
            '“{item}”: personal data would leave the European Economic Area, and the organisation wants them to stay.',
            { item: by.trim() || country },
          ),
          fix: message('Have that place left out, or say in the decision why it is accepted.'),
        }))
    },
  },
]
