// The databases that servers of a large house share. Tests that need one say so when it is not there, and are skipped.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { installOnDebian } from './debian.mjs'

const onPath = (name) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)))

export function ensureServices() {
  const lacking = [
    // Debian keeps the programs of PostgreSQL off the path.
    !existsSync('/usr/lib/postgresql') &&
      !onPath('initdb') &&
      !process.env.AUZOLAN_TEST_POSTGRES_URL &&
      'postgresql',
    !onPath('valkey-server') && !onPath('redis-server') && 'redis-server',
  ].filter(Boolean)
  if (lacking.length > 0) installOnDebian('PostgreSQL and Redis for the tests of several nodes', ...lacking)
}
