/** docs/SECURITY.md promises nothing that no test keeps: each proof it names is a test of that name in that file, and limits are those of the program. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  COMMENT_MENTIONS_MAX,
  DEFAULT_CAPACITY,
  FILES_AT_ONCE_MAX,
  FILE_BYTES_BURST,
  FILE_BYTES_PER_SECOND,
  FILE_MAX_BYTES,
  MENTIONS_OF_ONE_PER_HOUR_MAX,
  REST_RATIONS,
  REST_WAIT_MAX_MS,
  SUGGESTIONS_PER_DAY_MAX,
} from '@auzolan/shared/limits.ts'

const root = join(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const page = read('docs/SECURITY.md')
const section = (title: string): string => page.split(/^## /m).find((part) => part.startsWith(title))!
const rows = (title: string): string[][] =>
  section(title)
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )

describe('[AT9] what is said of threats', () => {
  const threats = rows('What is tried')
  it.each(threats)('%s', (_what, done, proofs) => {
    expect(done).not.toBe('')
    const named = [...proofs!.matchAll(/`(test\/[^`]+)` › “([^”]+)”/g)]
    expect(named.length).toBe(proofs!.split('; `').length)
    for (const [, file, name] of named) {
      expect(existsSync(join(root, file!)), file).toBe(true)
      expect(read(file!), `${file} › ${name}`).toContain(name)
    }
  })
  it('is a lot, and leads to files that are there', () => {
    expect(threats.length).toBeGreaterThan(20)
    const links = [...page.matchAll(/\]\(([^)#]+)\)/g), ...page.matchAll(/`((?:test|shared)\/[^`]+)`/g)]
    for (const [, to] of links)
      expect(existsSync(join(root, 'docs', to!)) || existsSync(join(root, to!)), to).toBe(true)
  })
})

describe('[AT9] what is said of limits', () => {
  const limit = (what: string): number[] =>
    rows('How much')
      .find(([first]) => first === what)![2]!
      .replaceAll(',', '')
      .match(/\d+/g)!
      .map(Number)
  it('is what the program holds to', () => {
    const { changes, reads, births, exports } = REST_RATIONS
    expect(limit('changes by REST')).toEqual([changes.perSecond, changes.burst])
    expect(limit('reading by REST')).toEqual([reads.perSecond, reads.burst])
    expect(limit('new documents and teams')).toEqual([births.perSecond * 60, births.burst])
    expect(limit('exports of the audit').slice(0, 2)).toEqual([exports.perSecond * 60, exports.burst])
    expect(page).toContain(`waits ${REST_WAIT_MAX_MS / 1000} s at most`)
    const mb = (bytes: number): number => bytes / 1024 / 1024
    expect(limit('files')).toEqual([
      mb(FILE_BYTES_PER_SECOND),
      mb(FILE_BYTES_BURST),
      FILES_AT_ONCE_MAX,
      mb(FILE_MAX_BYTES),
    ])
    const { updatesPerSecond, updatesBurst, writersPerDocument, sessionsPerDocument } = DEFAULT_CAPACITY
    expect(limit('updates').slice(0, 2)).toEqual([updatesPerSecond, updatesBurst])
    expect(limit('writers and sessions')).toEqual([writersPerDocument, sessionsPerDocument])
    expect(limit('people named in comments')).toEqual([COMMENT_MENTIONS_MAX, MENTIONS_OF_ONE_PER_HOUR_MAX])
    expect(limit('suggestions of tools')).toEqual([SUGGESTIONS_PER_DAY_MAX])
  })
})
