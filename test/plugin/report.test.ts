/** [L12] What somebody copies for their IT service says where the way is interrupted, and nothing about anybody. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  MAINTENANCE,
  STATIONS,
  diagnose,
  wordFor,
  type Diagnosis,
  type Finding,
} from '../../plugin/src/session/diagnosis.ts'
import { reportOf, type ReportFacts } from '../../plugin/src/session/report.ts'

const PERSONAL = {
  id: 'ane.etxeberria',
  name: 'Ane Etxeberria Agirre',
  document: '7f9c24e5-9d2f-4b8a-8f10-1a2b3c4d5e6f',
  token: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbmUifQ.c2lnbmF0dXJl',
  text: 'Kultura saileko plana',
}
const LEAKS = Object.values(PERSONAL).flatMap((value) => [value, encodeURIComponent(value)])

const diagnosis: Diagnosis = {
  network: 'yes',
  nextcloud: 'yes',
  server: 'no',
  websocket: 'no',
  relay: 'yes',
  details: { server: 'status 404', websocket: 'closed with 1006' },
}
const facts: ReportFacts = {
  diagnosis,
  connectivity: { kind: 'online', by: 'relay' },
  heardAt: new Date('2026-11-24T10:11:12Z'),
  waiting: 3,
  build: '0.1.0',
  serverUrl: 'https://cloud.example.org/auzolan',
  userAgent:
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  now: new Date('2026-11-24T10:15:00Z'),
}

describe('[L12] the report', () => {
  it('says what whoever mends it needs', () => {
    expect(reportOf(facts)).toBe(
      [
        'Auzolan connection report',
        'time: 2026-11-24T10:15Z',
        'version: 0.1.0',
        'browser: Chrome 131',
        'server: cloud.example.org',
        'state: online by relay',
        'last heard: 2026-11-24T10:11Z',
        'waiting changes: 3',
        'network: yes',
        'nextcloud: yes',
        'server: no (status 404)',
        'websocket: no (closed with 1006)',
        'relay: yes',
      ].join('\n'),
    )
    const offline = reportOf({ ...facts, connectivity: { kind: 'offline', cause: 'NETWORK' }, serverUrl: '' })
    expect(offline).toContain('state: offline (NETWORK)')
    expect(offline).toContain('server: known to Nextcloud only')
  })

  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0',
      'Edge 131',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0', 'Firefox 133'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1) AppleWebKit/605.1 Version/18.1 Mobile/15E148 Safari/604.1',
      'Safari 18',
    ],
    [PERSONAL.name, 'unknown'],
  ])('of “%s” tells no more than “%s”', (userAgent, browser) => {
    expect(reportOf({ ...facts, userAgent })).toContain(`browser: ${browser}\n`)
  })

  const loud = (words: string): unknown[] => [
    new Error(words),
    new TypeError(words),
    new DOMException(words, 'AbortError'),
    words,
    { message: words },
    {
      response: { status: 500, data: { code: words, detail: words, message: words }, headers: { x: words } },
    },
    { response: { status: 401, data: words } },
    { config: { url: `/documents/${words}`, headers: { Authorization: `Bearer ${words}` } } },
  ]

  it('has no word of an error in it, whatever the stations say', async () => {
    const errors = LEAKS.flatMap(loud)
    for (const [i, error] of errors.entries()) {
      let found: Diagnosis | null = null
      await diagnose(
        {
          onLine: () => true,
          apiToken: () => Promise.reject(error as Error),
          serverUrl: '',
          relay: () => Promise.reject(errors[(i + 7) % errors.length] as Error),
        },
        (now) => (found = now),
      )
      const report = reportOf({ ...facts, diagnosis: found! })
      expect(report).toMatch(/nextcloud: no \((no answer|status \d{3})\)/)
      for (const leak of LEAKS) expect(report).not.toContain(leak)
    }
  })

  it('has no word of anybody, whatever the page knows', () => {
    const anything = fc.oneof(fc.constantFrom(...LEAKS), fc.string())
    fc.assert(
      fc.property(anything, anything, anything, (a, b, c) => {
        const words = loud(a).map(wordFor)
        const details = Object.fromEntries(STATIONS.map((station, i) => [station, words[i]!]))
        const report = reportOf({
          ...facts,
          serverUrl: `https://${encodeURIComponent(b)}@cloud.example.org/${encodeURIComponent(c)}?${encodeURIComponent(a)}`,
          userAgent: `${a} ${b} ${c}`.replace(/(Firefox|Edg|OPR|Chrome|Version)\//g, ''),
          diagnosis: { ...diagnosis, details },
        })
        expect(report).toMatch(/^server: (cloud\.example\.org|known to Nextcloud only)$/m)
        expect(report).toMatch(/^browser: unknown$/m)
        for (const line of report.split('\n').slice(8))
          expect(line).toMatch(/^\w+: (yes|no)( \((no answer|no answer in time|status \d{3})\))?$/)
      }),
    )
  })

  it('keeps our own codes, and the words we chose', () => {
    const axios = (status: number, data: object, headers = {}): object => ({
      response: { status, data, headers },
    })
    expect(wordFor(axios(502, { code: 'TRY_AGAIN' }))).toBe('status 502 TRY_AGAIN')
    expect(wordFor(axios(503, {}, { 'x-nextcloud-maintenance-mode': '1' }))).toBe(MAINTENANCE)
    expect(wordFor(new DOMException('', 'TimeoutError'))).toBe('no answer in time')
  })
})

describe('the stations', () => {
  it('that do not exist here are not asked', async () => {
    const told: Diagnosis[] = []
    const asked = { onLine: () => false, apiToken: async () => 'token', serverUrl: '', relay: null }
    await diagnose(asked, (now) => told.push(now))
    const { network, nextcloud, server, websocket, relay } = told.at(-1)!
    const findings: Finding[] = [network, nextcloud, server, websocket, relay]
    expect(findings).toEqual(['no', 'yes', 'none', 'none', 'none'])
  })
})
