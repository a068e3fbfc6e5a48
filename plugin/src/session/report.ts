/**
 * What a person can copy for their IT service. Personal data do not get in: no name, no id of a person or a document, no
 * token, no text; only stations, their answers in words of ours, counts and times.
 */
import type { Connectivity } from './connection.ts'
import { STATIONS, type Diagnosis } from './diagnosis.ts'

export interface ReportFacts {
  readonly diagnosis: Diagnosis
  readonly connectivity: Connectivity
  /** When the server was last heard. */
  readonly heardAt: Date | null
  /** Changes that wait on this device. */
  readonly waiting: number
  readonly build: string
  /** Address of the server; of it only the host is told. */
  readonly serverUrl: string
  readonly userAgent: string
  readonly now: Date
}

/** In English and the same for every language: it is read next to logs. */
export function reportOf(facts: ReportFacts): string {
  const { diagnosis, connectivity, heardAt, waiting, build, now } = facts
  const state =
    connectivity.kind === 'online'
      ? `online by ${connectivity.by}`
      : connectivity.kind === 'connecting'
        ? 'connecting'
        : `${connectivity.kind} (${connectivity.cause})`
  return [
    'Auzolan connection report',
    `time: ${minute(now)}`,
    `version: ${build}`,
    `browser: ${browserOf(facts.userAgent)}`,
    `server: ${hostOf(facts.serverUrl)}`,
    `state: ${state}`,
    `last heard: ${heardAt ? minute(heardAt) : 'not since the page was opened'}`,
    `waiting changes: ${waiting}`,
    ...STATIONS.map((station) => {
      const detail = diagnosis.details[station]
      return `${station}: ${diagnosis[station]}${detail ? ` (${detail})` : ''}`
    }),
  ].join('\n')
}

const minute = (at: Date): string => `${at.toISOString().slice(0, 16)}Z`

/** Family and number; the rest of a user agent says too much about its person's device. */
function browserOf(userAgent: string): string {
  const known = /(Firefox|Edg|OPR|Chrome|Version)\/(\d{1,4})/g
  const found = [...userAgent.matchAll(known)].map(([, name, version]) => [name!, version!] as const)
  const [name, version] = found.find(([n]) => n === 'Edg' || n === 'OPR') ?? found[0] ?? ['unknown', '']
  const family = { Edg: 'Edge', OPR: 'Opera', Version: 'Safari' }[name] ?? name
  return `${family} ${version}`.trim()
}

function hostOf(serverUrl: string): string {
  try {
    return new URL(serverUrl).host
  } catch {
    return 'known to Nextcloud only'
  }
}
