/** On what the figures were measured: without it they mean nothing. */
import { readFile, statfs } from 'node:fs/promises'
import { cpus, loadavg, release, tmpdir, totalmem } from 'node:os'
import { performance } from 'node:perf_hooks'
import { mkdtempSync, openSync, closeSync, writeSync, fsyncSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { median } from './statistics.ts'

export interface Machine {
  readonly processors: string
  readonly memoryGb: number
  readonly system: string
  readonly node: string
  /** Median time of making 4 KB durable on the disk the servers write to. */
  readonly fsyncMs: number
  readonly fileSystem: string
  /** Processes waiting for a processor before we began: colleagues at work make figures worse. */
  readonly loadBefore: number
}

export async function thisMachine(): Promise<Machine> {
  const all = cpus()
  return {
    processors: `${all.length} × ${all[0]?.model.trim() ?? 'unknown'}`,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${release()}`,
    node: process.version,
    fsyncMs: fsyncTime(),
    fileSystem: await fileSystemOf(tmpdir()),
    loadBefore: loadavg()[0]!,
  }
}

function fsyncTime(): number {
  const folder = mkdtempSync(join(tmpdir(), 'auzolan-bench-fsync-'))
  const file = openSync(join(folder, 'probe'), 'w')
  const times = Array.from({ length: 50 }, () => {
    const begin = performance.now()
    writeSync(file, Buffer.alloc(4096))
    fsyncSync(file)
    return performance.now() - begin
  })
  closeSync(file)
  rmSync(folder, { recursive: true })
  return median(times)
}

async function fileSystemOf(folder: string): Promise<string> {
  try {
    const mounts = (await readFile('/proc/mounts', 'utf8')).split('\n').map((line) => line.split(' '))
    const own = mounts
      .filter(
        ([, point]) =>
          point !== undefined && (folder === point || folder.startsWith(point.replace(/\/?$/, '/'))),
      )
      .sort((a, b) => b[1]!.length - a[1]!.length)[0]
    return own?.[2] ?? 'unknown'
  } catch {
    return `type 0x${(await statfs(folder)).type.toString(16)}`
  }
}
