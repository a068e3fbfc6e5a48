/**
 * Who writes at a time, on all nodes together. A transaction on rows is alone, as it is on SQLite: nothing of anybody else falls into the
 * middle of it. Whoever writes one thing outside of one goes beside others of their kind. It is given back with the transaction, also by a
 * connection that ends.
 */

/** "auzo"; locks are of a database, and this one is ours. */
const WRITING = 0x61757a6f

export const EXCLUSIVE = `SELECT pg_advisory_xact_lock(${WRITING})`
export const SHARED = `SELECT pg_advisory_xact_lock_shared(${WRITING})`
export const TAKE_SHARED = `PERFORM pg_advisory_xact_lock_shared(${WRITING})`

/**
 * Longest wait for a table that nobody else may have: who waits for one keeps everybody who comes later from it, and a dump has all of them
 * for hours. Longer than PostgreSQL takes to send its own cleaning away.
 */
export const TABLE_WAIT_MS = 2_000
export const isHeld = (error: unknown): boolean => (error as { code?: unknown }).code === '55P03'
