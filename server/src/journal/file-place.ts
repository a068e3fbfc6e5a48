/** Where things lie in the data folder: the database, and the bytes that a row of `file` names. */

export const DATABASE = 'auzolan.sqlite'
/** Their folder. */
export const FILES = 'files'
/** What a node of several keeps of those in the database. Never in `FILES`: what is near may go, and those are somebody's only ones. */
export const NEAR = 'near'
/** Below either; a folder with too many names in it is slow to read. */
export const placeOf = (sha256: string): string => `${sha256.slice(0, 2)}/${sha256.slice(2)}`
