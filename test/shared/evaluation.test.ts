/** What an evaluation comes to beside its scores: where the data are, what blocks it, when it is looked at again. */
import { describe, expect, it } from 'vitest'
import type { CheckContext } from '@auzolan/shared/checks/finding.ts'
import { checkDocument } from '@auzolan/shared/checks/run.ts'
import { blocksOf, standsAgainst, type BlockId } from '@auzolan/shared/checks/evaluation/blocks.ts'
import { expiriesOf, nextReviewOn } from '@auzolan/shared/checks/evaluation/review-date.ts'
import { neededCategory } from '@auzolan/shared/checks/evaluation/ens.ts'
import { typeOfDocument } from '@auzolan/shared/document-types.ts'
import { COUNTRIES, countryIn } from '@auzolan/shared/location/countries.ts'
import { locationOf } from '@auzolan/shared/location/location.ts'
import { worstOf, zoneOf, ZONES, type Zone } from '@auzolan/shared/location/zones.ts'
import { UNDESCRIBED } from '@auzolan/shared/protocol/organisation.ts'
import type { Adequacy } from '@auzolan/shared/reference/adequacy.ts'
import { BUILTIN, type References } from '@auzolan/shared/reference/references.ts'
import { EVALUATION, type Evaluation } from '@auzolan/shared/schema/evaluation.ts'
import { DATA_CLASSES } from '@auzolan/shared/schema/evaluation/privacy.ts'
import { withEveryField } from '@auzolan/shared/schema/json.ts'
import { SAIOA_MEET } from '@auzolan/server/src/standalone/sample-evaluation.ts'

const LANGUAGES = ['eu', 'es']
const TODAY = '2026-11-10'
const { policy: POLICY } = UNDESCRIBED
type Changes = { readonly [section: string]: { readonly [field: string]: unknown } }

/** «Saioa Meet» (DOMAIN G.2), with some fields otherwise; for what it is evaluated is what it is allowed for, unless that is changed, too. */
function meet(changes: Changes = {}): Evaluation {
  const base = structuredClone(SAIOA_MEET) as { [section: string]: object }
  const { dataClasses } = changes['dataProtection'] ?? {}
  const { level } = changes['useLevel'] ?? {}
  if (dataClasses) base['decision'] = { ...base['decision'], allowedDataClasses: dataClasses }
  if (level) base['decision'] = { ...base['decision'], allowedLevels: [level] }
  for (const [section, fields] of Object.entries(changes)) base[section] = { ...base[section], ...fields }
  return withEveryField(EVALUATION, base, LANGUAGES) as unknown as Evaluation
}
/** With one place more, or instead of the one of this id. */
const place = (more: { readonly [field: string]: unknown }): Changes => {
  const all = (SAIOA_MEET['dataLocation'] as unknown as { places: readonly { id: string }[] }).places
  return {
    dataLocation: {
      places: [...all.filter(({ id }) => id !== more['id']), { id: 'l9', provider: 'X', ...more }],
    },
  }
}
/** A row of the ten-minute test. */
const tried = (more: { readonly [field: string]: unknown }) => ({
  ...{ id: 't9', link: 'slow_3g', works: 'works', unplugged: 'impossible' },
  ...more,
})
const NO_PLACES = { places: [], subprocessors: [], extraterritorial: [] }
const lists = (change: (decision: Adequacy) => Partial<Adequacy>): References => ({
  ...BUILTIN,
  adequacy: BUILTIN.adequacy.map((one) => ({ ...one, ...change(one) })),
})
const blocked = (evaluation: Evaluation, references = BUILTIN, today = TODAY): BlockId[] =>
  blocksOf(evaluation, references, today).map(({ id }) => id)
const check = (evaluation: Evaluation, today = TODAY, more: Partial<CheckContext> = {}) =>
  checkDocument(typeOfDocument('evaluation'), evaluation as unknown as Record<string, never>, {
    languages: LANGUAGES,
    today,
    inForce: false,
    ...more,
  })

describe('the zone of a country', () => {
  it.each([
    ['ES', 'ES'],
    ['DE', 'EU'],
    ['HR', 'EU'],
    ['NO', 'EEA'],
    ['CH', 'ADEQUATE'],
    ['GB', 'ADEQUATE'],
    ['BR', 'ADEQUATE'],
    ['US', 'ADEQUATE_PARTIAL'],
    ['CA', 'ADEQUATE_PARTIAL'],
    ['IN', 'THIRD'],
    ['XX', 'THIRD'],
    ['unknown', 'UNKNOWN'],
  ] as const)('%s is %s', (country, zone) => expect(zoneOf(country, BUILTIN, TODAY)).toBe(zone))

  it.each([
    ['its last day', '2031-12-27', 'ADEQUATE'],
    ['the day after', '2031-12-28', 'THIRD'],
  ] as const)('a decision that runs out, on %s', (_when, day, zone) =>
    expect(zoneOf('GB', BUILTIN, day)).toBe(zone),
  )
  it.each([
    ['in_force', 'ADEQUATE_PARTIAL'],
    ['under_appeal', 'ADEQUATE_PARTIAL'],
    ['suspended', 'THIRD'],
    ['annulled', 'THIRD'],
  ] as const)('a decision that is %s', (status, zone) =>
    expect(
      zoneOf(
        'US',
        lists(({ id }) => (id === 'US' ? { status } : {})),
        TODAY,
      ),
    ).toBe(zone),
  )
  it('the EEA is 27 members of the Union and three more, and nobody is in two lists', () => {
    expect(BUILTIN.eea.filter(({ member }) => member === 'eu')).toHaveLength(27)
    expect(BUILTIN.eea).toHaveLength(30)
    const ids = [...BUILTIN.eea, ...BUILTIN.adequacy].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter((id) => !COUNTRIES.includes(id))).toEqual(['EPO'])
  })
  it('of several, the worst is the last in their order, whatever order they come in', () => {
    expect(worstOf([])).toBe(null)
    for (const [i, a] of ZONES.entries())
      for (const [j, b] of ZONES.entries()) expect(worstOf([a, b])).toBe(ZONES[Math.max(i, j)] as Zone)
  })
})

describe('countries', () => {
  it('are 249, each with a name in every language of the program', () => {
    expect(COUNTRIES).toHaveLength(249)
    for (const language of ['en', 'es', 'eu', 'ca'])
      expect(COUNTRIES.filter((id) => (countryIn(id, language) ?? id) === id)).toEqual([])
    expect([countryIn('DE', 'eu'), countryIn('DE', 'es'), countryIn('ZZ', 'es')]).toEqual([
      'Alemania',
      'Alemania',
      null,
    ])
  })
})

it('[CA28] a country where there is only a copy is none from which the data are reached', () => {
  const evaluation = meet()
  const place = evaluation.dataLocation.places[0]!
  const at = (id: string, activity: string, country: string) => ({ ...place, id, activity, country })
  const found = (...places: readonly object[]) => {
    const dataLocation = {
      ...evaluation.dataLocation,
      places: places as typeof evaluation.dataLocation.places,
      subprocessors: [],
    }
    const { atRest, backedUp, reachedFrom } = locationOf({ dataLocation }, BUILTIN, TODAY)
    return [atRest, backedUp, reachedFrom]
  }
  const stored = at('a', 'storage', 'FR')
  expect(found(stored, at('b', 'backup', 'GB'))).toEqual([['FR'], ['GB'], []])
  expect(found(stored, at('b', 'backup', 'FR'))).toEqual([['FR'], [], []])
  expect(found(stored, at('b', 'backup', 'GB'), at('c', 'support', 'GB'))).toEqual([['FR'], ['GB'], ['GB']])
  expect(found(stored, at('b', 'support', 'IN'))).toEqual([['FR'], [], ['IN']])
})

describe('[G.2] where the data of «Saioa Meet» are', () => {
  it('is said by country, with the worst zone and the laws that reach the company', () => {
    const found = locationOf(meet(), BUILTIN, TODAY)
    expect(found.worst).toBe('THIRD')
    expect(found.exposed).toBe(true)
    expect(found.atRest).toEqual(['DE', 'FR'])
    expect(found.reachedFrom).toEqual(['IN', 'US'])
    expect(found.backedUp).toEqual([])
    expect(found.law).toEqual(['DE', 'US'])
    expect(
      found.countries.map(({ country, zone, happenings }) => [
        country,
        zone,
        happenings.map(({ activity }) => activity).join(),
      ]),
    ).toEqual([
      ['DE', 'EU', 'storage,processing,subprocessor'],
      ['FR', 'EU', 'storage,backup,subprocessor'],
      ['IN', 'THIRD', 'support,subprocessor'],
      ['US', 'ADEQUATE_PARTIAL', 'telemetry,subprocessor'],
    ])
  })
  it('data about use do not make the worst', () => {
    const only = (activity: string): Evaluation =>
      meet({ dataLocation: { ...NO_PLACES, places: [{ id: 'a', activity, country: 'IN' }] } })
    expect(locationOf(only('telemetry'), BUILTIN, TODAY).worst).toBe(null)
    expect(locationOf(only('delivery'), BUILTIN, TODAY).worst).toBe(null)
    for (const activity of ['storage', 'backup', 'processing', 'support'])
      expect(locationOf(only(activity), BUILTIN, TODAY).worst).toBe('THIRD')
  })
  it.each([
    ['owned at home', { companyCountry: 'DE', parentCountry: 'NO', extraterritorial: [] }, false],
    ['owned from elsewhere', { companyCountry: 'DE', parentCountry: 'CH', extraterritorial: [] }, true],
    ['from elsewhere itself', { companyCountry: 'US', parentCountry: null, extraterritorial: [] }, true],
    ['reached by a law', { companyCountry: 'DE', parentCountry: 'DE', extraterritorial: ['uk_ipa'] }, true],
    ['of nobody knows whom', { companyCountry: 'DE', parentCountry: 'unknown', extraterritorial: [] }, true],
    ['nothing said', { companyCountry: null, parentCountry: null, extraterritorial: [] }, false],
  ])('a company %s', (_what, dataLocation, exposed) =>
    expect(locationOf(meet({ dataLocation }), BUILTIN, TODAY).exposed).toBe(exposed),
  )
})

describe('[E-K1…E-K12] what no points make up for', () => {
  it('[G.2] nothing stands against it as it was decided', () => expect(blocked(meet())).toEqual([]))

  const FREE = { cost: { model: 'free', contracted: false } }
  const SPECIAL = { dataProtection: { dataClasses: ['special_art9'] } }
  const dpia = (dpiaDoneOn: string): Changes => ({
    dataProtection: { dpiaRequired: true, dpiaDoneOn, dpiaResidualRisk: 'low' },
  })
  const register = (country: string): Changes => ({
    dataLocation: {
      ...NO_PLACES,
      strategicRegisters: ['padron'],
      places: [{ id: 'a', activity: 'storage', country: 'ES' }],
      subprocessors: [{ id: 's', name: 'S', country, mechanism: 'eea' }],
    },
  })
  const NOBODY = { dataProtection: { dataClasses: ['public', 'internal'] } }
  it.each<[string, Changes, BlockId[]]>([
    [
      '[G.2] telemetry to nobody knows where',
      place({ id: 'l6', activity: 'telemetry', country: 'unknown' }),
      ['E-K9'],
    ],
    ['[G.2] the free plan', FREE, ['E-K7']],
    ['special data, reached from India', SPECIAL, ['E-K1']],
    ['offences, too', { dataProtection: { dataClasses: ['criminal_art10'] } }, ['E-K1']],
    [
      'special data in the EEA alone',
      {
        ...SPECIAL,
        dataLocation: { ...NO_PLACES, places: [{ id: 'a', activity: 'storage', country: 'NO' }] },
      },
      [],
    ],
    [
      'special data under a decision for all',
      {
        ...SPECIAL,
        dataLocation: {
          ...NO_PLACES,
          places: [{ id: 'a', activity: 'storage', country: 'CH', mechanism: 'adequacy' }],
        },
      },
      [],
    ],
    [
      'special data at a certified company',
      {
        ...SPECIAL,
        dataLocation: {
          ...NO_PLACES,
          places: [{ id: 'a', activity: 'storage', country: 'US', mechanism: 'dpf' }],
        },
      },
      [],
    ],
    [
      'special data in such a country by clauses',
      {
        ...SPECIAL,
        dataLocation: {
          ...NO_PLACES,
          places: [{ id: 'a', activity: 'storage', country: 'US', mechanism: 'scc' }],
        },
      },
      ['E-K1'],
    ],
    ['no safeguard', place({ activity: 'support', country: 'IN', mechanism: 'none' }), ['E-K2']],
    [
      'an exception in a third country',
      place({ activity: 'support', country: 'IN', mechanism: 'art49' }),
      ['E-K2'],
    ],
    [
      'an exception where protection is adequate',
      place({ activity: 'support', country: 'CH', mechanism: 'art49' }),
      [],
    ],
    ['a safeguard that nobody has named', place({ activity: 'support', country: 'IN' }), ['E-K2']],
    ['no safeguard needed at home', place({ activity: 'support', country: 'DE', mechanism: 'none' }), []],
    [
      '“it is in the EEA” of what is not',
      place({ activity: 'support', country: 'IN', mechanism: 'eea' }),
      ['E-K2'],
    ],
    [
      'no safeguard, and no personal data',
      { ...place({ activity: 'support', country: 'IN', mechanism: 'none' }), ...NOBODY },
      [],
    ],
    ['no contract of art. 28', { dataProtection: { processorContract: false } }, ['E-K3']],
    [
      'no contract of art. 28, and no personal data',
      { dataProtection: { ...NOBODY.dataProtection, processorContract: false } },
      [],
    ],
    [
      'a register outside the Union',
      {
        dataLocation: {
          ...NO_PLACES,
          strategicRegisters: ['padron'],
          places: [{ id: 'a', activity: 'storage', country: 'NO', mechanism: 'eea' }],
        },
      },
      ['E-K4'],
    ],
    [
      'a register in the Union',
      {
        dataLocation: {
          ...NO_PLACES,
          strategicRegisters: ['padron'],
          places: [{ id: 'a', activity: 'storage', country: 'PT', mechanism: 'eea' }],
        },
      },
      [],
    ],
    ['the category that is needed is higher', { security: { availability: 'high' } }, ['E-K5']],
    ['the certificate does not cover the service', { security: { scopeCoversService: false } }, ['E-K5']],
    ['a declaration where a certificate is needed', { security: { conformity: 'declaration' } }, ['E-K5']],
    [
      'the basic category, without a certificate',
      { security: { confidentiality: 'low', authenticity: 'low', conformity: 'none' } },
      [],
    ],
    ['a needed assessment that was not done', { dataProtection: { dpiaRequired: true } }, ['E-K6']],
    [
      'a high risk that is left',
      { dataProtection: { dpiaRequired: true, dpiaDoneOn: '2026-10-01', dpiaResidualRisk: 'high' } },
      ['E-K6'],
    ],
    [
      'a high risk, with the authority consulted',
      {
        dataProtection: { dpiaRequired: true, dpiaDoneOn: '2026-10-01', dpiaResidualRisk: 'high_consulted' },
      },
      [],
    ],
    ['data of citizens for oneself, though contracted', { useLevel: { level: 'individual' } }, ['E-K7']],
    [
      'data of staff for oneself',
      { useLevel: { level: 'individual' }, dataProtection: { dataClasses: ['personal_staff'] } },
      [],
    ],
    ['free of charge, and contracted', { cost: { model: 'free', contracted: true } }, []],
    ['nothing can be taken along', { independence: { exports: 'nothing' } }, ['E-K8']],
    [
      'nothing can be taken along, for oneself',
      { independence: { exports: 'nothing' }, useLevel: { level: 'individual' }, ...NOBODY },
      [],
    ],
    ['storage in nobody knows which country', place({ activity: 'storage', country: 'unknown' }), ['E-K9']],
    [
      'a decision that is none',
      place({ activity: 'support', country: 'IN', mechanism: 'adequacy' }),
      ['E-K10'],
    ],
    [
      'a barrier without another way',
      { accessibility: { barriers: [{ id: 'b', what: {}, serious: true, alternative: {} }] } },
      ['E-K11'],
    ],
    [
      'a barrier that shuts nobody out',
      { accessibility: { barriers: [{ id: 'b', what: {}, serious: false, alternative: {} }] } },
      [],
    ],
    [
      'a barrier for staff who have another way',
      {
        accessibility: {
          audience: ['staff'],
          barriers: [{ id: 'b', what: {}, serious: true, alternative: {} }],
        },
      },
      [],
    ],
    [
      'a barrier for staff who have none',
      {
        accessibility: {
          audience: ['staff'],
          mandatory: true,
          barriers: [{ id: 'b', what: {}, serious: true, alternative: {} }],
        },
      },
      ['E-K11'],
    ],
    [
      'a decision of a country within the EEA, where none is needed',
      place({ activity: 'storage', country: 'DE', mechanism: 'adequacy' }),
      [],
    ],
    [
      'the framework of the US, said of another country with a decision',
      place({ activity: 'storage', country: 'CH', mechanism: 'dpf' }),
      ['E-K10'],
    ],
    [
      'the framework of the US, of the US',
      place({ activity: 'storage', country: 'US', mechanism: 'dpf' }),
      [],
    ],
    ['an assessment that is planned', dpia('2026-11-11'), ['E-K6']],
    ['an assessment of today', dpia(TODAY), []],
    ['a register that a sub-processor has outside the Union', register('NO'), ['E-K4']],
    ['a register that a sub-processor has in the Union', register('DE'), []],
    ['it trains on what is said', { dataProtection: { ownPurposes: ['ai_training'] } }, ['E-K12']],
    ['it trains, unless one says no', { dataProtection: { ownPurposes: ['ai_training'], optOut: true } }, []],
    ['statistics of its own', { dataProtection: { ownPurposes: ['analytics'] } }, []],
  ])('%s', (_what, changes, ids) => expect(blocked(meet(changes))).toEqual(ids))

  it('[G.2] the adequacy decision of the US, annulled', () =>
    expect(
      blocked(
        meet(),
        lists(({ id }) => (id === 'US' ? { status: 'annulled' } : {})),
      ),
    ).toEqual(['E-K10']))
  it.each([
    ['on its last day', '2027-09-30', []],
    ['a day later', '2027-10-01', ['E-K5']],
  ] as const)('the certificate, %s', (_when, today, ids) =>
    expect(blocked(meet(), BUILTIN, today)).toEqual(ids),
  )

  const unseen = (decision: object): Evaluation =>
    meet({
      useLevel: { level: 'individual' },
      dataProtection: { dataClasses: ['public'], processorContract: false },
      independence: { exports: 'nothing' },
      decision: { allowedLevels: ['individual'], ...decision },
    })
  it.each<[string, object, BlockId[]]>([
    ['what was evaluated', { allowedDataClasses: ['public'] }, []],
    ['other data', { allowedDataClasses: ['special_art9'] }, ['E-K1', 'E-K3', 'E-K7']],
    ['another level', { allowedDataClasses: ['public'], allowedLevels: ['institutional'] }, ['E-K8']],
    [
      'other data at another level, of what is not recommended',
      { outcome: 'not_recommended', allowedDataClasses: ['special_art9'], allowedLevels: ['institutional'] },
      [],
    ],
  ])('is looked for in all that is allowed: %s', (_what, decision, ids) =>
    expect(blocked(unseen(decision))).toEqual(ids),
  )
  it('[E-K7] one’s own use that is allowed beside another leads to where it is', () => {
    const [block] = blocksOf(
      meet({ decision: { allowedLevels: ['individual', 'institutional'] } }),
      BUILTIN,
      TODAY,
    )
    expect([block?.id, block?.path]).toEqual(['E-K7', 'decision.allowedLevels'])
  })
  it('stands against the data it is about, and not against others', () => {
    const [block] = blocksOf(
      meet({ dataProtection: { dataClasses: ['public', 'special_art9'] } }),
      BUILTIN,
      TODAY,
    )
    expect(block?.touches).toEqual(['special_art9'])
    expect([standsAgainst(block!, ['public']), standsAgainst(block!, ['public', 'special_art9'])]).toEqual([
      false,
      true,
    ])
  })
})

describe('checks', () => {
  it('[G.2] «Saioa Meet» lacks nothing before a review', () => {
    const { missing, findings } = check(meet())
    expect(missing.map(({ path }) => path)).toEqual([])
    expect(findings.filter(({ severity }) => severity === 'block')).toEqual([])
  })
  const CASES: readonly [string, Changes, string, string][] = [
    ['[E-01] no intended use', { tool: { intendedUse: {} } }, 'field', 'review'],
    ['[E-01] no version', { tool: { versionOrPlan: '' } }, 'field', 'review'],
    ['[E-10] free and not contracted', { cost: { model: 'freemium', contracted: false } }, 'E-10', 'live'],
    [
      '[E-12] two criteria of a high risk',
      { dataProtection: { dpiaCriteria: ['genetics', 'biometrics'] } },
      'E-12',
      'review',
    ],
    [
      '[E-13] the scope names another service',
      { security: { certificateScope: { eu: 'Beste bat', es: 'Otro' } } },
      'E-13',
      'live',
    ],
    [
      '[E-13] basic, and nothing declared',
      { security: { confidentiality: 'low', authenticity: 'low', conformity: 'none' } },
      'E-13',
      'review',
    ],
    ['[E-14] no precaution', { balance: { precautions: [] } }, 'field', 'review'],
    ['[E-21] nobody has tried a slow line', { access: { linkTests: [] } }, 'E-21', 'approval'],
    ['[E-21] a task without its day', { access: { testedOn: null } }, 'E-21', 'approval'],
    [
      '[E-21] how it went is not said',
      { access: { linkTests: [tried({ works: null })] } },
      'E-21',
      'approval',
    ],
    [
      '[E-21] what was lost is not said',
      { access: { linkTests: [tried({ unplugged: null })] } },
      'E-21',
      'approval',
    ],
  ]
  it.each(CASES)('%s', (_what, changes, id, gate) => {
    const found = check(meet(changes)).findings.filter((one) => one.check === id && one.gate === gate)
    expect(found.length).toBeGreaterThan(0)
    expect(check(meet()).findings.filter((one) => one.check === id && one.gate === gate)).toEqual([])
  })
  it('[E-21] one task that says everything is a test', () => {
    const found = check(
      meet({ access: { linkTests: [tried({ works: null }), tried({ id: 't8' })] } }),
    ).findings
    expect(found.filter((one) => one.check === 'E-21')).toEqual([])
  })
  it.each([
    ['a year ago', '2025-11-10', 0],
    ['a year and a day ago', '2025-11-09', 2],
    ['today', TODAY, 0],
    ['tomorrow', '2026-11-11', 2],
    ['nobody says when', null, 2],
  ])('[E-15] found out %s', (_when, evidenceOn, count) => {
    const evidence = { eu: 'Kontratua', es: 'Contrato' }
    const changes = place({ activity: 'storage', country: 'DE', mechanism: 'eea', evidence, evidenceOn })
    const found = check(meet(changes)).findings.filter((one) => one.check === 'E-15')
    expect(found.map(({ gate, severity }) => `${gate} ${severity}`)).toEqual(
      ['review warn', 'approval block'].slice(0, count),
    )
  })
  it('[E-15] stops nobody who is not deciding for the institution', () => {
    const changes = { ...place({ activity: 'storage', country: 'DE' }), useLevel: { level: 'collective' } }
    const found = check(meet(changes)).findings.filter((one) => one.check === 'E-15')
    expect(found.map(({ severity }) => severity)).toEqual(['warn'])
  })
  it.each([
    [90, '2027-07-02', true],
    [91, '2027-07-01', false],
  ])('[E-13] a certificate that runs out in %i days', (_days, today, said) =>
    expect(check(meet(), today).findings.some((one) => one.check === 'E-13')).toBe(said),
  )
  it.each([
    ['nothing is said of it', {}, ['Gela Bideoa']],
    ['it is said what this one does beside it', { duplicates: { eu: 'Azpitituluak.' } }, []],
    ['that is said in no language of ours', { duplicates: { fr: 'Des sous-titres.' } }, ['Gela Bideoa']],
    ['it stands among the alternatives', { alternatives: [{ id: 'a1', name: 'gela bidoa' }] }, []],
    ['another one does', { alternatives: [{ id: 'a1', name: 'Plaza' }] }, ['Gela Bideoa']],
  ])('[E-02] an approved tool covers the need, and %s', (_what, need, warned) => {
    const coveredBy = ['Gela Bideoa', 'Gela Bideoa']
    const { findings } = checkDocument(
      typeOfDocument('evaluation'),
      meet({ need: { alternatives: [], ...need } }) as never,
      {
        languages: ['eu', 'es'],
        today: TODAY,
        inForce: false,
        coveredBy,
      },
    )
    const found = findings.filter((one) => one.check === 'E-02')
    expect(found.map(({ message }) => message.holes?.['tool'])).toEqual(warned)
    expect(found.every(({ severity, gate }) => severity === 'warn' && gate === 'review')).toBe(true)
  })
  it.each([
    ['yesterday', '2026-11-09', ['decision.reviewBy']],
    ['today', TODAY, []],
    ['nobody says when', null, []],
  ])('[E-19] to be looked at again %s', (_when, reviewBy, paths) => {
    const found = check(meet({ decision: { reviewBy } })).findings.filter((one) => one.check === 'E-19')
    expect(found.map(({ path }) => path)).toEqual(paths)
  })
  it('[E-19] nothing is recommended on what has run out', () => {
    const out = (today: string) => check(meet(), today).findings.filter((one) => one.check === 'E-19')
    expect(out('2027-09-30')).toEqual([])
    expect(out('2027-10-01').map(({ path, gate }) => [path, gate])).toEqual([
      ['security.certificateExpiresOn', 'approval'],
    ])
  })
  it.each<[string, string, readonly string[], readonly string[], readonly string[]]>([
    ['what was evaluated', 'collective', ['personal_staff'], ['personal_staff'], []],
    ['less than that', 'institutional', ['personal_staff', 'special_art9'], ['personal_staff'], []],
    ['what is about nobody, beside people', 'collective', ['personal_staff'], ['public', 'internal'], []],
    ['internal data, beside public ones', 'collective', ['public'], ['internal'], ['internal']],
    ['other people', 'collective', ['personal_staff'], ['personal_citizen'], ['personal_citizen']],
    [
      'what is secret, beside people',
      'collective',
      ['personal_staff'],
      ['secret_or_classified'],
      ['secret_or_classified'],
    ],
  ])('[E-11] allowed: %s', (_what, level, dataClasses, allowedDataClasses, refused) => {
    const of = (outcome: string) =>
      check(
        meet({
          useLevel: { level },
          dataProtection: { dataClasses },
          decision: { outcome, allowedDataClasses, allowedLevels: [level] },
        }),
      ).findings.filter((one) => one.check === 'E-11')
    const labels = DATA_CLASSES.filter(({ id }) => refused.includes(id)).map(({ label }) => label)
    expect(of('recommended').map(({ message }) => message.holes?.['field'])).toEqual(labels)
    expect(of('recommended').every(({ severity, gate }) => severity === 'block' && gate === 'review')).toBe(
      true,
    )
    expect(of('not_recommended')).toEqual([])
  })
  it.each<[string | null, readonly string[], number]>([
    ['institutional', ['individual', 'collective', 'institutional'], 0],
    ['collective', ['individual', 'collective'], 0],
    ['collective', ['institutional'], 1],
    ['individual', ['individual', 'collective', 'institutional'], 2],
    [null, ['institutional'], 0],
  ])('[E-11] evaluated at the level %s, allowed at %j', (level, allowedLevels, count) => {
    const found = check(meet({ useLevel: { level }, decision: { allowedLevels } })).findings
    expect(
      found.filter(({ check: id, path }) => id === 'E-11' && path === 'decision.allowedLevels'),
    ).toHaveLength(count)
  })
  it.each<[string, string | null | undefined, boolean]>([
    ['nothing is in force', null, true],
    ['it is not recommended', 'not_recommended', true],
    ['it is recommended', 'recommended', false],
    ['it is recommended with conditions', 'recommended_with_conditions', false],
    ['it is withdrawn, and only the words change', 'withdrawn', false],
    ['nobody has asked what is in force', undefined, false],
  ])('[E-22] to be withdrawn where %s', (_what, before, stopped) => {
    const found = check(meet({ decision: { outcome: 'withdrawn' } }), TODAY, {
      inForce: before !== null,
      ...(before === undefined ? {} : { outcomeInForce: before }),
    }).findings.filter((one) => one.check === 'E-22')
    expect(found.map(({ gate, severity }) => `${gate} ${severity}`)).toEqual(stopped ? ['review block'] : [])
  })
  it.each<[string, Changes[string], boolean]>([
    ['with conditions that there are', {}, false],
    ['with conditions that there are not', { conditions: [] }, true],
    ['without conditions', { outcome: 'recommended', conditions: [] }, false],
  ])('[E-22] %s', (_what, decision, stopped) => {
    const found = check(meet({ decision })).findings.filter((one) => one.check === 'E-22')
    expect(found.map(({ path, gate }) => `${path} ${gate}`)).toEqual(
      stopped ? ['decision.conditions review'] : [],
    )
  })
  // [TU12]
  it.each<[string, string, boolean, string | undefined, readonly string[]]>([
    ['a first decision', '', false, undefined, []],
    ['another one, and nothing said', '  ', true, undefined, ['block']],
    ['another one, and it is said', 'Prezioa.', true, undefined, []],
    ['with what was said the last time', 'Prezioa.', true, ' Prezioa. ', ['warn']],
    ['with something else than the last time', 'Hizkuntzak.', true, 'Prezioa.', []],
    ['where nothing was said the last time', 'Prezioa.', true, '', []],
  ])('[E-24] what has changed since: %s', (_what, eu, inForce, changeInForce, severities) => {
    const found = check(meet({ decision: { changedSince: { eu } } }), TODAY, {
      inForce,
      ...(changeInForce === undefined ? {} : { changeInForce }),
    }).findings.filter((one) => one.check === 'E-24')
    expect(found.map(({ severity }) => severity)).toEqual(severities)
    for (const { path, gate } of found) expect([path, gate]).toEqual(['decision.changedSince:eu', 'review'])
  })
  it.each<[string, Changes, boolean, readonly string[]]>([
    ['support from India, and two sub-processors', {}, true, ['places', 'subprocessors', 'subprocessors']],
    ['the organisation does not ask for it', {}, false, []],
    ['data about nobody', { decision: { allowedDataClasses: ['public'] } }, true, []],
    ['what is not recommended', { decision: { outcome: 'not_recommended' } }, true, []],
    [
      'the EEA alone, and data about use elsewhere',
      {
        dataLocation: {
          ...NO_PLACES,
          places: [
            { id: 'a', activity: 'storage', country: 'NO' },
            { id: 'b', activity: 'telemetry', country: 'US', mechanism: 'dpf' },
          ],
        },
      },
      true,
      [],
    ],
  ])('[E-23] data that must stay in the EEA: %s', (_what, changes, requireEea, paths) => {
    const found = check(meet(changes), TODAY, { policy: { requireEea } }).findings.filter(
      (one) => one.check === 'E-23',
    )
    expect(found.map(({ path }) => path.split('/')[0])).toEqual(paths)
    expect(found.every(({ severity, gate }) => severity === 'warn' && gate === 'review')).toBe(true)
  })
  it('a block stops what would be allowed, and nothing else', () => {
    const of = (allowedDataClasses: string[]) =>
      check(
        meet({
          dataProtection: { dataClasses: ['public', 'special_art9'] },
          decision: { allowedDataClasses },
        }),
      ).findings.find((one) => one.check === 'E-K1')?.severity
    expect([of(['public']), of(['public', 'special_art9'])]).toEqual(['info', 'block'])
  })
  it('[B.3] one person’s own use asks for less', () => {
    const bare = { security: {}, accessibility: {}, ease: {}, independence: {} }
    const of = (level: string) => {
      const whole = { ...structuredClone(SAIOA_MEET), ...bare } as unknown as Changes
      const useLevel = { level, ownBackup: { eu: 'Etxean', es: 'En casa' } }
      const json = { ...whole, useLevel, decision: { ...whole['decision'], allowedLevels: [level] } }
      return check(withEveryField(EVALUATION, json, LANGUAGES) as unknown as Evaluation)
    }
    const short = of('individual')
    expect(short.missing).toEqual([])
    expect(short.completeness['security']).toBe('not_applicable')
    expect(new Set(of('collective').missing.map(({ section }) => section))).toEqual(
      new Set(['useLevel', 'security', 'accessibility', 'ease', 'independence']),
    )
  })
  it('[E-20] whose opinion it takes', () => {
    const { opinions } = typeOfDocument('evaluation').checks
    const of = (level: string) => opinions!(meet({ useLevel: { level } }) as unknown as Record<string, never>)
    expect([of('individual'), of('collective'), of('institutional')]).toEqual([
      [],
      ['legal'],
      ['hr', 'it', 'legal'],
    ])
  })
})

describe('[E-19] when it is looked at again', () => {
  it('[G.2] ninety days before the certificate runs out, for that is first', () => {
    expect(expiriesOf(meet(), BUILTIN)).toEqual([
      { what: 'certificate', path: 'security.certificateExpiresOn', on: '2027-09-30' },
      { what: 'contract', path: 'cost.contractEndsOn', on: '2028-01-31' },
    ])
    expect(nextReviewOn(meet(), BUILTIN, '2026-11-10', POLICY)).toBe('2027-07-02')
  })
  it.each<[string, Changes, string]>([
    [
      'a year when nothing runs out before',
      { security: { certificateExpiresOn: '2029-01-01' }, cost: { contracted: false } },
      '2027-11-10',
    ],
    ['sooner when the contract ends', { cost: { contractEndsOn: '2027-03-31' } }, '2026-12-31'],
    ['sooner when the text says so', { decision: { reviewBy: '2027-01-15' } }, '2027-01-15'],
    ['not later because the text says so', { decision: { reviewBy: '2030-01-01' } }, '2027-07-02'],
    [
      'a contract that there is not does not end',
      { cost: { contracted: false, contractEndsOn: '2027-03-31' } },
      '2027-07-02',
    ],
    [
      'a decision that runs out and is relied on',
      {
        security: { certificateExpiresOn: '2040-01-01' },
        cost: { contracted: false },
        ...place({ activity: 'storage', country: 'GB', mechanism: 'adequacy' }),
      },
      '2027-11-10',
    ],
  ])('%s', (_what, changes, day) =>
    expect(nextReviewOn(meet(changes), BUILTIN, '2026-11-10', POLICY)).toBe(day),
  )
  it('a decision that runs out soon, and is relied on', () => {
    const soon = lists(({ id }) => (id === 'GB' ? { expiresOn: '2027-02-01' } : {}))
    const changes = place({ activity: 'storage', country: 'GB', mechanism: 'adequacy' })
    expect(nextReviewOn(meet(changes), soon, '2026-11-10', POLICY)).toBe('2026-11-03')
    expect(
      nextReviewOn(
        meet(place({ activity: 'storage', country: 'GB', mechanism: 'scc' })),
        soon,
        '2026-11-10',
        POLICY,
      ),
    ).toBe('2027-07-02')
  })
})

describe('[E-19] what relies on a decision', () => {
  const soon = lists(({ id }) => (['GB', 'US'].includes(id) ? { expiresOn: '2027-03-01' } : {}))
  it.each<[string, string, string | null, boolean]>([
    ['names it', 'GB', 'adequacy', true],
    ['names nothing where it covers everybody', 'GB', null, true],
    ['has clauses', 'GB', 'scc', false],
    ['names the framework of the US', 'US', 'dpf', true],
    ['names nothing where it covers some', 'US', null, false],
    ['names the framework of the US elsewhere', 'GB', 'dpf', false],
    ['is in the EEA', 'DE', 'adequacy', false],
  ])('%s', (_what, country, mechanism, relies) => {
    const places = [{ id: 'a', activity: 'storage', country, mechanism }]
    const changes = { dataLocation: { ...NO_PLACES, places }, cost: { contracted: false } }
    expect(expiriesOf(meet(changes), soon).some(({ what }) => what === 'adequacy')).toBe(relies)
    expect(nextReviewOn(meet(changes), soon, '2026-11-10', POLICY)).toBe(relies ? '2026-12-01' : '2027-07-02')
  })
})

describe('[E-19] the months of the organisation', () => {
  const policy = { reviewMonths: { individual: 24, collective: 3, institutional: 6 } }
  it.each([
    ['individual', '2028-11-10'],
    ['collective', '2027-02-10'],
    ['institutional', '2027-05-10'],
    [null, '2027-05-10'],
  ])('of %s use', (level, day) => {
    const changes = { useLevel: { level }, security: { conformity: 'none' }, cost: { contracted: false } }
    expect(nextReviewOn(meet(changes), BUILTIN, '2026-11-10', policy)).toBe(day)
  })
})

describe('the category a system needs', () => {
  const needed = (...levels: readonly (string | null)[]) => {
    const names = ['confidentiality', 'integrity', 'traceability', 'authenticity', 'availability']
    const security = Object.fromEntries(names.map((name, i) => [name, levels[i] ?? null]))
    return neededCategory(meet({ security }).security)
  }
  it.each([
    [[], null],
    [['none', 'none'], null],
    [['none', 'low'], 'basic'],
    [['low', null, 'medium'], 'medium'],
    [['medium', 'low', 'low', 'low', 'high'], 'high'],
  ] as const)('%j: %s', (levels, category) => expect(needed(...levels)).toBe(category))
})
