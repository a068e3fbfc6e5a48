/** The command `auzolan-server`: starts, says where it is, and stops on a signal. */
const [major = 0] = process.versions.node.split('.').map(Number)
if (major < 24) {
  // Before anything else is imported: the SQLite driver crashes the process on older versions instead of failing.
  console.error(
    `Auzolan needs Node 24 or newer; this is Node ${process.versions.node}. \`npm start\` brings its own.`,
  )
  process.exit(1)
}

const { readConfig, ConfigError } = await import('./config.ts')
const { startServer } = await import('./server.ts')

try {
  const standalone = process.argv.includes('--standalone')
  const config = readConfig(process.env, standalone)
  const server = await startServer(config)
  if (standalone) {
    console.log(`\n  Auzolan is running:  ${server.url}\n`)
    console.log('  A demo with invented people, on this computer only. Open the address in two tabs')
    console.log(`  to be two people. Data: ${config.dataFolder}   Stop: Ctrl+C\n`)
  }
  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  console.error(`\n${error.message}\n`)
  process.exit(1)
}

export {}
