// SPDX-FileCopyrightText: 2026 Auzolan contributors
// SPDX-License-Identifier: AGPL-3.0-or-later
/** Owns a mail server that keeps what it is given, for whoever wants to read what Nextcloud sends. */
import { createServer, type Socket } from 'node:net'

export interface Mailbox {
  readonly port: number
  /** As they came, header and body, decoded. */
  readonly mails: { readonly to: string; readonly text: string }[]
  close(): void
}

export async function startMailbox(): Promise<Mailbox> {
  const mails: Mailbox['mails'] = []
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket.once('close', () => open.delete(socket)))
    socket.on('error', () => {})
    const say = (line: string): void => void socket.write(`${line}\r\n`)
    let [buffer, to, inData] = ['', '', false]
    socket.on('data', (piece) => {
      buffer += piece.toString('latin1')
      for (;;) {
        const end = inData ? buffer.indexOf('\r\n.\r\n') : buffer.indexOf('\r\n')
        if (end < 0) return
        const said = buffer.slice(0, end)
        buffer = buffer.slice(end + (inData ? 5 : 2))
        if (inData) {
          mails.push({ to, text: decoded(said) })
          inData = false
          say('250 kept')
          continue
        }
        const [verb = ''] = said.toUpperCase().split(/[ :]/)
        if (verb === 'RCPT') to = /<(.*)>/.exec(said)?.[1] ?? ''
        inData = verb === 'DATA'
        say(verb === 'DATA' ? '354 go on' : verb === 'QUIT' ? '221 bye' : '250 well')
        if (verb === 'QUIT') socket.end()
      }
    })
    say('220 mailbox')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as { port: number }).port,
    mails,
    close: () => {
      server.close()
      for (const socket of open) socket.destroy()
    },
  }
}

/** Quoted-printable, as Nextcloud writes its mails. */
const decoded = (text: string): string =>
  Buffer.from(
    text
      .replaceAll('=\r\n', '')
      .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  ).toString('utf8')
