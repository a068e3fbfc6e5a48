/**
 * The reading copy of an approved version: what it tells as Markdown that a person can read in ten years without this
 * program; in the language the document leads with.
 */
import type { Organisation } from '../protocol/organisation.ts'
import type { Receipt } from '../receipt.ts'
import type { References } from '../reference/references.ts'
import type { DocumentType } from '../schema/fields.ts'
import { withEveryField } from '../schema/json.ts'
import { isEvaluation, withWhatItComesTo } from './evaluation-told.ts'
import { address, plain, prose } from './markdown.ts'
import { spokenOf, type Say } from './say.ts'
import {
  inLanguage,
  isList,
  tell,
  type Told,
  type ToldField,
  type ToldList,
  type ToldSection,
} from './told.ts'
import { wordsIn } from './words.ts'

export interface Approved {
  readonly type: DocumentType
  /** The canonical JSON, parsed. */
  readonly json: unknown
  readonly receipt: Receipt
  /** Of the document, lead language first. */
  readonly languages: readonly string[]
  readonly organisation: Pick<Organisation, 'name' | 'departments' | 'policy'>
  /** Lists of reference data, as things are called by now. */
  readonly references?: References
  /** Name of the file beside it that is signed. */
  readonly signedFile: string
}

export function readingCopy(approved: Approved): string {
  const language = approved.languages[0] ?? 'en'
  const say = wordsIn(spokenOf(approved.languages))
  // It lies beside the signed text, which says everything.
  const told = tell({ ...approved, language, say, outside: false })
  const sections = comingTo(approved, told, language, say).map(({ label, parts }) => {
    const fields = parts.flatMap((part) => (isList(part) ? list(part, say) : field(part, say)))
    return `## ${label}\n\n${fields.join('\n\n') || '–'}`
  })
  return `${[...heading(approved, language, say), ...sections].join('\n\n')}\n`
}

/** Of an evaluation also what it comes to, as of the day it was approved. */
function comingTo(
  { type, json, languages, receipt, ...approved }: Approved,
  told: ToldSection[],
  language: string,
  say: Say,
): ToldSection[] {
  if (!isEvaluation(type)) return told
  return withWhatItComesTo(told, {
    ...approved,
    language,
    say,
    outside: false,
    json: withEveryField(type, json, languages) as never,
    day: receipt.at.slice(0, 10),
    decided: true,
    dayIn: (day) => day,
  })
}

function heading({ receipt, signedFile, organisation }: Approved, language: string, say: Say): string[] {
  const role = receipt.by.role === 'director' ? say('Director') : receipt.by.role
  const waivers = receipt.waivers.map(
    ({ check, reason }) =>
      `${say('Accepted although check {check} fails', { check: plain(check) })}: ${plain(reason)}`,
  )
  const facts: [string, string][] = [
    [say('Organisation'), plain(inLanguage(organisation.name, language))],
    [say('Version'), String(receipt.version)],
    [say('Approved'), receipt.at],
    [say('By'), `${plain(receipt.by.name)} (${plain(role)})`],
    [say('On behalf of'), plain(receipt.by.onBehalfOf ?? '')],
    [say('Conditions'), plain(receipt.conditions)],
    ...waivers.map((words): [string, string] => [say('Waived'), words]),
    ['SHA-256', `\`${receipt.sha256}\``],
  ]
  return [
    `# ${plain(inLanguage(receipt.title, language)) || say('Plan without a title')}`,
    facts
      .filter(([, value]) => value !== '')
      .map(([name, value]) => `- **${name}**: ${value.replace(/[\r\n]+/g, ' ')}`)
      .join('\n'),
    `*${say('To read. What was signed, in all its languages, is the file {file}.', { file: plain(signedFile) })}*`,
  ]
}

const list = ({ label, records }: ToldList, say: Say): string[] => [
  `### ${label}`,
  ...records.flatMap(({ name, fields }, i) => [
    `#### ${i + 1}\\. ${plain(name)}`.trimEnd(),
    ...fields.flatMap((one) => field(one, say)),
  ]),
]

const field = ({ label, told }: ToldField, say: Say): string[] =>
  told.kind === 'prose' ? [`**${label}**`, prose(told.text) ?? ''] : [`**${label}**: ${value(told, say)}`]

function value(told: Exclude<Told, { kind: 'prose' }>, say: Say): string {
  switch (told.kind) {
    case 'words':
      return told.words.map(plain).join(', ')
    case 'link':
      return address(told.address)
    case 'flag':
      return told.word
    case 'date':
      return plain(told.day)
    case 'number':
      return `${told.value} ${told.unit}`.trimEnd()
    case 'person':
      return plain(`${told.name} (${told.id})`)
    case 'acceptance':
      return say('{name}, on {date}', { name: plain(told.by), date: plain(told.day) })
    case 'picture':
      return `${plain(told.name)} (SHA-256 \`${plain(told.sha256)}\`)`
  }
}
