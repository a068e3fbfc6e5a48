/** What docs/TRACEABILITY.md names is there: files, fields under the names the screen gives them, and checks. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { planChecks } from '@auzolan/shared/checks/plan.ts'
import { checkPost } from '@auzolan/shared/checks/post.ts'
import { parseDocument, parsePlan } from '@auzolan/shared/checks/run.ts'
import { UNDESCRIBED } from '@auzolan/shared/protocol/organisation.ts'
import type { Field } from '@auzolan/shared/schema/fields.ts'
import { DOCUMENT_TYPES } from '@auzolan/shared/document-types.ts'
import { aPost } from '../support/posts.ts'

const root = new URL('../../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')
/** Those that are no check of a text: opinions, what the logs of moderation and listening refuse or say, and what is ticked with an approval. */
const ELSEWHERE = ['P-20', 'P-22', 'P-23', 'P-47', 'P-53', 'P-54', 'P-55', 'P-56']

const quoted = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name!)
const rows = read('docs/TRACEABILITY.md')
  .split('\n')
  .filter((line) => /^\| [\d–, ]+ \|/.test(line))
  .map((line) => {
    const [lines = '', words = '', screen = '', named = '', where = ''] = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
    const checks = named.match(/\b[A-Z]-(?:\d+|K)\b/g) ?? []
    return { name: `${lines}: ${words}`, screen, fields: quoted(named), checks, files: quoted(where) }
  })

/** `team.managers.person` → Team › Community managers › Person; null when there is no such field. */
function onTheScreen(field: string): string | null {
  const [id, key = '', inner] = field.split('.')
  const section = Object.values(DOCUMENT_TYPES)
    .flatMap(({ content }) => content.sections)
    .find((one) => one.id === id)
  const outer: Field | undefined = section?.fields[key]
  const own = inner === undefined ? outer : outer?.kind === 'list' ? outer.item[inner] : undefined
  if (!section || !outer || !own) return null
  const names = [section.label, outer.label, own.label]
  return names.filter((name, i) => name !== names[i - 1]).join(' › ')
}

describe('the table of traces', () => {
  const plan = parsePlan('{}', ['eu'])
  const known = planChecks(plan, { languages: ['eu'], today: '2026-11-26', inForce: false })
  const ofPosts = checkPost(
    { post: aPost(), variants: [], mentions: [], media: [] },
    {
      languages: ['eu'],
      plan,
      inForce: false,
      profiles: [],
      organisation: UNDESCRIBED,
      consents: null,
      now: new Date('2026-11-26T09:00:00Z'),
    },
  ).flatMap(({ check }) => (check === 'field' ? [] : [check]))
  const ofOthers = [DOCUMENT_TYPES.report, DOCUMENT_TYPES.evaluation].flatMap((type) =>
    type.checks
      .outcomes(
        parseDocument(type, '{}', ['eu']),
        { languages: ['eu'], today: '2026-11-26', inForce: false },
        new Set(),
      )
      .map(({ check }) => check),
  )
  const ids = [...known.map(({ check }) => check), ...ofPosts, ...ofOthers, ...ELSEWHERE]

  it('has its rows', () => expect(rows.length).toBeGreaterThan(40))

  it.each(rows)('$name', ({ screen, fields, checks, files }) => {
    expect(screen).not.toBe('')
    expect(files).not.toEqual([])
    for (const file of files) expect(existsSync(new URL(file, root)), file).toBe(true)
    for (const field of fields) expect(screen.split('<br>'), field).toContain(onTheScreen(field))
    for (const check of checks) {
      expect(ids).toContain(check)
      expect(
        files.some((file) => read(file).includes(check)),
        `${check} in one of its files`,
      ).toBe(true)
    }
  })

  it('says every check that the source document asks for', () => {
    const named = new Set(rows.flatMap(({ checks }) => checks))
    // The period, the audiences, and days that have gone by are rules of our own; of a post, what those who do not see or hear
    // need, what AI made, when it goes out, and days on which it had better not; of a report, its period and that it has a figure; of a
    // tool, how it is scored, and that what is proposed holds together.
    const ours = [
      'A-1',
      'A-2',
      'A-4b',
      'A-7',
      'P-43',
      'P-48',
      'P-34',
      'A-12',
      'P-49',
      'R-01',
      'R-02',
      'E-16',
      'E-17',
      'E-18',
      'E-11',
      'E-22',
      'E-23',
    ]
    expect(ids.filter((id) => !named.has(id) && !ours.includes(id))).toEqual([])
  })
})
