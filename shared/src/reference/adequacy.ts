/**
 * Where personal data may go without more: the EEA, and where the Commission has found the protection adequate (DOMAIN B.6). Both
 * change: what relies on an entry that changes is looked at again (E-30).
 */
import { referenceList, type EntryOf } from './list.ts'

const EU = 'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE'.split(' ')

export const eea = referenceList(
  {
    id: 'eea',
    key: ['id'],
    columns: {
      /** ISO 3166-1 alpha-2. */
      id: { kind: 'id', required: true },
      member: { kind: 'choice', options: ['eu', 'eea'], required: true },
    },
  },
  {
    verifiedOn: '2026-11-23',
    source: 'EUR-Lex, EFTA',
    entries: [
      ...EU.map((id) => ({ id, member: 'eu' as const })),
      ...['IS', 'LI', 'NO'].map((id) => ({ id, member: 'eea' as const })),
    ],
  },
)
export type EeaMember = EntryOf<(typeof eea)['columns']>

/** Found adequate under Directive 95/46 and confirmed in the Commission's review of January 2024: territory, decision, year. */
const CONFIRMED = [
  ['AD', '2010/625/EU'],
  ['AR', '2003/490/EC'],
  ['FO', '2010/146/EU'],
  ['GG', '2003/821/EC'],
  ['IM', '2004/411/EC'],
  ['IL', '2011/61/EU'],
  ['JE', '2008/393/EC'],
  ['NZ', '2013/65/EU'],
  ['CH', '2000/518/EC'],
  ['UY', '2012/484/EU'],
] as const

export const adequacy = referenceList(
  {
    id: 'adequacy',
    key: ['id'],
    columns: {
      /** ISO 3166-1 alpha-2; an international organisation by a name of its own. */
      id: { kind: 'id', required: true },
      scope: { kind: 'choice', options: ['general', 'partial'], required: true },
      status: {
        kind: 'choice',
        options: ['in_force', 'under_appeal', 'suspended', 'annulled'],
        required: true,
      },
      decision: { kind: 'text', max: 60 },
      adoptedOn: { kind: 'date' },
      /** The last day on which it holds. */
      expiresOn: { kind: 'date' },
      url: { kind: 'link' },
      notes: { kind: 'translated', max: 600 },
    },
  },
  {
    verifiedOn: '2026-11-23',
    source: 'EUR-Lex',
    entries: [
      ...CONFIRMED.map(([id, decision]) => ({
        id,
        scope: 'general' as const,
        status: 'in_force' as const,
        decision,
      })),
      {
        id: 'CA',
        scope: 'partial',
        status: 'in_force',
        decision: '2002/2/EC',
        notes: {
          en: 'Commercial organisations only.',
          es: 'Solo organizaciones comerciales.',
          eu: 'Merkataritza-erakundeak bakarrik.',
          ca: 'Només organitzacions comercials.',
        },
      },
      {
        id: 'JP',
        scope: 'partial',
        status: 'in_force',
        decision: '(EU) 2019/419',
        notes: {
          en: 'The private sector.',
          es: 'El sector privado.',
          eu: 'Sektore pribatua.',
          ca: 'El sector privat.',
        },
      },
      { id: 'KR', scope: 'general', status: 'in_force', decision: '(EU) 2022/254' },
      {
        id: 'GB',
        scope: 'general',
        status: 'in_force',
        decision: '(EU) 2021/1772',
        expiresOn: '2031-12-27',
        notes: {
          en: 'Renewed on 19 December 2025.',
          es: 'Renovada el 19 de diciembre de 2025.',
          eu: '2025eko abenduaren 19an berritua.',
          ca: 'Renovada el 19 de desembre de 2025.',
        },
      },
      {
        id: 'US',
        scope: 'partial',
        status: 'under_appeal',
        decision: '(EU) 2023/1795',
        adoptedOn: '2023-07-10',
        notes: {
          en: 'Only organisations certified under the Data Privacy Framework. Appeal C-703/25 P, of 31 October 2025.',
          es: 'Solo organizaciones certificadas en el Marco de Privacidad de Datos. Recurso C-703/25 P, de 31 de octubre de 2025.',
          eu: 'Datuen Pribatutasun Esparruan ziurtatutako erakundeak bakarrik. C-703/25 P errekurtsoa, 2025eko urriaren 31koa.',
          ca: 'Només organitzacions certificades en el Marc de Privadesa de Dades. Recurs C-703/25 P, de 31 d’octubre de 2025.',
        },
      },
      {
        id: 'EPO',
        scope: 'general',
        status: 'in_force',
        adoptedOn: '2025-07-15',
        notes: {
          en: 'European Patent Organisation.',
          es: 'Organización Europea de Patentes.',
          eu: 'Patenteen Europako Erakundea.',
          ca: 'Organització Europea de Patents.',
        },
      },
      { id: 'BR', scope: 'general', status: 'in_force', decision: '(EU) 2026/179', adoptedOn: '2026-01-26' },
    ],
  },
)
export type Adequacy = EntryOf<(typeof adequacy)['columns']>
