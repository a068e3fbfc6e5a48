/** Told again and again how far a long work is: of `all` (bytes, pages or files) `done` are. */
export type Progress = (
  what: 'database' | 'files' | 'archive' | 'reading' | 'checking' | 'documents',
  done: number,
  all: number,
) => void
