/**
 * The kinds of data that we keep: the one list of which tables and files each owns, for how long, and what protects it. A table
 * or a file of the data folder that is in none of them fails a test, so that the page for the data protection officer cannot forget one.
 */
import {
  API_TOKEN_MAX_AGE_S,
  CLOCK_JUMP_MAX_S,
  CLOCK_LEEWAY_S,
  FILE_UNNAMED_KEPT_MS,
  LISTENING_KEPT_MONTHS,
  PARCEL_ASIDE_KEPT_MS,
  TOLD_KEPT_MS,
  TRASH_KEPT_MS,
} from '@auzolan/shared/limits.ts'
import type { Kept, KindId, Place, Protection } from '@auzolan/shared/protocol/kept.ts'
import { BACKUP_STATE } from '../backup/state.ts'
import { COMPILED } from '../compiled.ts'
import { DATABASE, FILES, NEAR } from '../journal/file-place.ts'
import { UPGRADE_COPY_KEPT_MS } from '../journal/sqlite/before-upgrade.ts'
import { LOST_MARK, SIGNING_KEYS_FILE } from '../review/signing-keys.ts'

export interface Kind {
  readonly id: KindId
  readonly place: Place
  /** Of the database. What SQLite makes beside a table (its indexes, the parts of a search index) belongs to the table's kind. */
  readonly tables: readonly string[]
  /** In the data folder, by how their names begin. */
  readonly files: readonly string[]
  /** The table whose rows are counted: what people would count. */
  readonly counted: string | null
  readonly kept: Kept
  readonly protection: readonly Protection[]
}

const DAY_MS = 24 * 60 * 60 * 1000
const WITH_DOCUMENT: Kept = { rule: 'document', trashDays: TRASH_KEPT_MS / DAY_MS }
const ALWAYS: Kept = { rule: 'always' }

/** Rows of the database; the first table is the one that is counted. */
const rows = (id: KindId, tables: readonly string[], kept: Kept, ...protection: Protection[]): Kind => ({
  id,
  place: 'server',
  tables,
  files: [],
  counted: tables[0] ?? null,
  kept,
  protection: ['account', ...protection],
})
const files = (id: KindId, names: readonly string[], kept: Kept): Kind => ({
  ...rows(id, [], kept),
  files: names,
})
/** What lies where the server cannot look. */
const elsewhere = (id: KindId, place: Place, kept: Kept, ...protection: Protection[]): Kind => ({
  ...rows(id, [], kept),
  place,
  protection,
})

export const KEPT_KINDS: readonly Kind[] = [
  rows(
    'texts',
    ['document', 'channel', 'entry', 'snapshot', 'author', 'contribution', 'quarantined'],
    WITH_DOCUMENT,
  ),
  rows(
    'traces',
    [
      'touched',
      'commenter',
      'accepted_suggestion',
      'post_author',
      'mention_told',
      'mention_look',
      'reminded',
      'to_archive',
      'to_renew',
    ],
    WITH_DOCUMENT,
  ),
  rows(
    'versions',
    ['version', 'decision', 'opinion', 'publication', 'reopening', 'acknowledged'],
    WITH_DOCUMENT,
    'signed',
  ),
  rows('delegations', ['delegation'], { rule: 'documentOrAlways' }),
  rows('posts', ['post_state', 'profile_state', 'training_done'], WITH_DOCUMENT),
  rows('figures', ['metric_sample', 'metric_entry'], WITH_DOCUMENT),
  rows('scores', ['score_sheet', 'scoring_round'], WITH_DOCUMENT, 'sealed'),
  rows('heard', ['mention', 'moderation'], { rule: 'words', months: LISTENING_KEPT_MONTHS }, 'pseudonym'),
  rows('consents', ['consent'], WITH_DOCUMENT, 'pseudonym'),
  {
    ...rows('files', ['file', 'file_unnamed'], { rule: 'named', days: FILE_UNNAMED_KEPT_MS / DAY_MS }),
    files: [FILES],
  },
  rows('tools', ['tool_said', 'tool_use', 'tool_material', 'tool_teacher', 'tool_promise'], WITH_DOCUMENT),
  rows('suggestions', ['suggestion', 'suggestion_voice'], { rule: 'takenBack' }),
  rows('own', ['seen', 'mentioned', 'digest'], { rule: 'account' }, 'own'),
  rows('people', ['named', 'ended'], ALWAYS),
  rows('teams', ['team', 'membership', 'member'], { rule: 'takenOut' }),
  rows('organisation', ['reference_edition', 'reference_set', 'weight_set', 'setting'], ALWAYS),
  rows('audit', ['audit'], ALWAYS, 'chained'),
  rows('outbox', ['outbox', 'told'], {
    rule: 'delivered',
    asideDays: PARCEL_ASIDE_KEPT_MS / DAY_MS,
    toldDays: TOLD_KEPT_MS / DAY_MS,
  }),
  rows('passes', ['spent_ticket', 'revocation'], {
    rule: 'hours',
    hours: Math.ceil((API_TOKEN_MAX_AGE_S + 2 * CLOCK_LEEWAY_S + CLOCK_JUMP_MAX_S) / 3600),
  }),
  rows('search', ['passage', 'passage_words', 'passage_term', 'search_look'], WITH_DOCUMENT),
  files('keys', [SIGNING_KEYS_FILE, LOST_MARK], ALWAYS),
  files('upgradeCopies', [`${DATABASE}.before-upgrade-`], {
    rule: 'days',
    days: UPGRADE_COPY_KEPT_MS / DAY_MS,
  }),
  files('technical', [`${DATABASE}-`, `${DATABASE}.lock`, BACKUP_STATE, COMPILED, '.backup-', '.filling-'], {
    rule: 'passing',
  }),
  elsewhere('archive', 'nextcloud', { rule: 'nextcloud' }, 'nextcloud'),
  elsewhere('told', 'nextcloud', { rule: 'nextcloud' }, 'nextcloud'),
  elsewhere('settings', 'nextcloud', { rule: 'nextcloud' }, 'nextcloud'),
  elsewhere('copies', 'devices', { rule: 'browser' }, 'device'),
  elsewhere('archives', 'backups', { rule: 'backups' }),
]

/** The same where servers share a database: what lies in the data folder of one is in tables there, and copies of before an upgrade are none. */
export const SHARED_KINDS: readonly Kind[] = KEPT_KINDS.flatMap((kind): readonly Kind[] => {
  if (kind.place !== 'server') return [kind]
  const protection = kind.protection.map((one) => (one === 'account' ? 'database' : one))
  const { id, tables } = kind
  switch (id) {
    case 'files':
      return [{ ...kind, tables: [...tables, 'file_bytes'], files: [], protection }]
    case 'keys':
      return [{ ...kind, tables: ['signing_key'], files: [], protection }]
    case 'technical':
      return [{ ...kind, files: [NEAR, COMPILED] }]
    case 'upgradeCopies':
      return []
    default:
      return [{ ...kind, protection }]
  }
})

/** Of a table or index of a store's own making: the one of ours that it is for. */
const MADE_FOR: readonly (readonly [RegExp, string])[] = [
  [/^passage_words_(data|idx|content|docsize|config)$/, 'passage_words'],
  [/^passage_word$/, 'passage_words'],
  [/^file_bytes$/, 'file'],
]

/** The kind that a table belongs to; `null` for what is the store's own, and for a table that is in none. */
export function kindOfTable(table: string, kinds = KEPT_KINDS): Kind | null {
  const ours = MADE_FOR.find(([made]) => made.test(table))?.[1] ?? table
  return kinds.find(({ tables }) => tables.includes(ours)) ?? null
}

/** The kind that a file of the data folder belongs to; `null` for the database itself, and for what is none of ours. */
export function kindOfFile(name: string): Kind | null {
  return KEPT_KINDS.find(({ files }) => files.some((start) => name.startsWith(start))) ?? null
}
