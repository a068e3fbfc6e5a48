/** What open comments stop: a text with something that must be dealt with is neither sent to review nor approved (DOMAIN G1, G2). */
import { message, type Finding, type Gate } from './finding.ts'
import { COMMENT_QUOTE_MAX_CHARACTERS } from '../limits.ts'
import type { Thread } from '../comments/threads.ts'

/** Paths of findings that lead to a thread and not to a field. */
const PREFIX = 'comments/'
export const threadOfPath = (path: string): string | null =>
  path.startsWith(PREFIX) ? path.slice(PREFIX.length) : null

/**
 * @param gate that it stops: sending, or approving what somebody has commented on since
 * @param reads whether the person may read comments; whoever may not learns only that there is one
 */
export const mustFixFindings = (
  threads: readonly Thread[],
  gate: Gate & ('review' | 'approval') = 'review',
  reads = true,
): Finding[] =>
  threads
    .filter((thread) => thread.open && thread.mustFix)
    .map(({ id, path, first }) => ({
      check: 'G1',
      severity: 'block',
      gate,
      section: path?.split(/[./]/)[0] ?? '',
      path: `${PREFIX}${id}`,
      message: reads
        ? message('A comment must be dealt with first: “{words}” ({name})', {
            words: shortened(first.body),
            name: first.by.name,
          })
        : message('A comment must be dealt with first'),
      fix: message('Answer it, and have it resolved by whoever wrote it or by a coordinator.'),
    }))

const shortened = (text: string): string =>
  text.length > COMMENT_QUOTE_MAX_CHARACTERS
    ? `${[...text].slice(0, COMMENT_QUOTE_MAX_CHARACTERS).join('')}…`
    : text
