/** Every number that bounds the system, with its unit in its name. */

/** Largest WebSocket frame the server accepts; a larger one closes the socket with 1009. */
export const FRAME_MAX_BYTES = 1024 * 1024
/** Largest update the client puts into one outbox entry; leaves room for the frame around it. */
export const UPDATE_MAX_BYTES = 256 * 1024
/** Longest text one paste may bring: one paste is one indivisible piece, so a huge one could never be sent. */
export const PASTE_MAX_CHARACTERS = 64 * 1024
/** What may be pasted at once, in pieces of that size. */
export const PASTE_TOTAL_MAX_CHARACTERS = 2_000_000
/** HTML around such a text: office programs write about ten signs for each that is read. */
export const PASTE_HTML_MAX_CHARACTERS = 40_000_000
/** A text document to be brought in: the file, what is read of it once unpacked, and the files packed in it. */
export const IMPORT_FILE_MAX_BYTES = 50 * 1024 * 1024
export const IMPORT_UNPACKED_MAX_BYTES = 64 * 1024 * 1024
export const IMPORT_ENTRIES_MAX = 5_000
/** Elements of one of its XML files, and elements within each other; what people write stays far below. */
export const IMPORT_ELEMENTS_MAX = 500_000
export const IMPORT_XML_DEPTH_MAX = 256
/** Styles that build on each other. */
export const IMPORT_STYLE_CHAIN_MAX = 32
/** Headings of a document that is brought in: somebody looks at each. */
export const IMPORT_HEADINGS_MAX = 300
/** Time a socket has to say who it is. */
export const HELLO_DEADLINE_MS = 5_000
/** A stock client gives up after 30 s without a message, so the server speaks well before that. */
export const BEAT_EVERY_MS = 20_000
/** Without any frame for this long the client takes the connection for dead. */
export const SILENCE_MAX_MS = 45_000
/** Malformed frames a connection may send before it is closed. */
export const MALFORMED_STRIKES = 3
/** Presence of one session, as JSON. */
export const PRESENCE_MAX_BYTES = 4 * 1024
/** How long edits are gathered into one outbox entry. */
export const OUTBOX_MERGE_MS = 50
/** Frames on their way to the server that have no acknowledgement yet. */
export const IN_FLIGHT_MAX = 8
/** Full-jitter back-off between two attempts to connect. */
export const RECONNECT_MIN_MS = 500
export const RECONNECT_MAX_MS = 30_000
/** Clients a person may bind to one channel in one greeting: this tab plus tabs that left work behind. */
export const CLIENT_IDS_PER_HELLO_MAX = 64
/** Client ids of one person in one channel that never wrote anything; of more, the earliest are given up. */
export const IDLE_CLIENT_IDS_MAX = 1_000
/** An update costs one token of its sender's ration, and one more for each so many bytes. */
export const TOKEN_BYTES = 32 * 1024
/** Name of a session that comes by HTTP: random, made by its page. */
export const SESSION_NAME_MAX_CHARACTERS = 64
/** Entries in one catch-up frame, at most; and their bytes. */
export const CATCH_UP_MAX_ENTRIES = 500
export const CATCH_UP_MAX_BYTES = 512 * 1024
/** Clocks of Nextcloud and of the server may differ by this much. */
export const CLOCK_LEEWAY_S = 60
/**
 * A clock may have been set wrong by this much and be put right again: what is spent or revoked is remembered for as long.
 */
export const CLOCK_JUMP_MAX_S = 3 * 60 * 60
export const TICKET_MAX_AGE_S = 60
export const API_TOKEN_MAX_AGE_S = 300
/** A secret shorter than this can be guessed. */
export const SECRET_MIN_CHARACTERS = 32
/** How long after the start of the server the secret of before a change still counts. */
export const PREVIOUS_SECRET_MS = 10 * 60 * 1000
/** Longest path of a unix socket (Linux: 108 bytes with the zero at the end; macOS 104). */
export const SOCKET_PATH_MAX_BYTES = 103
/** Groups, or Teams, one token may name; of whoever is in more, Nextcloud is asked. */
export const GROUPS_IN_TOKEN_MAX = 200
/** How long what Nextcloud said about such a person is taken for true, unless it says that something changed. */
export const STANDING_KNOWN_MS = 60_000
/** How long after a question to Nextcloud that found no answer it is not asked about the same person again. */
export const STANDING_UNKNOWN_MS = 2_000
/** People in one question to Nextcloud, and how long questions are gathered into one. */
export const PEOPLE_PER_QUESTION_MAX = 100
export const QUESTION_GATHER_MS = 20
/** Longest time a call to Nextcloud may take. */
export const NEXTCLOUD_ANSWER_MAX_MS = 3_000
/** Answer of Nextcloud that is read, at most. */
export const NEXTCLOUD_ANSWER_MAX_BYTES = 4 * 1024 * 1024
/** Refused signatures in a row after which Nextcloud is left alone, and for how long: doubled each time, up to the second. */
export const REFUSALS_IN_A_ROW_MAX = 2
export const REFUSED_PAUSE_MIN_MS = 60_000
export const REFUSED_PAUSE_MAX_MS = 10 * 60 * 1000
/** What goes to Nextcloud in one call: so many parcels, so many bytes; a parcel alone is never larger. */
export const PARCELS_PER_CALL_MAX = 50
export const PARCELS_PER_CALL_MAX_BYTES = 256 * 1024
/** Longest time such a call may take: a notice for a group is many rows there. */
export const PARCELS_ANSWER_MAX_MS = 30_000
/** The outbox is looked at this often. */
export const OUTBOX_EVERY_MS = 1_000
/** How often a node that does not deliver counts what waits in it. */
export const OUTBOX_COUNT_EVERY_MS = 15_000
/** Full-jitter back-off while Nextcloud does not take what waits. */
export const OUTBOX_RETRY_MIN_MS = 1_000
export const OUTBOX_RETRY_MAX_MS = 5 * 60 * 1000
/** Attempts at one parcel, while Nextcloud answers otherwise, before it is put aside; and how long it is kept there. */
export const PARCEL_TRIES_MAX = 12
export const PARCEL_ASIDE_KEPT_MS = 30 * 24 * 60 * 60 * 1000
/** Notices taken back in one parcel. */
export const KEYS_PER_PARCEL_MAX = 100
/** How long it is remembered that a notice was given which nobody has taken back. */
export const TOLD_KEPT_MS = 400 * 24 * 60 * 60 * 1000
/** A word of an audit row that goes to Nextcloud's log: longer ones may be texts. */
export const AUDIT_WORD_MAX_CHARACTERS = 64
/** Less room than this on the disk of the data is said before it is full. */
export const STORAGE_LOW_BYTES = 512 * 1024 * 1024
/** JSON bodies of the REST interface. */
export const JSON_BODY_MAX_BYTES = 256 * 1024
/** What a text said before another language was left behind: longer ones are not kept beside it. */
export const LANGUAGE_MARK_MAX_CHARACTERS = 2_000
/** Who types on in a text after a pause up to this is still at the same change of it. */
export const TYPING_PAUSE_MS = 10 * 60_000
/** The small copy of a picture, as a `data:` address. */
export const PICTURE_PREVIEW_MAX_CHARACTERS = 8_192
/** Elements of rich text in each other: deeper than anybody writes, and far from where a reader would run out of stack. */
export const RICH_DEPTH_MAX = 32
/** An address in a document. */
export const LINK_MAX_CHARACTERS = 2_000
/** Side of that copy. */
export const PICTURE_PREVIEW_PIXELS = 64
/** Entries of one list of reference data, and all of them as JSON: an edition fits into one body. */
export const REFERENCE_ENTRIES_MAX = 1_000
export const REFERENCE_EDITION_MAX_BYTES = 200 * 1024
export const REFERENCE_SOURCE_MAX_CHARACTERS = 300
/** A list as a file, as it is read on the page; and how much of what is wrong in it is said at once. */
export const REFERENCE_FILE_MAX_BYTES = 1024 * 1024
export const REFERENCE_PROBLEMS_MAX = 20
export const TITLE_MAX_CHARACTERS = 200
/** What a template is for. */
export const TEMPLATE_SENTENCE_MAX_CHARACTERS = 200
export const TEAM_NAME_MAX_CHARACTERS = 100
/** Members of one team; a group counts as one. */
export const TEAM_MEMBERS_MAX = 500
/** What a member brings: so many things, each so long. */
export const EXPERTISE_MAX = 10
export const EXPERTISE_MAX_CHARACTERS = 60
/** Whoever put a document into the trash, or another coordinator, has this long to take it back. */
export const TRASH_KEPT_MS = 30 * 24 * 60 * 60 * 1000
/** A greeting is small; until it has come, nothing larger is taken from a stranger. */
export const HELLO_MAX_BYTES = 64 * 1024
/** Pieces one message may come in, and pieces of input waiting to be put together (a memory attack on ws). */
export const FRAME_MAX_FRAGMENTS = 64
export const FRAME_MAX_BUFFERED_CHUNKS = 4_096
/** Frames of one connection that wait for their turn before its socket is no longer read. */
export const PENDING_FRAMES_MAX = 64
/** Somebody who has not written for this long gives up their place among the writers. */
export const WRITER_IDLE_MS = 60_000
/** Bytes a socket has not taken yet: above the first no presence, above the second nothing live, only the log. */
export const BACKLOG_WITHOUT_PRESENCE_BYTES = 256 * 1024
export const BACKLOG_FROM_LOG_BYTES = 1024 * 1024
/** A reader that has been behind for this long is sent away. */
export const BEHIND_MAX_MS = 30_000
/** Commits, and with them frames of a room: so many in a row go at once, beyond that edits gather and wait for their turn, 33 ms at most. */
export const ROUNDS_PER_SECOND = 30
export const ROUNDS_BURST = 12
/** What one channel puts into one commit, and so into one frame; more waits for the next round. */
export const ROUND_MAX_BYTES = 1024 * 1024
/** Presence of a room is sent at most this often. */
export const PRESENCE_EVERY_MS = 50
/** Text of one channel beyond which it takes no more. */
export const CHANNEL_MAX_BYTES = 20 * 1024 * 1024
/** Deletions that a full channel still takes, until its log was put together. */
export const DELETIONS_WHEN_FULL_MAX_BYTES = 4 * 1024 * 1024
/** The log of a channel is put together when it is longer than this, or when everybody has been gone for a while. */
export const TAIL_MAX_ENTRIES = 500
export const TAIL_MAX_BYTES = 256 * 1024
export const COMPACT_AFTER_LEAVE_MS = 30_000
/** Entries that make it worth while to put a log together once everybody has gone. */
export const COMPACT_LEFT_MIN_ENTRIES = 20
/** An edited room is looked at within this time. */
export const FOLLOW_WITHIN_MS = 1_500
/** Longest time one task may keep the worker busy before it is ended and started again. */
export const WORKER_TASK_MAX_MS = 30_000
/** Processor time that reading what is new in a text may take; honest text of a megabyte takes a twentieth of it. */
export const READ_MAX_CPU_MS = 2_000
/** Records that get what they lack in one look: the next look goes on. */
export const RECORDS_COMPLETED_AT_ONCE = 300
/** A worker without anything to do for this long ends; a text nobody has written in for this long, it forgets. */
export const WORKER_IDLE_MS = 10_000
/** A lease is renewed on the open socket this long before its end, or after half of it if it is short. */
export const LEASE_RENEW_BEFORE_MS = 2 * 60 * 1000
/** After news about a person's groups, time to show a fresh ticket; until then nothing of theirs is taken. */
export const RENEW_AT_ONCE_MS = 1_500
/** Stopping spreads the return of everybody over this time. */
export const RESTART_SPREAD_MS = 10_000
/** Longest time an HTTP exchange waits for news, and how long its presence outlives it. */
export const EXCHANGE_WAIT_MAX_MS = 25_000
export const EXCHANGE_GUEST_MAX_MS = 40_000
export const EXCHANGE_BODY_MAX_BYTES = 4 * 1024 * 1024
/** How far one Yjs client id may count; beyond 2^53 the next number is no longer another one. */
export const CLOCK_MAX = 2 ** 48
/** Lists in lists of one plain value; deeper ones end whoever reads them on a small stack. */
export const VALUE_DEPTH_MAX = 32
/** A reason for asking for changes says something (DOMAIN D.2). */
export const REASON_MIN_CHARACTERS = 20
/** What is written with a request for review, an opinion, a decision or a waiver. */
export const REVIEW_TEXT_MAX_CHARACTERS = 5_000
/** Somebody who has not written for this long has ended what the audit calls one session of editing; none is longer than the second. */
export const EDIT_SESSION_IDLE_MS = 10 * 60 * 1000
export const EDIT_SESSION_MAX_MS = 60 * 60 * 1000
/** Rows of the audit in one export; whoever wants more asks for the next ones. */
export const AUDIT_EXPORT_MAX_ROWS = 250_000
/** Days of one delegation, the first and the last counted. */
export const DELEGATION_MAX_DAYS = 366
/** Delegations of one person that are not over. */
export const DELEGATIONS_MAX = 50
/** Places in an approver's route, and departments that have a route of their own. */
export const ROUTE_APPROVERS_MAX = 20
export const ROUTE_DEPARTMENTS_MAX = 200
/** Name of a version. */
export const VERSION_LABEL_MAX_CHARACTERS = 120
/** Versions of one document that only have a name. */
export const NAMED_VERSIONS_MAX = 200
/** Where a change is, as text; ours are far shorter. */
export const PATH_MAX_CHARACTERS = 200
/** Who touched which field since which version: rows of one document. Beyond, a version still says who wrote in all. */
export const TOUCHED_ROWS_MAX = 20_000
/** The latest deeds in a history; versions and decisions are not among them. */
export const HAPPENED_MAX = 500
/** Of those, rows of one person: of more, their own earliest go, so that nobody takes the place of the others. */
export const TOUCHED_ROWS_OF_ONE_MAX = 5_000
/** Documents in which a person's last look is remembered; of more, the earliest are given up. */
export const SEEN_MARKS_MAX = 500
/** What has changed since the last look: documents, and fields of each, that are listed. */
export const CHANGED_DOCUMENTS_MAX = 10
export const CHANGED_FIELDS_MAX = 20
/** Holidays, or closed periods, of an organisation. */
export const PERIODS_MAX = 500
/** Languages in which one name or title may be given. */
export const LANGUAGES_MAX = 20
/** How often a person may do something for long, and how often at once. */
export interface Ration {
  readonly perSecond: number
  readonly burst: number
}
/**
 * What a person may ask by REST: changes; reading, of which a page that opens needs some thirty; whole documents and teams, which stay; and
 * exports of the audit, each of which reads all of it. How long one may have to wait for one's turn.
 */
export const REST_RATIONS = {
  changes: { perSecond: 5, burst: 100 },
  reads: { perSecond: 50, burst: 1_000 },
  births: { perSecond: 1 / 60, burst: 100 },
  exports: { perSecond: 1 / 60, burst: 30 },
} as const satisfies { readonly [used: string]: Ration }
export const REST_WAIT_MAX_MS = 5_000
/** One comment event, as JSON. */
export const COMMENT_EVENT_MAX_BYTES = 16 * 1024
/** Mentions that wait for one person to be read, as they are listed. */
export const MENTIONS_KEPT_MAX = 100
/** People one comment may name: each of them is told. */
export const COMMENT_MENTIONS_MAX = 10
/** People somebody calls by naming them in comments, within any hour, in all documents together. */
export const MENTIONS_OF_ONE_PER_HOUR_MAX = 60
/** Words of one comment, and of one suggestion: they fit into an event with what stands around them. */
export const COMMENT_MAX_CHARACTERS = 3_000
/** A passage that a comment is about, as it is quoted. */
export const COMMENT_QUOTE_MAX_CHARACTERS = 200
/** Mentions in new comments are looked for within this time, and again after this time when people could not be asked about. */
export const MENTION_WITHIN_MS = 1_000
export const MENTION_AGAIN_MS = 30_000
/** A WebSocket that has not been welcomed in this time is taken for blocked. */
export const WEBSOCKET_OPEN_MAX_MS = 8_000
/** While edits travel by HTTP, a WebSocket is tried again this often. */
export const WEBSOCKET_RETRY_EVERY_MS = 60_000
/** The server's own address has this long to answer before edits go through Nextcloud; and the pause between two questions. */
export const WAY_ANSWER_MAX_MS = 4_000
export const WAY_RETRY_PAUSE_MS = 1_000
/** While edits go through Nextcloud, the server's own address is tried again this often. */
export const WAY_RETRY_EVERY_MS = 60_000
/** Through Nextcloud a page waits this many times as long as an answer took, or once for each other person if they are more. */
export const RELAY_SHARE_MIN = 10
/** Largest body that is passed on to the server through Nextcloud. */
export const RELAY_BODY_MAX_BYTES = 5 * 1024 * 1024
/** A file beside a document may be larger, with what is around it. */
export const RELAY_FILE_MAX_BYTES = 21 * 1024 * 1024
/** Drafts (work the server would not take) kept on a device, per document. */
export const DRAFTS_MAX = 50
/** Words (or paragraphs) that may differ before two texts are shown as one replaced by the other. */
export const COMPARE_EDITS_MAX = 1_000
/** What comparing two versions may cost in all; the square of the differing words is what one text costs. */
export const COMPARE_STEPS_MAX = 8_000_000
/** Texts written without spaces are cut into pieces of this length to find their words. */
export const COMPARE_SEGMENT_CHARACTERS = 256
/** Values nested deeper than this are not looked into when versions are compared. */
export const COMPARE_DEPTH_MAX = 100
/** Updates in one HTTP exchange. */
export const UPDATES_PER_EXCHANGE_MAX = 200

/** What an administrator may set to the size of the house (docs/OPERATIONS.md). */
export interface Capacity {
  /** Updates a connection may send: so many a second for long, so many at once. Above, it is read more slowly. */
  readonly updatesPerSecond: number
  readonly updatesBurst: number
  /** People who write one channel at the same time, and sessions that have it open (half of them at most one person's). */
  readonly writersPerDocument: number
  readonly sessionsPerDocument: number
  /** Documents and teams that one person may begin at once; then they come one by one (`REST_RATIONS`). */
  readonly birthsAtOnce: number
  /** What a ticket opens; the damage when the news of a revocation is lost. */
  readonly leaseMs: number
}
export const DEFAULT_CAPACITY: Capacity = {
  updatesPerSecond: 40,
  updatesBurst: 200,
  writersPerDocument: 60,
  sessionsPerDocument: 1_060,
  birthsAtOnce: REST_RATIONS.births.burst,
  leaseMs: 10 * 60 * 1000,
}
/** Longest text in one field of a receipt. */
export const RECEIPT_FIELD_MAX_CHARACTERS = 20_000
/** A house that is closed for longer than this without a break has made a slip of the pen in its calendar. */
export const UNWORKED_DAYS_MAX = 366
/** Reminders: whoever must act is reminded so many working days before the date that was asked for. */
export const REMIND_BEFORE_WORKING_DAYS = 2
/** Without a date: after so many working days of waiting. */
export const REMIND_AFTER_WORKING_DAYS = 5
/** So many working days after the date has passed, others are told. */
export const ESCALATE_AFTER_WORKING_DAYS = 3
/** Figures of a month, a quarter or a year are late so many working days after its last day. */
export const FIGURES_DUE_WORKING_DAYS = 5
/** Nobody is asked for figures of a time that is longer ago. */
export const FIGURES_LATE_MAX_MONTHS = 12
/** Nobody is reminded before this hour of the organisation's day, nor from that one on. */
export const REMIND_FROM_HOUR = 8
export const REMIND_UNTIL_HOUR = 18
/** Reviews and digests are looked through this often. */
export const REMIND_EVERY_MS = 15 * 60 * 1000
/** Documents a digest names; it says of how many more. */
export const DIGEST_TITLES_MAX = 5
/** Sections it names of each. */
export const DIGEST_SECTIONS_MAX = 3
/** Approved versions that wait for their place in the archive are looked for this often. */
export const ARCHIVE_EVERY_MS = 60 * 1000
/** What one call to the archive may carry; Nextcloud reads no more, and would take what is cut for forged. */
export const ARCHIVE_BODY_MAX_BYTES = 32 * 1024 * 1024
/** Longest name of a file in the archive, without what comes behind the dot; a disk takes 255 with everything. */
export const ARCHIVE_NAME_MAX_BYTES = 180
/** What waits on a device for the server is tried again after the first, twice as long each time, up to the second. */
export const SEND_RETRY_MIN_MS = 2_000
export const SEND_RETRY_MAX_MS = 60_000
/** What has no answer by then counts as not sent yet. */
export const SEND_ANSWER_MAX_MS = 10_000
/** A review that somebody sees is looked at again after the first; each time that nothing is new a little later, up to the second. */
export const REVIEW_LOOK_MIN_MS = 4_000
export const REVIEW_LOOK_MAX_MS = 8_000
/** What one has in the house is no hurry. */
export const HOME_LOOK_MAX_MS = 30_000
/** Reviews that a device remembers to be read without network; the one looked at longest ago goes first. */
export const REVIEWS_REMEMBERED_MAX = 20
/** Rows of what needs somebody, before "all". */
export const TASKS_SHOWN_MAX = 7
/** An open profile that has published nothing for longer is looked at (DOMAIN P-04). */
export const PROFILE_IDLE_DAYS = 90
/** How long the training in privacy may be lacking once a director has let that pass (DOMAIN P-18). */
export const TRAINING_WAIVED_DAYS = 60
/** What is written with a command on a profile. */
export const PROFILE_NOTE_MAX_CHARACTERS = 500
/** Courses that people have finished, of one plan. */
export const TRAINING_DONE_MAX = 5_000
/** A block that no second person has confirmed is looked at again within these days (DOMAIN P-23). */
export const BLOCK_REVIEWED_DAYS = 7
/** What is written with a moderation; rows of one plan, and how many of them a page shows. */
export const MODERATION_NOTE_MAX_CHARACTERS = 500
export const MODERATION_ROWS_MAX = 20_000
export const MODERATION_SHOWN_MAX = 200

/** Places shown when words are looked for in a document; the number of all is said. */
export const FIND_HITS_MAX = 200
/** Around the words, so that one sees what they are about. */
export const FIND_SNIPPET_CHARACTERS = 120

/** What was written is found this long after it at the latest. */
export const SEARCH_WITHIN_MS = 4_000
/** After a look that failed. */
export const SEARCH_AGAIN_MS = 30_000
/** Of what somebody looks for: more words narrow nothing down. */
export const SEARCH_QUERY_MAX_CHARACTERS = 200
export const SEARCH_TERMS_MAX = 8
export const SEARCH_TERM_MAX_CHARACTERS = 40
/** Documents shown; that there are more is said. */
export const SEARCH_RESULTS_MAX = 20
/** Places that are looked at in all, and shown of each document. */
export const SEARCH_ROWS_MAX = 400
export const SEARCH_HITS_MAX = 3
/** Of what was found, shown at a time in Nextcloud's own search. */
export const HOUSE_FOUND_MAX = 25
/** Tools of the catalogue shown above them, and what colleagues have suggested. */
export const TOOLS_FOUND_MAX = 5
export const SUGGESTIONS_FOUND_MAX = 5
/** Words that stand for a misspelt one. */
export const SEARCH_MEANT_MAX = 5

/** Days of all calendars at once: six weeks are shown, and there is room for two months. */
export const CALENDAR_DAYS_MAX = 62
/** Published in an emergency: somebody has looked at it within this time (DOMAIN A.12). */
export const EMERGENCY_REVIEW_MS = 24 * 60 * 60 * 1000
/** Clocks of whoever notes that a post is out may be this much ahead. */
export const POST_PUBLISHED_AHEAD_MS = 5 * 60 * 1000
/** How long ago something went out of which it is noted only now. */
export const POST_PUBLISHED_BEHIND_MS = 366 * 24 * 60 * 60 * 1000
/** Texts for single networks of one post, and who is named in it: each. */
export const POST_PARTS_MAX = 50
/** Notes that a post is out, all of them kept. */
export const POST_NOTES_MAX = 200

/** A hashtag's letters without a capital inside are taken for one word up to here (DOMAIN P-48). */
export const HASHTAG_ONE_WORD_MAX_CHARACTERS = 15
/** In capitals alone they are initials up to here. */
export const HASHTAG_INITIALS_MAX_CHARACTERS = 6
/** Words of a text that one hashtag may join. */
export const HASHTAG_WORDS_MAX = 8
/** Hashtags of one text for which a better way to write them is looked for. Honest texts have far fewer. */
export const HASHTAG_HINTS_MAX = 30
/** A text of a post: longer than any network takes; how much fits is said by the reference data of each network. */
export const POST_TEXT_MAX_CHARACTERS = 20_000
/** A shorter text beside an image says nothing to those who do not see it (DOMAIN P-43). */
export const ALT_TEXT_MIN_CHARACTERS = 10
/** One file beside a document: a picture, a video, captions. */
export const FILE_MAX_BYTES = 20 * 1024 * 1024
/** What is written to the disk at once, when a file is made of many small pieces. */
export const FILE_WRITE_BYTES = 1024 * 1024
export const FILE_NAME_MAX_CHARACTERS = 255
/** Segments, chunks, boxes of one file. Honest ones have far fewer; millions of empty ones only cost everybody's time. */
export const FILE_PARTS_MAX = 100_000
/** Text with times; longer than this it is no captions of a film of ours. */
export const CAPTIONS_MAX_BYTES = 2 * 1024 * 1024
/** The name of a calendar that is taken out, with room for what a browser puts behind it. */
export const OUT_NAME_MAX_CHARACTERS = 100
/** All files of one document, and how many they may be. */
export const FILES_PER_DOCUMENT_MAX_BYTES = 2 * 1024 * 1024 * 1024
export const FILES_PER_DOCUMENT_MAX = 5_000
/** What one person may send in files: so much a second for long, so much at once; and so many files at the same time. */
export const FILE_BYTES_PER_SECOND = 2 * 1024 * 1024
export const FILE_BYTES_BURST = 400 * 1024 * 1024
export const FILES_AT_ONCE_MAX = 4
/** What a node keeps near of files it has handed out, where they are in a database. */
export const FILES_NEAR_MAX_BYTES = 1024 * 1024 * 1024
/** A file that nobody names any more is kept for so long: a database of an older backup may still name it. */
export const FILE_UNNAMED_KEPT_MS = 7 * 24 * 60 * 60 * 1000
/** Consents written down in one document, and what is written in one. */
export const CONSENTS_MAX = 5_000
export const CONSENT_SUBJECT_MAX_CHARACTERS = 64
export const CONSENT_TEXT_MAX_CHARACTERS = 500
export const CONSENT_NETWORKS_MAX = 50
/** Zones whose clocks are kept; there are some 600, and a house plans by a handful. */
export const ZONES_KEPT_MAX = 100
/** Calendars and rows that were taken out, as long as nothing has changed; of longer ones none. */
export const OUT_KEPT_MAX = 20
export const OUT_KEPT_MAX_CHARACTERS = 4_000_000
/** Approved posts of which it is known what stops them: some hundred octets each. */
export const STOPPED_KEPT_MAX = 10_000
/** What cannot be concluded from figures is no word of two syllables (DOMAIN P-50). */
export const IMPACT_NOTE_MIN_CHARACTERS = 50
/** The largest figure of a network that is taken down; more is a slip of the fingers. */
export const FIGURE_MAX = 1_000_000_000_000
/** Rows of one plan, figures sent at once, and what is written beside one. */
export const FIGURES_PER_DOCUMENT_MAX = 100_000
export const FIGURES_AT_ONCE_MAX = 1_000
export const FIGURE_NOTE_MAX_CHARACTERS = 500
/** A file of figures. */
export const FIGURES_FILE_MAX_BYTES = 1024 * 1024
export const FIGURES_FILE_LINES_MAX = 5_000
/** What is wrong with one is said so often at most. */
export const FIGURES_PROBLEMS_MAX = 100

/** What is written down of one thing that was said of us. */
export const LISTENING_TOPIC_MAX_CHARACTERS = 80
export const LISTENING_SUMMARY_MAX_CHARACTERS = 280
export const LISTENING_AUTHOR_MAX_CHARACTERS = 100
/** Rows of one plan, and how many are shown at once. */
export const MENTIONS_MAX = 50_000
export const MENTIONS_SHOWN_MAX = 5_000
/** Fewer are a small sample: one more or less would tip the balance (DOMAIN A.14). */
export const SMALL_SAMPLE_BELOW = 30
/** What is listened to is kept with its words for so many months where the plan in force says nothing else (DOMAIN A.8). */
export const LISTENING_KEPT_MONTHS = 12
export const LISTENING_KEPT_MAX_MONTHS = 60
/** Rows that lose their words at once: whoever writes waits for them. */
export const RETENTION_ROWS_PER_TRANSACTION = 100

// ── evaluations of tools ──
export const TOOL_NAME_MAX_CHARACTERS = 120
/** What one wants it for. */
export const NEED_MAX_CHARACTERS = 1_000
/** Before a certificate, a contract or an adequacy decision runs out, by so many days (E-19). */
/** So long after the day an evaluation should have been looked at again, its tool is under review (DOMAIN C-04). */
export const REVIEW_OVERDUE_DAYS = 60
/** So long before it has to be looked at again somebody is told, each time once; and on the day itself (DOMAIN C-04). */
export const REVIEW_TOLD_DAYS = [90, 30, 0] as const
/** That a department still uses a tool is confirmed once in so many months (DOMAIN C-05). */
export const USE_CONFIRMED_MONTHS = 12
/** What a department uses a tool for; in how many hands it is, at most. */
export const USE_CASE_MAX_CHARACTERS = 500
export const USE_PEOPLE_MAX = 1_000_000
/** Training material of one tool, and who can teach it. */
export const MATERIALS_MAX = 50
export const MATERIAL_URL_MAX_CHARACTERS = 500
export const MATERIAL_MINUTES_MAX = 10_000
export const TEACHERS_MAX = 100
export const REVIEW_BEFORE_EXPIRY_DAYS = 90
/** A certificate that runs out within so many days is said (E-13). */
export const CERTIFICATE_WARN_DAYS = 90
/** What was found out longer ago is to be looked at again (E-15). */
export const EVIDENCE_MAX_MONTHS = 12
/** From so many criteria of a high risk on, an impact assessment is expected (E-12). */
export const DPIA_FROM_CRITERIA = 2
/** Of the reason why a director decides otherwise than the points suggest (E-18). */
export const JUSTIFICATION_MIN_CHARACTERS = 50
/** People of one round of scores, and rounds of one evaluation. */
export const EVALUATORS_MAX = 20
export const SCORING_ROUNDS_MAX = 20
/** What stands beside one score, and with a conflict of interest. */
export const SCORE_REASON_MAX_CHARACTERS = 1_000
export const CONFLICT_MAX_CHARACTERS = 500
/** What the organisation decides to use is scored by people of so many departments (DOMAIN B.14). */
export const INSTITUTIONAL_DEPARTMENTS_MIN = 2
/** Tools that are shown beside one that somebody writes down. */
export const TOOLS_ALIKE_MAX = 8
/** Tools of the catalogue that stand beside each other. */
export const [COMPARED_MIN, COMPARED_MAX] = [2, 4]

// ── suggestions of tools ──
/** What somebody says of a tool, in each of three texts, and why one is declined. */
export const SUGGESTION_TEXT_MAX_CHARACTERS = 500
export const DECLINE_REASON_MIN_CHARACTERS = 20
/** Suggestions of one house, and those that are shown as alike while somebody types. */
export const SUGGESTIONS_MAX = 5_000
export const SUGGESTIONS_ALIKE_MAX = 3
/** What is taken over from outside: a file, its tools, one line of where it comes from, and how often one suggestion is found elsewhere. */
export const IMPORT_MAX_BYTES = 1_000_000
export const IMPORT_TOOLS_MAX = 1_000
export const IMPORTED_SOURCE_MAX_CHARACTERS = 200
export const IMPORTS_PER_SUGGESTION_MAX = 10
/** Of these, what one person brings in: whoever has more of one tool leaves room for others. */
export const IMPORTS_PER_PERSON_MAX = 3
/** Lists within lists of what is taken over; a `publiccode.yml` has some five. */
export const IMPORT_MAX_DEPTH = 50
/** Tools that one person names in a day and a night: more than a neighbour's catalogue has, and not what fills the list of a house. */
export const SUGGESTIONS_PER_DAY_MAX = 100
/** Suggestions that one evaluation answers: one tool by the names it has, and no more. */
export const SUGGESTIONS_PER_EVALUATION_MAX = 5
/** Nobody used a tool of the web before that. */
export const SINCE_YEAR_MIN = 1990
/** Places in texts that are listed as naming somebody who was erased. */
export const ERASED_NAMED_IN_MAX = 500

/** What is kept is read again at the earliest after this, and after so many times as long as it took; one that takes longer is given up. */
export const KEPT_READ_AGAIN_MS = 60_000
export const KEPT_READ_REST = 20
export const KEPT_READ_MAX_MS = 60_000

// ── several nodes ──
/** What a node has to tell the others is gathered for so long and goes in one parcel. */
export const BUS_GATHER_MS = 5
/** A bus that does not bring back our own word within this time, asked after so long a silence, is taken for cut. */
export const BUS_ECHO_MAX_MS = 5_000
export const BUS_SILENCE_MAX_MS = 5_000
/** A lost bus is looked for again after a random time up to these. */
export const BUS_RETRY_MIN_MS = 200
export const BUS_RETRY_MAX_MS = 5_000
/** One parcel of the bus; with what its wire adds it stays below the 8,000 bytes that PostgreSQL's NOTIFY takes. */
export const BUS_PARCEL_MAX_BYTES = 5_900
/** Presence that waits for the bus beyond this is dropped: the next word of the same caret replaces it. */
export const BUS_PRESENCE_WAITING_MAX_BYTES = 256 * 1024
/** Words nobody understands make us look again, but not more often than this. */
export const BUS_LOOK_AGAIN_MS = 1_000
/** How often a node looks into the store for what others have written, whatever the bus says. */
export const NODES_LOOK_EVERY_MS = 2_000
/** What such a look takes at most, as far as somebody waits for all of them. */
export const NODES_LOOK_TAKES_MS = 1_000
/** How often a node that does not do the housekeeping tries to, and the one that does looks whether it still may. */
export const HOUSEKEEPING_TRY_EVERY_MS = 5_000
/** While another node gives a channel a new epoch, nobody writes there for this long at most. */
export const EPOCH_HELD_MAX_MS = 3_000
/** What another node has written is looked at here this long after, should that node not have come to it. */
export const FOLLOW_OTHERS_WITHIN_MS = 15_000
/** A new epoch that somebody else has written into meanwhile is made again, so many times. */
export const RENEW_TRIES_MAX = 5
/** How often a node says who is here, and after what silence those of another node are taken for gone. */
export const PRESENCE_OF_NODE_EVERY_MS = 10_000
export const PRESENCE_OF_NODE_MAX_MS = 30_000
