// Preloaded into every measured server alike. When asked, it collects garbage, so that memory is what is needed and not
// what has not been given back yet, and says how much of the heap is in use.
'use strict'
const { isMainThread } = require('node:worker_threads')

if (isMainThread) {
  process.on('SIGUSR2', () => {
    globalThis.gc()
    globalThis.gc()
    const { heapUsed, external } = process.memoryUsage()
    process.stderr.write(`\nbench-heap ${heapUsed} ${external}\n`)
  })
}
