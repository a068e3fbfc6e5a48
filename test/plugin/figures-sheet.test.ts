/** What a month's sheet has on it, and what is missing there. */
import { describe, expect, it } from 'vitest'
import { ownOf, postsIn } from '@auzolan/shared/indicators/metrics.ts'
import { spanOf } from '@auzolan/shared/indicators/periods.ts'
import type { ProfileStatus } from '@auzolan/shared/profile-life.ts'
import { BUILTIN } from '@auzolan/shared/reference/references.ts'
import { withEveryField } from '@auzolan/shared/schema/json.ts'
import { PLAN, type Plan } from '@auzolan/shared/schema/plan.ts'
import {
  columnsOf,
  missingIn,
  ownRowsOf,
  rowsOf,
  type ShownFigure,
} from '../../plugin/src/screens/document/indicators/sheet.ts'

const planWith = (profiles: object[], indicators: object[] = []): Plan =>
  withEveryField(PLAN, { profiles: { profiles }, planning: { indicators } }, ['eu', 'es']) as unknown as Plan
const profile = (id: string, network: string | null, handle: string) => ({
  id,
  network,
  handle,
  displayName: id,
})
const PROFILES = [
  profile('ig', 'instagram', '@haranberriudala'),
  profile('gz', 'instagram', '@haranberriudala_gazteria'),
  profile('tg', 'telegram', '@haranberri'),
  profile('yt', 'youtube', '@haranberri'),
  profile('none', null, '@x'),
]
const columns = (
  status: { readonly [profile: string]: ProfileStatus } = {},
  has: readonly string[] = [],
  all = false,
) =>
  columnsOf(
    planWith(PROFILES).profiles.profiles,
    (id) => status[id] ?? null,
    (id) => has.includes(id),
    (id) => `the ${id}`,
    all,
  )
const MONTH = spanOf('month', '2026-11-05')

describe('[FG13] columns', () => {
  it('are whatever is not closed while nothing is open, each by the shortest name that tells it apart', () => {
    expect(columns({ yt: 'closed' }).map(({ profile: id, name }) => [id, name])).toEqual([
      ['ig', 'haranberriudala'],
      ['gz', 'gazteria'],
      ['tg', 'the telegram'],
    ])
  })
  it('are those that are open and those with figures, and with everything the others too', () => {
    const ids = (...given: Parameters<typeof columns>) => columns(...given).map((column) => column.profile)
    expect(ids({ ig: 'open', tg: 'dormant', yt: 'planned' })).toEqual(['ig', 'tg'])
    expect(ids({ ig: 'open', gz: 'closed' }, ['gz'])).toEqual(['ig', 'gz'])
    // The first figure that is entered takes no other column away.
    expect(ids({}, ['gz'])).toEqual(['ig', 'gz', 'tg', 'yt'])
    expect(ids({ ig: 'open', gz: 'closed', yt: 'handed_over' }, [], true)).toEqual(['ig', 'tg'])
  })
})

describe('[FG13] rows', () => {
  const indicators = (...given: object[]) =>
    planWith(
      [],
      given.map((one, i) => ({ id: `i${i}`, ...one })),
    ).planning.indicators
  const metrics = (rows: ReturnType<typeof rowsOf>) => rows.map(({ metric }) => metric)
  const USUAL = [
    ...['followers_start', 'followers_end', 'posts', 'likes', 'comments', 'shares'],
    ...['reach', 'answerable', 'answered'],
  ]
  it('are the usual ones, those an indicator asks for, and those that somebody entered', () => {
    expect(metrics(rowsOf([], [], ['eu'], false))).toEqual(USUAL)
    expect(metrics(rowsOf(indicators({ formula: 'er_post' }), [], ['eu'], false))).toEqual(USUAL)
    const asked = indicators({ formula: 'er_impressions' }, { formula: 'language_balance', language: 'es' })
    expect(metrics(rowsOf(asked, [{ metric: 'saves' }], ['eu'], false))).toEqual([
      ...USUAL.slice(0, 6),
      'saves',
      'reach',
      'impressions',
      ...USUAL.slice(7),
      postsIn('es'),
    ])
    expect(metrics(rowsOf([], [], ['eu', 'es'], true))).toHaveLength(18)
  })
  it('are missing only where the network gives them, nobody said why, and somebody asks for them', () => {
    const [ig, , tg] = columns({ yt: 'closed' })
    const shown: { [key: string]: ShownFigure } = {
      'ig posts': { value: 0, nullReason: null, sure: false, waits: false },
      'ig likes': { value: null, nullReason: 'not_collected', sure: false, waits: false },
      'ig shares': { value: null, nullReason: null, sure: false, waits: false },
    }
    const rows = rowsOf(indicators({ formula: 'response_time', networks: ['instagram'] }), [], ['eu'], false)
    const missing = missingIn(
      [ig!, tg!],
      rows,
      MONTH,
      (id, metric) => shown[`${id} ${metric}`],
      BUILTIN.networks,
    )
    expect(missing.map(({ column, metric }) => `${column.profile} ${metric}`)).toEqual([
      ...['ig followers_start', 'ig followers_end', 'ig comments', 'ig shares', 'ig reach'],
      ...['ig answerable', 'ig answered', 'ig median_response_min'],
      ...['tg followers_start', 'tg followers_end', 'tg posts', 'tg shares', 'tg reach'],
      ...['tg answerable', 'tg answered'],
    ])
  })
  it.each([
    ['month', '2026-11-05', ['2026-11-01']],
    ['quarter', '2026-11-05', []],
    ['quarter', '2026-12-05', ['2026-10-01']],
    ['year', '2026-11-05', []],
    ['year', '2026-12-05', ['2026-01-01']],
    ['week', '2026-11-05', ['2026-10-26', '2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23']],
    [null, '2026-11-05', ['2026-11-01']],
  ] as const)('of our own, measured every %s, in the month of %s: %j', (period, day, begins) => {
    const own = ownRowsOf(indicators({ period }, { period, formula: 'likes' }), spanOf('month', day))
    expect(own.map(({ span }) => span.from)).toEqual(begins)
    expect(own.every(({ metric }) => metric === ownOf('i0'))).toBe(true)
  })
})
