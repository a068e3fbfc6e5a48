/** Where the server runs: the program, the folder of the data and its disk. */
import { access, constants, readFile, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { VERSION } from '@auzolan/shared/build.ts'
import { STORAGE_LOW_BYTES } from '@auzolan/shared/limits.ts'
import { DATABASE } from '../journal/file-place.ts'
import { fault, bytesSaid, ok, skipped, warning, type Look } from './finding.ts'

/** The oldest Node.js it is tried with: `engines` of its package. */
const NODE_MIN = 24
/** Each browser is a file to the system; a house of several hundred people needs more than the 1,024 of some services. */
const FILES_OPEN_MIN = 4096
/** File systems on another machine: their locks and flushes are not those a database needs (`man 2 statfs`). */
const REMOTE: { readonly [type: number]: string } = {
  0x6969: 'NFS',
  0x517b: 'SMB',
  0xff534d42: 'CIFS',
  0xfe534d42: 'SMB',
  0x00c36400: 'Ceph',
  0x5346414f: 'AFS',
  0x47504653: 'GPFS',
}

export async function program(): Promise<Look> {
  const says = `Auzolan ${VERSION} on Node.js ${process.versions.node}`
  if (Number.parseInt(process.versions.node) < NODE_MIN)
    return fault(`${says}.`, `Install Node.js ${NODE_MIN} or newer.`)
  const open = await openFilesMax()
  if (open !== null && open < FILES_OPEN_MIN)
    return warning(
      `${says}; only ${open} files and connections may be open here.`,
      'In the unit of systemd: LimitNOFILE=65536',
    )
  return ok(`${says}.`)
}

/** What this process may have open; `null` where the system does not say. Node.js takes the hard limit. */
async function openFilesMax(): Promise<number | null> {
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '')
  const line = /^Max open files +\S+ +(\d+)/m.exec(limits)
  return line ? Number(line[1]) : null
}

export async function folderOf(folder: string): Promise<Look> {
  const found = await stat(folder).catch((error: NodeJS.ErrnoException) => error)
  if (found instanceof Error)
    return found.code === 'ENOENT'
      ? fault(
          `${folder} is not there.`,
          'Set AUZOLAN_DATA to the folder of the data, or let the start make it.',
        )
      : fault(`${folder} cannot be looked at (${found.code}).`)
  if (!found.isDirectory()) return fault(`${folder} is no folder.`, 'Set AUZOLAN_DATA to another one.')
  const me = process.getuid?.()
  if (me === 0 && found.uid !== 0)
    return skipped(
      `${folder} belongs to another account than this one (root), which may do everything.`,
      'To know what the server may do there, run the doctor as its account:',
      `sudo -u '#${found.uid}' auzolan-server doctor`,
    )
  try {
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch {
    return fault(`${folder} cannot be written by this account.`, `sudo chown -R ${me ?? 'auzolan'} ${folder}`)
  }
  const type = (await statfs(folder).catch(() => null))?.type
  const remote = type === undefined ? undefined : REMOTE[type]
  if (remote)
    return fault(
      `${folder} lies on another machine (${remote}), where a database may lose what was written.`,
      'Move it to a local disk, and make backups to the other machine.',
    )
  // Windows has no such modes.
  if (process.platform !== 'win32' && (found.mode & 0o007) !== 0)
    return warning(`${folder} can be opened by every account of this machine.`, `chmod 750 ${folder}`)
  return ok(`${folder} can be written, and others cannot open it.`)
}

/** @param free bytes; `null` where the system does not say */
export async function disk(folder: string, free: number | null): Promise<Look> {
  if (free === null) return skipped('How much room there is cannot be found out.')
  const sizes = [DATABASE, `${DATABASE}-wal`].map((name) => stat(join(folder, name)).catch(() => null))
  const database = (await Promise.all(sizes)).reduce((sum, file) => sum + (file?.size ?? 0), 0)
  const says = `${bytesSaid(free)} free; the database has ${bytesSaid(database)}.`
  if (free < STORAGE_LOW_BYTES)
    return fault(
      says,
      `Below ${bytesSaid(STORAGE_LOW_BYTES)} no files are taken any more, and on a full disk no text either: make room.`,
    )
  // A backup and the copy before an upgrade need it twice for a while.
  if (free < 2 * database) return warning(says, 'A backup or an upgrade needs room for a copy: make some.')
  return ok(says)
}
