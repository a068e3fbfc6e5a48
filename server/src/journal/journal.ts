/** The port of everything durable: the log of each channel, and the rows beside it. */
import type { Generated, Kysely, Transaction } from 'kysely'
import type { ChannelId, PersonId } from '@auzolan/shared/ids.ts'
import type { EpochCause } from '@auzolan/shared/protocol/frames.ts'

export interface LogEntry {
  readonly seq: number
  /** Who has written it, and owns every client id under which it brings text. */
  readonly person: PersonId
  readonly update: Uint8Array
}

/** Everything up to `seq` in one update, compressed once, when it was made. */
export interface Snapshot {
  readonly seq: number
  readonly gzip: Uint8Array
}

/** What a reader lacks, in order: the snapshot when its copy ends before it, then entries. */
export interface LogPart {
  /** Of which epoch it is; 0 when there is no such channel. */
  readonly epoch: number
  readonly snapshot: Snapshot | null
  readonly entries: readonly LogEntry[]
  /** The limit has left some out, or come to their number exactly: whoever wants all reads on. */
  readonly more: boolean
}
export interface ReadLimit {
  readonly entries: number
  readonly bytes: number
}

/** What a room needs to admit updates, rebuilt from the store when it opens. */
export interface StoredHead {
  readonly epoch: number
  readonly epochCause: EpochCause
  readonly seq: number
  /** 0 when the log has never been put together. */
  readonly snapshotSeq: number
  /** Bytes of the entries after the snapshot, and of the text in it before compression. */
  readonly tailBytes: number
  readonly snapshotBytes: number
  readonly clocks: Map<number, number>
  readonly owners: Map<number, PersonId>
}

export interface NewEntry {
  readonly person: PersonId
  readonly update: Uint8Array
  /** Yjs client id → next clock after this entry. */
  readonly clocks: ReadonlyMap<number, number>
}

export interface ChannelBatch {
  readonly channel: ChannelId
  /** Where this writer believes the log to be; another epoch or another end means another writer. */
  readonly epoch: number
  readonly afterSeq: number
  readonly entries: readonly NewEntry[]
}

/** A log put together: what replaces it up to `seq` of `epoch`. */
export interface Compacted {
  readonly channel: ChannelId
  readonly epoch: number
  readonly seq: number
  readonly gzip: Uint8Array
  /** Length before compression. */
  readonly bytes: number
}

/** An entry that was taken out of a log, kept aside for whoever has to find out why. */
export interface Removed {
  readonly seq: number
  readonly why: string
}
/** Why an entry was taken out that did no harm itself. */
export const BUILDS_ON_REMOVED = 'builds on an entry that was taken out'
/** A new epoch: the whole log of the old one is replaced. Copies of the old epoch may not merge any more. */
export interface Renewal extends Compacted {
  readonly cause: Exclude<EpochCause, 'birth'>
  /** Yjs client id → next clock in the new text. */
  readonly clocks: ReadonlyMap<number, number>
  readonly removed: readonly Removed[]
  /** Client ids nobody may write under any more. */
  readonly barred: readonly number[]
}

/** Durable truth for every document. A promise resolves only when a power cut cannot undo what it did. */
export interface Journal {
  /** The head of a channel; `null` when the channel was never created. */
  open(channel: ChannelId): Promise<StoredHead | null>
  /** Creates channels of one document, each with its first entry or empty, all or none. @throws if one exists. */
  create(channels: readonly { channel: ChannelId; birth: NewEntry | null }[]): Promise<void>
  /**
   * Many channels in one commit, each once, with all of its entries, in order, or none. A clock only moves forward.
   * @returns the channels of which nothing was written, since their log is not where its writer believed it to be (or is none);
   * everything of the others was. @throws when nothing was written, of none: also when a client id belongs to somebody else
   */
  append(batches: readonly ChannelBatch[]): Promise<ReadonlySet<ChannelId>>
  /** What comes after `after`, at most `limit` of entries, but always one step if there is one. */
  read(channel: ChannelId, after: number, limit: ReadLimit): Promise<LogPart>
  /** Binds Yjs client ids to a person, first come; returns the ids that belong to somebody else. */
  bind(channel: ChannelId, clientIds: readonly number[], person: PersonId): Promise<readonly number[]>
  /** Gives up those of the client ids that never wrote; anybody may bind them again. */
  release(channel: ChannelId, clientIds: readonly number[]): Promise<void>
  /**
   * Puts the snapshot in the place of the entries it holds. False when the epoch has moved on, or somebody has put as much of
   * it together already: nothing happened.
   */
  compact(compacted: Compacted): Promise<boolean>
  /** Begins a new epoch. False when the log has moved on from `epoch` and `seq`: nothing happened. */
  renew(renewal: Renewal): Promise<boolean>
  /** Read access to rows. */
  readonly rows: Kysely<Tables>
  /** Rows changed together, or not at all. */
  transact<T>(work: (rows: Transaction<Tables>) => Promise<T>): Promise<T>
  /**
   * Writes the whole store anew, so that nothing of what was deleted is left on the disk. Writers wait for it.
   * @throws without room; {@link ReadForLong}
   */
  rewrite(): Promise<void>
  close(): Promise<void>
}

/** What would have to wait for somebody who reads for long (a dump) is put off: whoever comes later would wait behind it. */
export class ReadForLong extends Error {
  constructor() {
    super('it is being read for longer than a moment')
  }
}

/** Owner of client ids that nobody may use any more. No account of Nextcloud has a slash in its name. */
export const BARRED = '/barred' as PersonId

/** Whoever reads rows, in a transaction or out of one. */
export type Rows = Pick<Transaction<Tables>, 'selectFrom'>

/** The rows beside the log. Times are ISO 8601 in UTC, values that are structures are JSON. */
export interface Tables {
  channel: { id: string; epoch: number; epoch_cause: string; seq: number; shape: string | null }
  entry: { channel: string; seq: number; at: string; person: string; bytes: Uint8Array }
  snapshot: { channel: string; seq: number; at: string; gzip: Uint8Array; bytes: number }
  author: { channel: string; client: number; person: string; clock: number }
  /** How many entries each person has ever put into a channel; outlives compaction (a deletion names nobody). */
  contribution: { channel: string; person: string; entries: number }
  quarantined: {
    channel: string
    epoch: number
    seq: number
    at: string
    person: string
    why: string
    bytes: Uint8Array
  }
  audit: {
    n: Generated<number>
    at: string
    actor: string
    action: string
    subject: string
    detail: string
    prev_hash: string
    hash: string
  }
  /** What has to leave for Nextcloud; `parcel` is JSON. */
  outbox: { n: Generated<number>; at: string; kind: string; parcel: string; aside: Generated<string | null> }
  /** Notices that people may have before them; `n` is the parcel that brought the latest under this key. */
  told: { key: string; document: string; n: number; at: string }
  /** `name` is JSON, by language; `personal_of` the person whose "only me" it is. */
  team: {
    id: string
    name: string
    departments: Generated<string>
    personal_of: Generated<string | null>
    created_at: string
  }
  /** What is known of a member beside the roles. `expertise` is a JSON list. */
  member: {
    team_id: string
    principal_kind: 'person' | 'group' | 'team'
    principal_id: string
    name: string
    department: string | null
    expertise: string
  }
  /** People whose account Nextcloud has ended. */
  ended: { person: string; at: string }
  membership: {
    team_id: string
    principal_kind: 'person' | 'group' | 'team'
    principal_id: string
    role: string
  }
  document: {
    id: string
    type: string
    title: string
    languages: string
    team_id: string
    work: string
    in_force: number | null
    visibility: string
    archived: number
    created_by: string
    created_at: string
    updated_at: string
    /** Since when it is in the trash. */
    trashed_at: Generated<string | null>
    archived_at: Generated<string | null>
    archived_reason: Generated<string | null>
    /** Who may comment beside the team. */
    commenting: Generated<string>
    kind: Generated<string>
    /** What a template is for. */
    sentence: Generated<string>
    /** A template, and its version; or the name of one of the product's own. */
    made_from: Generated<string | null>
    made_from_version: Generated<number | null>
    /** The organisation's plan, whose common parts hold in this one. */
    parent: Generated<string | null>
    about: Generated<string | null>
    of_organisation: Generated<number>
  }
  /** Who wrote in the comments under which client id; `roles` is a JSON list of those they had then. */
  commenter: { document: string; client: number; person: string; name: string; roles: string }
  accepted_suggestion: {
    document: string
    event: string
    author: string
    author_name: string
    accepter: string
    accepter_name: string
    at: string
  }
  /** Comments whose mentions have been told, and how far the list has been looked through for them. */
  mention_told: { document: string; event: string; person: string; people: number; at: string }
  mentioned: {
    person: string
    document: string
    event: string
    by_id: string
    by_name: string
    at: string
  }
  mention_look: { document: string; epoch: number; seq: number }
  /** One text that can be found; `folded` as it is looked for. */
  passage: {
    id: Generated<number>
    document: string
    kind: string
    path: string
    section: string
    label: string
    language: string | null
    record: string
    restricted: number
    text: string
    folded: string
  }
  /** Their words; an index of the store (`MATCH`). */
  passage_words: { rowid: number; folded: string; rank: number }
  passage_term: { term: string; doc: number }
  search_look: { channel: string; epoch: number; seq: number }
  /** A version that was made public, and under which licence. */
  publication: {
    document: string
    n: number
    sha256: string
    licence: string
    person: string
    name: string
    at: string
  }
  /** `languages` is a JSON list, `contributions` JSON by person, `route` JSON, `json` the canonical text itself. */
  version: {
    document: string
    n: number
    epoch: number
    seq: number
    at: string
    submitter: string
    submitter_name: string
    note: string
    due: string | null
    languages: string
    json: string
    sha256: string
    contributions: string
    route: Generated<string>
    /** Of a version that was named and never sent to review. */
    label: Generated<string | null>
    /** It was kept because this version was about to be restored; its label is empty then. */
    before_restoring: Generated<number | null>
    /** The lists of reference data it was checked with when it was sent; empty when nobody kept them. */
    checked_with: Generated<string>
    restricted: Generated<string>
  }
  /** A list of reference data as an administrator saved it; `entries` is canonical JSON. */
  reference_edition: {
    list: string
    n: number
    verified_on: string
    source: string
    entries: string
    sha256: string
    count: number
    person: string
    name: string
    at: string
    back_to: number | null
  }
  /** All lists together, as JSON, for the versions that were checked with them. */
  reference_set: { sha256: string; json: string }
  /** Who touched a field last, and when, after version `since` (0: the beginning). */
  touched: { document: string; since: number; path: string; person: string; seq: number; at: string }
  /** How far a person has read, for that person alone. */
  seen: { person: string; document: string; seq: number; at: string }
  /** Who has read an approved version; only ever counted. */
  acknowledged: { document: string; n: number; person: string }
  named: { person: string; name: string }
  /** `nth` counts what was said for a role about a version; the latest of each person is what they say. */
  opinion: {
    document: string
    n: number
    role: string
    person: string
    name: string
    stance: string
    text: string
    at: string
    nth: number
  }
  /** `sections`, `waivers`, `overrides` and `places` are JSON lists; `principal` is in whose name, if not in one's own. */
  decision: {
    id: string
    document: string
    n: number
    verdict: string
    person: string
    name: string
    comment: string
    sections: string
    conditions: string
    waivers: string
    overrides: string
    receipt: string
    at: string
    principal: Generated<string | null>
    principal_name: Generated<string | null>
    places: Generated<string>
    nth: Generated<number>
  }
  /** `waivers` is a JSON list; `version` was in force when it was done. */
  profile_state: {
    document: string
    profile: string
    name: string
    status: string
    opened_on: string | null
    closed_on: string | null
    version: number | null
    note: string
    waivers: string
    person: string
    person_name: string
    at: string
  }
  post_state: {
    document: string
    post: string
    status: string
    approved: string | null
    approver: string | null
    approver_name: string | null
    approved_at: string | null
    reviews: string
    published: string
    review_by: string | null
    note: string
    person: string
    person_name: string
    at: string
  }
  post_author: { document: string; post: string; person: string }
  training_done: {
    document: string
    training: string
    person: string
    person_name: string
    completed_on: string
    noted_by: string
    noted_by_name: string
    at: string
  }
  moderation: {
    id: string
    document: string
    at: string
    profile: string | null
    post_url: string
    reason: string | null
    action: string
    note: string
    moderator: string
    moderator_name: string
    confirmed_by: string | null
    confirmed_name: string | null
    confirmed_at: string | null
  }
  /** `sent` is the hash of what came, `sha256` that of what is kept of it. */
  file: {
    document: string
    sha256: string
    sent: string
    name: string
    type: string
    bytes: number
    width: number | null
    height: number | null
    person: string
    person_name: string
    at: string
  }
  /** Bytes on the disk that no row of `file` names. */
  file_unnamed: { sha256: string; since: string }
  /** `scope` is a JSON list, `networks` one or `"all"`; days are ISO dates. */
  consent: {
    id: string
    document: string
    subject: string
    subject_kind: string
    given_by: string
    scope: string
    networks: string
    purpose: string
    obtained_on: string
    expires_on: string | null
    evidence: string
    freely_given: number
    withdrawn_on: string | null
    revision: number
    salt: string
    person: string
    person_name: string
    at: string
  }
  /** What a figure is, by its last entry; days are ISO dates, both of them in it. */
  metric_sample: {
    document: string
    profile: string
    metric: string
    from_day: string
    to_day: string
    value: number | null
    null_reason: string | null
    note: string
    sure: number
    source: string
    entry: string
    person: string
    person_name: string
    at: string
  }
  /** `figures` is JSON, in one form. */
  metric_entry: {
    id: string
    document: string
    figures: string
    source: string
    person: string
    person_name: string
    at: string
  }
  /** `weights` and `evaluators` are JSON; `state` is open, revealed or closed. */
  scoring_round: {
    document: string
    n: number
    state: string
    weights: string
    evaluators: string
    opened_at: string
    opened_by: string
    opened_by_name: string
    revealed_at: string | null
    revealed_by: string | null
    revealed_by_name: string | null
    closed_at: string | null
    closed_by: string | null
    closed_by_name: string | null
    sheets_sha256: string | null
    weight_set: number | null
    thresholds: Generated<string>
    demands: Generated<string>
  }
  /** `weights` is JSON in one form. */
  weight_set: { n: number; weights: string; at: string; person: string; person_name: string }
  /** `scores` and `reasons` are JSON in one form, by criterion; sealed until its round is revealed. */
  score_sheet: {
    document: string
    round: number
    person: string
    scores: string
    reasons: string
    conflict: string
    submitted_at: string | null
    revision: number
    entry: string | null
  }
  /** `losses` is JSON: empty where the ground is back. `checked_with` as of a version: what it is checked with from then on. */
  reopening: {
    document: string
    n: number
    version: number
    in_force: number
    list: string
    edition: number
    losses: string
    checked_with: string
    at: string
    person: string
    person_name: string
  }
  /** `n` is 0 for what is written now; `need` is JSON by language. Made of texts, so nothing vouches for it. */
  suggestion: {
    id: string
    name: string
    folded: string
    address: string
    category: string | null
    made_at: string
    imported: string
    evaluation: string | null
    declined: string | null
    merged_into: string | null
    linked_by: string | null
    settled_by: string | null
    settled_by_name: string | null
    settled_at: string | null
  }
  suggestion_voice: {
    origin: string
    suggestion: string
    person: string
    person_name: string
    kind: string
    what_for: string
    likes: string
    cautions: string
    data_used: string
    level: string | null
    since: number | null
    department: string | null
    free: number | null
    can_teach: number
    asked_purpose: string | null
    asked_data: string | null
    asked_level: string | null
    at: string
  }
  tool_said: {
    document: string
    n: number
    name: string
    category: string | null
    address: string
    need: string
    level: string | null
    outcome: string | null
  }
  /** What was said of us; `worded` is 0 once its retention is over. Days are ISO dates. */
  mention: {
    id: string
    document: string
    said_on: string
    network: string
    source_kind: string
    author: string
    url: string
    summary: string
    sentiment: string
    topic: string
    reach: number | null
    needs_answer: number
    action: string | null
    source: string
    owner: string | null
    owner_name: string | null
    closed_on: string | null
    revision: number
    worded: number
    /** What the fingerprint in the chain is made with, and cannot be guessed without. */
    salt: string
    noted_by: string
    noted_by_name: string
    noted_at: string
  }
  /** Either of a document or of a team. Days are ISO dates, both of them in it. */
  delegation: {
    id: string
    team: string | null
    document: string | null
    giver: string
    giver_name: string
    delegate: string
    delegate_name: string
    from_day: string
    to_day: string
    given_at: string
    ended_at: Generated<string | null>
  }
  to_archive: { document: string; n: number; at: string }
  /** Logs that are to begin anew since somebody was erased. */
  to_renew: { channel: string; at: string }
  /** `use_case` and `data_classes` are JSON. */
  tool_use: {
    document: string
    department: string
    since: string
    until: string | null
    level: string
    use_case: string
    people: number
    satisfaction: number | null
    data_classes: string
    confirmed_on: string
    person: string
    at: string
  }
  /** `title` is JSON, by language. */
  tool_material: {
    document: string
    id: string
    title: string
    kind: string
    language: string
    url: string
    minutes: number | null
    updated_on: string
    accessible: number
    at: string
  }
  tool_teacher: {
    document: string
    person: string
    person_name: string
    department: string | null
    at: string
  }
  tool_promise: { document: string; due_on: string; at: string }
  reminded: { document: string; n: number; kind: string; at: string }
  /** `seen` is JSON: entries of others by document. */
  digest: { person: string; rhythm: string; told_at: string; deeds: number; seen: string }
  spent_ticket: { jti: string; expires_at: number }
  /** Tokens of this person, or that claim this group, are void when they were signed at or before `before` (Unix s). */
  revocation: { kind: 'person' | 'group' | 'team'; id: string; before: number }
  setting: { key: string; value: string }
}
