/** `auzolan-server audit verify`: for auditors, and for whoever backs up. */
import { stat } from 'node:fs/promises'
import { FIRST } from '../journal/audit.ts'
import { verifyFile } from './audit-file.ts'
import { verifyFolder } from './data-folder.ts'

/** All is whole; something is not; nothing could be said. */
export type ExitCode = 0 | 1 | 2
/** What is wrong in one place often shows in many: the first ones say where to look. */
const FAULTS_SHOWN_MAX = 20

/**
 * @param path data folder, or an export as JSON
 * @param expected hash of a row that was noted earlier
 */
export async function verifyAudit(
  path: string,
  expected: string | null,
  say: (line: string) => void,
): Promise<ExitCode> {
  const noted = expected?.toLowerCase() ?? null
  if (noted !== null && !/^[0-9a-f]{64}$/.test(noted)) {
    say('What was noted is no hash: it has 64 signs, digits and letters from a to f.')
    return 2
  }
  if (noted === FIRST) {
    say('What was noted is the beginning of every chain, and of no row: nothing can be found again by it.')
    return 2
  }
  const place = await stat(path).catch(() => null)
  if (place === null) {
    say(`${path} is not there, or may not be read.`)
    return 2
  }
  const found = await (place.isDirectory() ? verifyFolder(path, noted) : verifyFile(path, noted)).catch(
    (error: Error) => ({ kind: 'unreadable' as const, why: error.message }),
  )
  if (found.kind === 'unreadable') {
    say(`Nothing can be said: ${found.why}.`)
    return 2
  }
  const faults = [...found.faults]
  if (noted !== null && found.notedAt === null)
    faults.push(
      found.partial
        ? 'the noted hash is of no row here; it may be of a row of another document'
        : 'no row has the noted hash: rows are missing at the end, or the chain was written anew',
    )
  for (const line of found.whole) say(`  ${line}`)
  say(`  head: row ${found.head.n}, ${found.head.hash || 'none'}`)
  if (noted !== null && found.notedAt !== null)
    say(`  the noted hash is that of row ${found.notedAt}: everything up to there is what it was then`)
  if (faults.length === 0) {
    say('Whole: nothing was changed, and nothing is missing that would show here.')
    return 0
  }
  say(`NOT WHOLE: ${faults[0]}.`)
  for (const fault of faults.slice(1, FAULTS_SHOWN_MAX)) say(`  also: ${fault}.`)
  if (faults.length > FAULTS_SHOWN_MAX) say(`  and ${faults.length - FAULTS_SHOWN_MAX} more.`)
  return 1
}
