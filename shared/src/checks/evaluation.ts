/** All checks of an evaluation (DOMAIN §10), in the order in which they are shown. Pure: same evaluation, same day, same result. */
import {
  CERTIFICATE_WARN_DAYS,
  DPIA_FROM_CRITERIA,
  EVIDENCE_MAX_MONTHS,
  JUSTIFICATION_MIN_CHARACTERS,
} from '../limits.ts'
import { likeness, partsOf } from '../find/alike.ts'
import type { OpinionRole } from '../protocol/review.ts'
import { BUILTIN, type References } from '../reference/references.ts'
import { isFilled, type Field } from '../schema/fields.ts'
import type { Evaluation } from '../schema/evaluation.ts'
import { dataLocation } from '../schema/evaluation/data-location.ts'
import { need as needSection } from '../schema/evaluation/need.ts'
import type { FrozenScoring } from '../schema/evaluation/scoring.ts'
import { CRITERIA } from '../scoring/criteria.ts'
import { COVERAGE_MIN, suggestedBy, type Band } from '../scoring/result.ts'
import { addMonths } from '../weeks.ts'
import { addDays } from '../working-days.ts'
import type { DocumentChecks } from './document.ts'
import { isSettled } from './evaluation/settled.ts'
import { isRecommended } from './evaluation/allowed.ts'
import { blocksOf, standsAgainst } from './evaluation/blocks.ts'
import type { EvaluationCheck, Found, Read } from './evaluation/check.ts'
import { neededCategory } from './evaluation/ens.ts'
import { PROPOSAL_CHECKS } from './evaluation/proposal.ts'
import { expiriesOf } from './evaluation/review-date.ts'
import { message, type CheckContext } from './finding.ts'
import { itemName } from './required.ts'

/** Who says by when to look again says a day to come. */
const reviewGoneBy = ({ decision: { reviewBy } }: Evaluation, today: string): readonly Found[] =>
  reviewBy !== null && reviewBy !== '' && reviewBy < today
    ? [
        {
          severity: 'block',
          gate: 'approval',
          path: 'decision.reviewBy',
          message: message('The day by which somebody looks again has gone by.'),
          fix: message('Say a later day, or none: it follows from what runs out first.'),
        },
      ]
    : []

/** Used by others than whoever brought it. */
const isShared = ({ useLevel }: Evaluation): boolean =>
  useLevel.level === 'collective' || useLevel.level === 'institutional'

const CHECKS: readonly EvaluationCheck[] = [
  {
    id: 'E-02',
    section: 'need',
    path: 'need.duplicates',
    subject: 'No approved tool covers the same need, or it is said what this one does beside it',
    run: ({ need }, { coveredBy = [], languages }) => {
      if (languages.some((language) => isFilled(DUPLICATES, need.duplicates, language))) return []
      return [...new Set(coveredBy)]
        .filter((name) => !need.alternatives.some((one) => likeness(partsOf(one.name), partsOf(name))))
        .map((name) => ({
          severity: 'warn',
          gate: 'review',
          path: 'need.duplicates',
          message: message('“{tool}” is approved, and covers the same need.', { tool: name }),
          fix: message('Say what this one does that it does not, or note it among the alternatives.'),
        }))
    },
  },
  {
    id: 'E-10',
    section: 'cost',
    path: 'cost.contracted',
    subject: 'It is contracted',
    run: ({ cost }) =>
      (cost.model === 'free' || cost.model === 'freemium') && !cost.contracted
        ? [
            {
              severity: 'warn',
              gate: 'live',
              path: 'cost.contracted',
              message: message(
                'Free of charge and not contracted: nothing protects citizens’ interests, or ours.',
              ),
              fix: message('Only with a contract can the administration defend them.'),
            },
          ]
        : [],
  },
  {
    id: 'E-12',
    section: 'dataProtection',
    path: 'dataProtection.dpiaCriteria',
    subject: 'An impact assessment is done where one is expected',
    run: ({ dataProtection: { dpiaCriteria, dpiaRequired } }) =>
      dpiaCriteria.length >= DPIA_FROM_CRITERIA && !dpiaRequired
        ? [
            {
              severity: 'warn',
              gate: 'review',
              path: 'dataProtection.dpiaRequired',
              message: message(
                '{count} criteria of a high risk are met: in most cases an impact assessment is expected.',
                {
                  count: String(dpiaCriteria.length),
                },
              ),
              fix: message('Say that it is needed, or why it is not, with the data protection officer.'),
            },
          ]
        : [],
  },
  {
    id: 'E-13',
    section: 'security',
    path: 'security.conformity',
    subject: 'The certificate covers this service, and for long enough',
    run: ({ security, tool }, { today }) => {
      const found: Found[] = []
      if (security.conformity === 'certificate') {
        const ends = security.certificateExpiresOn
        const scope = Object.values(security.certificateScope).join(' ').toLocaleLowerCase()
        const named = tool.toolName.trim() !== '' && scope.includes(tool.toolName.trim().toLocaleLowerCase())
        if (ends !== null && ends < today)
          found.push({
            severity: 'warn',
            gate: 'live',
            path: 'security.certificateExpiresOn',
            message: message('The certificate has expired.'),
            fix: message('Ask for the one that follows it.'),
          })
        else if (ends !== null && ends <= addDays(today, CERTIFICATE_WARN_DAYS))
          found.push({
            severity: 'warn',
            gate: 'live',
            path: 'security.certificateExpiresOn',
            message: message('The certificate expires within {count} days.', {
              count: String(CERTIFICATE_WARN_DAYS),
            }),
            fix: message('Ask for the one that follows it.'),
          })
        if (scope.trim() !== '' && !named)
          found.push({
            severity: 'warn',
            gate: 'live',
            path: 'security.certificateScope',
            message: message('What the certificate covers does not name the tool.'),
            fix: message(
              'Write down the sentence of its scope that names the service; if there is none, it is not covered.',
            ),
          })
      } else if (neededCategory(security) === 'basic' && security.conformity !== 'declaration')
        found.push({
          severity: 'warn',
          gate: 'review',
          path: 'security.conformity',
          message: message('The basic category of the ENS asks for a declaration of conformity.'),
          fix: message('Ask the provider for it.'),
        })
      return found
    },
  },
  {
    id: 'E-15',
    section: 'dataLocation',
    path: 'dataLocation.places',
    subject: 'We know where the data are, and have looked within a year',
    run: (evaluation, { today, languages, namesIn }) => {
      const oldest = addMonths(today, -EVIDENCE_MAX_MONTHS)
      const language = namesIn ?? languages[0] ?? ''
      const rows = [
        ...evaluation.dataLocation.places.map((row) => ({ row, root: 'places', name: row.provider })),
        ...evaluation.dataLocation.subprocessors.map((row) => ({
          row,
          root: 'subprocessors',
          name: row.name,
        })),
      ]
      return rows.flatMap(({ row, root, name }): Found[] => {
        const told = languages.some((one) => isFilled(EVIDENCE, row.evidence, one))
        const fresh = row.evidenceOn !== null && row.evidenceOn >= oldest && row.evidenceOn <= today
        if (told && fresh) return []
        const item = name.trim() || itemName(row, language)
        const on = told ? 'evidenceOn' : 'evidence'
        const words = !told
          ? message('“{item}”: it is not said how we know.', { item })
          : row.evidenceOn === null
            ? message('“{item}”: it is not said as of when.', { item })
            : row.evidenceOn > today
              ? message('“{item}”: that would be found out on a day to come.', { item })
              : message('“{item}”: that was found out more than a year ago.', { item })
        const at = {
          path: `${root}/${row.id}/${on}`,
          message: words,
          fix: message('Look again, and write down where and when.'),
        }
        return [
          { ...at, severity: 'warn', gate: 'review' },
          ...(evaluation.useLevel.level === 'institutional'
            ? [{ ...at, severity: 'block', gate: 'approval' } as const]
            : []),
        ]
      })
    },
  },
  {
    id: 'E-16',
    section: 'decision',
    path: 'decision.resolutions',
    subject: 'Of each disagreement it is said what became of it',
    run: ({ scoring, decision }, { languages }) =>
      (scoring?.criteria ?? [])
        .filter(({ criterion, flagged }) => flagged && !isSettled(decision, criterion, languages))
        .flatMap(({ criterion }) => CRITERIA.find(({ id }) => id === criterion) ?? [])
        .map(({ id, label }) => ({
          severity: 'block',
          gate: 'review',
          path: 'decision.resolutions',
          message: message(
            'The scores of “{field}” ({id}) lie far apart, and it is not said what became of that.',
            { field: label, id },
          ),
          fix: message('Talk about it, and write down whether you agree now, or why you do not.'),
        })),
  },
  {
    id: 'E-17',
    section: 'decision',
    path: 'decision.outcome',
    subject: 'Enough people have scored enough of it',
    run: ({ scoring }) => (scoring === undefined ? [] : unscored(scoring)),
  },
  {
    id: 'E-18',
    section: 'decision',
    path: 'decision.justification',
    subject: 'A decision other than what the scores suggest has its reasons',
    run: (evaluation, context) => {
      const { decision, scoring } = evaluation
      const suggested = suggestionFor(evaluation, context)
      if (scoring === undefined || suggested === null || decision.outcome === null) return []
      const language = context.languages[0] ?? ''
      const length = (decision.justification[language] ?? '').trim().replace(/\s+/g, ' ').length
      return decision.outcome === suggested || length >= JUSTIFICATION_MIN_CHARACTERS
        ? []
        : [
            {
              severity: 'block',
              gate: 'approval',
              path: `decision.justification:${language}`,
              message: message(
                'What is proposed is not what the scores suggest: that takes a reason of {least} characters, and this one has {count}.',
                { least: String(JUSTIFICATION_MIN_CHARACTERS), count: String(length) },
              ),
              fix: message('Say why, so that whoever reads it in a year understands it.'),
            },
          ]
    },
  },
  {
    id: 'E-19',
    section: 'decision',
    path: 'decision.reviewBy',
    subject: 'Nothing it relies on runs out before anybody looks again',
    run: (evaluation, { today, references = BUILTIN }): Found[] => [
      ...reviewGoneBy(evaluation, today),
      ...(isRecommended(evaluation)
        ? expiriesOf(evaluation, references)
            .filter(({ on }) => on < today)
            .map(({ path }): Found => ({
              severity: 'block',
              gate: 'approval',
              path,
              section: sectionOf(path),
              message: message('What it relies on has run out.'),
              fix: message('Renew it, or propose another decision.'),
            }))
        : []),
    ],
  },
  {
    id: 'E-21',
    section: 'access',
    path: 'access.linkTests',
    subject: 'Slow connection and no network were tried out',
    run: (evaluation) =>
      isShared(evaluation) &&
      // What was only begun says nothing about a slow line, nor about none.
      (!evaluation.access.linkTests.some(({ works, unplugged }) => works && unplugged) ||
        evaluation.access.testedOn === null)
        ? [
            {
              severity: 'block',
              gate: 'approval',
              waivable: true,
              path: 'access.linkTests',
              message: message('Nobody has tried it over a slow connection and without network.'),
              fix: message('Do the ten-minute test, and write down what was lost.'),
            },
          ]
        : [],
  },
  ...PROPOSAL_CHECKS,
  {
    id: 'E-K',
    section: 'decision',
    path: 'decision.outcome',
    subject: 'No blocking criterion stands against what is proposed',
    run: (evaluation, { today, references = BUILTIN }) => {
      const allowed = isRecommended(evaluation) ? evaluation.decision.allowedDataClasses : []
      return blocksOf(evaluation, references, today).map(({ id, touches, ...found }) => ({
        ...found,
        check: id,
        gate: 'approval',
        // Where nothing of what it stands against is allowed, it is worth knowing and stops nobody.
        severity: standsAgainst({ touches }, allowed) ? 'block' : 'info',
      }))
    },
  },
]

/** What is missing of a round that can carry a decision (E-17); one thing at a time, the first that has to be done. */
function unscored({
  state,
  band,
  covered,
  coverage,
  sheets,
  sheetsNeeded,
  departments,
  departmentsNeeded,
}: FrozenScoring): readonly Found[] {
  const at = { severity: 'block', gate: 'review', path: 'decision.outcome' } as const
  if (state === null)
    return [
      {
        ...at,
        message: message('Nobody has scored the tool.'),
        fix: message('Whoever coordinates opens a round of scores.'),
      },
    ]
  if (state === 'open')
    return [
      {
        ...at,
        message: message('A round of scores is still open.'),
        fix: message('Wait for the others to hand in, and reveal it.'),
      },
    ]
  if ((sheets ?? 0) < (sheetsNeeded ?? 0))
    return [
      {
        ...at,
        message: message('Scored by {count}, and this level of use asks for {least}.', {
          count: String(sheets ?? 0),
          least: String(sheetsNeeded ?? 0),
        }),
        fix: message('Open another round with more people.'),
      },
    ]
  if ((departments ?? 0) < (departmentsNeeded ?? 0))
    return [
      {
        ...at,
        message: message('Those who scored are of too few departments for this level of use.'),
        fix: message('Open another round with people of {least} departments.', {
          least: String(departmentsNeeded ?? 0),
        }),
      },
    ]
  return covered && band !== null
    ? []
    : [
        {
          ...at,
          message: message(
            'Only {count} % of the weights were scored; below {least} % nothing can be said.',
            {
              count: String(coverage ?? 0),
              least: String(COVERAGE_MIN),
            },
          ),
          fix: message('Open another round, and score what was left out.'),
        },
      ]
}

/** Whether a blocking criterion stands against what is to be in the tool: what is allowed where it is recommended, else all of it. */
export function isBlocked(evaluation: Evaluation, references: References, today: string): boolean {
  const { decision, dataProtection } = evaluation
  const classes = isRecommended(evaluation) ? decision.allowedDataClasses : dataProtection.dataClasses
  return blocksOf(evaluation, references, today).some((block) => standsAgainst(block, classes))
}

/**
 * What the scores and the blocking criteria suggest (DOMAIN B.15), or null where they say nothing. A block that touches nothing of
 * what is allowed stands against nothing; of what is not recommended, all the data it was meant for are looked at.
 */
export function suggestionFor(
  evaluation: Read,
  { today, references = BUILTIN }: Pick<CheckContext, 'today' | 'references'>,
): Band | null {
  const { scoring, decision } = evaluation
  if (!scoring || scoring.state === null || scoring.state === 'open') return null
  return suggestedBy(
    { band: scoring.band as Band | null, covered: scoring.covered, fragile: scoring.fragile },
    {
      blocked: isBlocked(evaluation, references, today),
      conditions: decision.conditions.length > 0,
    },
  )
}

const sectionOf = (path: string): string => (path.includes('/') ? 'dataLocation' : path.split('.')[0]!)
const DUPLICATES: Field = needSection.fields.duplicates
const EVIDENCE: Field = dataLocation.fields.places.item.evidence

/** Whose opinion the level of use asks for (E-20; DOMAIN B.3). */
const opinionsAskedBy = ({ useLevel }: Evaluation): readonly OpinionRole[] =>
  useLevel.level === 'institutional'
    ? ['hr', 'it', 'legal']
    : useLevel.level === 'collective'
      ? ['legal']
      : []

export const EVALUATION_CHECKS: DocumentChecks = {
  outcomes: (json, context) =>
    CHECKS.map(({ id, section, path, subject, run }) => ({
      check: id,
      section,
      path,
      subject: message(subject),
      findings: run(json as unknown as Read, context).map((found) => ({
        check: id,
        section,
        ...found,
      })),
    })),
  opinions: (json) => opinionsAskedBy(json as unknown as Evaluation),
}
