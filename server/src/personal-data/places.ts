/**
 * Every place of the rows where an account is named, and what becomes of it when its person is erased. A column that is added to the tables
 * and names people has its line here: a test compares the two. What people wrote in texts is not here: nobody but a reader knows whom it names.
 */
import type { CoveredTable } from '../journal/digest.ts'
import type { Tables } from '../journal/journal.ts'

/**
 * - `goes`: the row is about this person and nobody else, and is deleted.
 * - `pseudonym`: it is of a team or of the house; that somebody did it stays, and who it was does not.
 * - `emptied`: nobody stands there any more.
 * - `stays`: the audit vouches for it, or it is what keeps an ended account out (art. 17.3 b and d of the GDPR).
 */
export const FATES = ['goes', 'pseudonym', 'emptied', 'stays'] as const
export type Fate = (typeof FATES)[number]

export interface Place {
  readonly table: keyof Tables
  /** Where the account stands. */
  readonly column: string
  /** Where its name stands in the same row. */
  readonly name?: string
  readonly fate: Fate
  /** Where it stands in JSON: in each of a list (a path), or as the keys. These stay. */
  readonly within?: '$.person' | '$.by.id' | 'keys'
  /** Rows that are meant, where accounts and others stand in one column, or not all have the same fate; SQL. */
  readonly where?: string
}

const place = (table: keyof Tables, column: string, fate: Fate, name?: string, where?: string): Place => ({
  table,
  column,
  fate,
  ...(name === undefined ? {} : { name }),
  ...(where === undefined ? {} : { where }),
})
/** Who did it, in rows that the chain has a fingerprint of: changed, they would read as forged. */
const sealed = (table: CoveredTable & keyof Tables, column: string, name?: string): Place =>
  place(table, column, 'stays', name)

/** The same, in JSON. */
const listed = (
  table: CoveredTable & keyof Tables,
  column: string,
  within: NonNullable<Place['within']>,
): Place => ({ table, column, fate: 'stays', within })

/**
 * A version says how much of it was whose, and the audit vouches for that; so the counts it is compared with stay where there is a version, and
 * whoever comes back under this account still cannot approve what they wrote.
 */
export const DECIDED = `(EXISTS (SELECT 1 FROM version v, json_each(v.contributions) p
    WHERE v.document = substr(contribution.channel, 1, 36) AND p.key = contribution.person)
  OR EXISTS (SELECT 1 FROM accepted_suggestion a
    WHERE a.document = substr(contribution.channel, 1, 36) AND contribution.person IN (a.author, a.accepter)))`
const PERSON = "principal_kind = 'person'"

export const PLACES: readonly Place[] = [
  // What is written, and by whom.
  place('entry', 'person', 'pseudonym'),
  place('author', 'person', 'pseudonym'),
  place('contribution', 'person', 'pseudonym', undefined, `NOT ${DECIDED}`),
  place('contribution', 'person', 'stays', undefined, DECIDED),
  place('touched', 'person', 'pseudonym'),
  place('quarantined', 'person', 'goes'),
  place('document', 'created_by', 'pseudonym'),
  place('file', 'person', 'pseudonym', 'person_name'),
  place('commenter', 'person', 'pseudonym', 'name'),
  place('mention_told', 'person', 'emptied'),
  place('mentioned', 'person', 'goes'),
  place('mentioned', 'by_id', 'pseudonym', 'by_name'),
  // Who belongs where.
  place('membership', 'principal_id', 'goes', undefined, PERSON),
  place('member', 'principal_id', 'goes', 'name', PERSON),
  // "Only me": its documents go before it.
  place('team', 'personal_of', 'goes'),
  place('ended', 'person', 'stays'),
  place('revocation', 'id', 'stays', undefined, "kind = 'person'"),
  place('named', 'person', 'goes', 'name'),
  // What was for this person alone.
  place('seen', 'person', 'goes'),
  place('digest', 'person', 'goes'),
  place('acknowledged', 'person', 'pseudonym'),
  place('training_done', 'person', 'goes', 'person_name'),
  place('training_done', 'noted_by', 'pseudonym', 'noted_by_name'),
  // Reviews: what was asked, said and decided, and in whose name.
  sealed('version', 'submitter', 'submitter_name'),
  listed('version', 'contributions', 'keys'),
  sealed('opinion', 'person', 'name'),
  sealed('decision', 'person', 'name'),
  sealed('decision', 'principal', 'principal_name'),
  sealed('publication', 'person', 'name'),
  sealed('delegation', 'giver', 'giver_name'),
  sealed('delegation', 'delegate', 'delegate_name'),
  sealed('accepted_suggestion', 'author', 'author_name'),
  sealed('accepted_suggestion', 'accepter', 'accepter_name'),
  sealed('reopening', 'person', 'person_name'),
  place('audit', 'actor', 'stays'),
  // Scores: a sheet that was never handed in is its author's alone.
  listed('scoring_round', 'evaluators', '$.person'),
  sealed('scoring_round', 'opened_by', 'opened_by_name'),
  sealed('scoring_round', 'revealed_by', 'revealed_by_name'),
  sealed('scoring_round', 'closed_by', 'closed_by_name'),
  place('score_sheet', 'person', 'goes', undefined, "submitted_at IS NULL AND conflict = ''"),
  place('score_sheet', 'person', 'stays', undefined, "NOT (submitted_at IS NULL AND conflict = '')"),
  place('weight_set', 'person', 'pseudonym', 'person_name'),
  // Profiles, posts, figures, what was heard.
  sealed('profile_state', 'person', 'person_name'),
  sealed('post_state', 'person', 'person_name'),
  sealed('post_state', 'approver', 'approver_name'),
  listed('post_state', 'published', '$.by.id'),
  place('post_author', 'person', 'pseudonym'),
  place('moderation', 'moderator', 'pseudonym', 'moderator_name'),
  place('moderation', 'confirmed_by', 'pseudonym', 'confirmed_name'),
  sealed('consent', 'person', 'person_name'),
  sealed('metric_entry', 'person', 'person_name'),
  place('metric_sample', 'person', 'pseudonym', 'person_name'),
  sealed('mention', 'owner', 'owner_name'),
  sealed('mention', 'noted_by', 'noted_by_name'),
  // The house: its lists, and what is said of tools.
  place('reference_edition', 'person', 'pseudonym', 'name'),
  place('suggestion', 'linked_by', 'pseudonym'),
  place('suggestion', 'settled_by', 'pseudonym', 'settled_by_name'),
  place('suggestion_voice', 'person', 'pseudonym', 'person_name'),
  place('tool_use', 'person', 'emptied'),
  place('tool_teacher', 'person', 'goes', 'person_name'),
]
