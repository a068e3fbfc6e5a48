// Hocuspocus with its SQLite extension and nothing else changed: stores 2 s after the last edit, 10 s after the first. With DURABLE
// it stores at once.
import { SQLite } from '@hocuspocus/extension-sqlite'
import { Server } from '@hocuspocus/server'

const { PORT, DATA, DURABLE } = process.env
const server = new Server({
  port: Number(PORT),
  address: '127.0.0.1',
  quiet: true,
  ...(DURABLE ? { debounce: 0, maxDebounce: 0 } : {}),
  extensions: [new SQLite({ database: `${DATA}/hocuspocus.sqlite` })],
})
await server.listen()
