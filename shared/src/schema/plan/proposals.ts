/**
 * What a plan brings along before anybody writes, so that nobody begins at an empty page: texts to put right, in the
 * languages of the program. What only the organisation can know stays empty.
 */
import * as Y from 'yjs'
import { plainText, type Field } from '../fields.ts'
import { PLAN } from '../plan.ts'
import { crisis } from './proposals/crisis.ts'
import { listening } from './proposals/listening.ts'
import { participation } from './proposals/participation.ts'
import { principles } from './proposals/principles.ts'
import { privacy } from './proposals/privacy.ts'
import type { Proposed, ProposalLanguage } from './proposals/proposed.ts'
import { rights } from './proposals/rights.ts'
import { staffGuidance } from './proposals/staff-guidance.ts'
import { team } from './proposals/team.ts'
import { training } from './proposals/training.ts'
import { paragraphs, readRich } from '../json.ts'
import type { Place } from '../shapes.ts'

type Values = { readonly [field: string]: unknown }

const PROPOSALS: { readonly [section: string]: Values } = {
  principles,
  team,
  training,
  privacy,
  staffGuidance,
  rights,
  participation,
  listening,
  crisis,
}
const LANGUAGES: readonly string[] = ['en', 'es', 'eu', 'ca'] satisfies ProposalLanguage[]

/**
 * The sections with their proposals, in the languages of a plan; a language without proposals stays empty, and a plan
 * of such languages alone gets none. A record's id only has to be unique in its list; UUIDs are for what people add.
 */
export function proposals(languages: readonly string[]): { [section: string]: { [field: string]: unknown } } {
  if (!languages.some((language) => LANGUAGES.includes(language))) return {}
  return Object.fromEntries(
    PLAN.sections.flatMap(({ id, fields }) => {
      const values = PROPOSALS[id]
      return values ? [[id, inLanguages(fields, values, languages)]] : []
    }),
  )
}

function inLanguages(
  fields: { readonly [key: string]: Field },
  values: Values,
  languages: readonly string[],
): { [field: string]: unknown } {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => {
      const field = fields[key]
      switch (field?.kind) {
        case 'list':
          return [key, (value as Values[]).map((item) => inLanguages(field.item, item, languages))]
        case 'text':
        case 'prose':
          return [
            key,
            Object.fromEntries(
              languages.map((language) => {
                const text = textIn(value, language)
                return [
                  language,
                  field.kind === 'text' ? (text ?? '') : text === null ? [] : paragraphs(text),
                ]
              }),
            ),
          ]
        default:
          return [key, value]
      }
    }),
  )
}

const textIn = (value: unknown, language: string): string | null =>
  (value as Partial<Record<string, string>>)[language] ?? null

/** The text that is proposed for a field: `staffGuidance.enjoy`, or `replies/thanks/text` of a record that came with a plan. */
export function proposalOf(path: string, language: string): string | null {
  const [root = '', id, key = ''] = path.split('/')
  const [section = '', field = ''] = path.split('.')
  const value = id === undefined ? PROPOSALS[section]?.[field] : recordOf(root, id)?.[key]
  return isProposed(value) ? textIn(value, language) : null
}

function recordOf(root: string, id: string): Values | undefined {
  for (const { id: section, fields } of PLAN.sections) {
    for (const [key, field] of Object.entries<Field>(fields)) {
      if (field.kind !== 'list' || field.root !== root) continue
      const records = (PROPOSALS[section]?.[key] ?? []) as readonly (Values & { id: string })[]
      return records.find((record) => record.id === id)
    }
  }
  return undefined
}

const isProposed = (value: unknown): value is Proposed =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** Puts the proposed text into a field that is empty in a language; where somebody has written, nothing happens. */
export function propose(place: Place, key: string, language: string, text: string): void {
  const rich = place.fields[key]?.kind === 'prose' ? place.prose(key, language) : undefined
  const line = rich ? undefined : place.text(key, language)
  if (line && line.toString().trim() === '') {
    line.doc?.transact(() => {
      line.delete(0, line.length)
      line.insert(0, text)
    })
  }
  if (rich && plainText(readRich(rich)) === '') {
    rich.doc?.transact(() => {
      rich.delete(0, rich.length)
      const paragraph = new Y.XmlElement('paragraph')
      paragraph.insert(0, [new Y.XmlText(text)])
      rich.insert(0, [paragraph])
    })
  }
}
