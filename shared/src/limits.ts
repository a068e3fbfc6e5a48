/** Every number that bounds the system, with its unit in its name. */

/** Largest WebSocket frame the server accepts; a larger one closes the socket with 1009. */
export const FRAME_MAX_BYTES = 1024 * 1024
/** Largest update the client puts into one outbox entry; leaves room for the frame around it. */
export const UPDATE_MAX_BYTES = 256 * 1024
/** Longest text one paste may bring: one paste is one indivisible piece, so a huge one could never be sent. */
export const PASTE_MAX_CHARACTERS = 64 * 1024
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
/** Entries in one catch-up frame, at most; and their bytes. */
export const CATCH_UP_MAX_ENTRIES = 500
export const CATCH_UP_MAX_BYTES = 512 * 1024
/** Clocks of Nextcloud and of the server may differ by this much. */
export const CLOCK_LEEWAY_S = 60
export const TICKET_MAX_AGE_S = 60
export const API_TOKEN_MAX_AGE_S = 300
/** A secret shorter than this can be guessed. */
export const SECRET_MIN_CHARACTERS = 32
/** JSON bodies of the REST interface. */
export const JSON_BODY_MAX_BYTES = 256 * 1024
export const TITLE_MAX_CHARACTERS = 200
