// Hocuspocus with its SQLite extension and nothing else changed: stores 2 s after the last edit, 10 s after the first.
import { SQLite } from '@hocuspocus/extension-sqlite'
import { Server } from '@hocuspocus/server'

const { PORT, DATA } = process.env
const server = new Server({
  port: Number(PORT),
  address: '127.0.0.1',
  quiet: true,
  extensions: [new SQLite({ database: `${DATA}/hocuspocus.sqlite` })],
})
await server.listen()
