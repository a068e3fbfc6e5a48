/** Where the bytes of files are: in the data folder, or beside everything else in a database that nodes share. */
import type { Journal } from '../journal/journal.ts'
import { isPostgres } from '../journal/which-store.ts'
import { SharedStore } from './shared-store.ts'
import { FolderStore, type FileStore } from './store.ts'

export const filesOf = (journal: Journal, dataFolder: string): FileStore =>
  isPostgres(journal.rows) ? new SharedStore(journal.rows, dataFolder) : new FolderStore(dataFolder)
