/** Where the server listens: a port, or a unix socket; and the sentence when it cannot. */
import { chmod, lstat, unlink } from 'node:fs/promises'
import type { Server } from 'node:http'
import { connect } from 'node:net'
import { ConfigError } from './config.ts'

/** @throws {ConfigError} with a sentence that names the setting. */
export function listenOnPort(server: Server, port: number, address: string, setting: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE'
          ? `Port ${port} is already in use, perhaps by an Auzolan that still runs.\nStop that one, or choose another port: ${setting}=${port + 1}`
          : error.code === 'EACCES'
            ? `Port ${port} may not be used by this user. Choose one above 1024: ${setting}=8790`
            : ['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'].includes(error.code ?? '')
              ? `Cannot listen on ${address}: this machine has no such address. Set AUZOLAN_LISTEN to one it has, or leave it out.`
              : `Cannot listen on port ${port}: ${error.message}`
      reject(new ConfigError(why))
    })
    server.listen(port, address, () => resolve())
  })
}

/**
 * Readable and writable for the group: the proxy in front is another user.
 * @throws {ConfigError} with a sentence that names the setting.
 */
export async function listenOnSocket(server: Server, path: string): Promise<void> {
  await removeDeadSocket(path)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE'
          ? 'another program listens there, perhaps an Auzolan that still runs'
          : `${error.code ?? error.message}; its folder must exist and this user must be allowed to write there`
      reject(new ConfigError(`AUZOLAN_SOCKET=${path} cannot be used: ${why}.`))
    })
    server.listen(path, () => resolve())
  })
  await chmod(path, 0o660)
}

/** A server that was killed leaves its socket behind, and nobody can listen there again. Only a dead socket is removed. */
async function removeDeadSocket(path: string): Promise<void> {
  // The system refuses a connection to any other file with the same word.
  const isSocket = await lstat(path).then(
    (file) => file.isSocket(),
    () => false,
  )
  if (!isSocket) return
  const dead = await new Promise<boolean>((resolve) => {
    const probe = connect(path)
    probe.once('connect', () => (probe.destroy(), resolve(false)))
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNREFUSED'))
  })
  if (dead) await unlink(path).catch(() => {})
}
