/** What a process and all below it use, as Linux counts it. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpuTicks, memoryOf } from './statistics.ts'

const TICKS_PER_SECOND = 100

export interface Use {
  readonly cpuSeconds: number
  /** Handed to the disk so far, by those that are there now. */
  readonly writtenBytes: number
  readonly memoryKb: number
}

export function useOf(pid: number): Use {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number])
  const all = new Set([pid])
  for (const [child, parent] of rows) if (all.has(parent)) all.add(child)
  let [cpuSeconds, writtenBytes, memoryKb] = [0, 0, 0]
  for (const id of all) {
    try {
      const read = (name: string): string => readFileSync(`/proc/${id}/${name}`, 'utf8')
      cpuSeconds += cpuTicks(read('stat'), true) / TICKS_PER_SECOND
      writtenBytes += Number(/^write_bytes: (\d+)$/m.exec(read('io'))?.[1])
      memoryKb += memoryOf(read('smaps_rollup')).pssKb
    } catch {
      // It has ended since.
    }
  }
  return { cpuSeconds, writtenBytes, memoryKb }
}
