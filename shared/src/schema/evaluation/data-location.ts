/**
 * Where the data are (DOMAIN B.6) [SEED L235, L249–253]: the heart. What happens where, at whose hands, with which safeguard, and
 * how we know. Zones, exposure and the sentence are derived from the rows and the dated reference lists, and never typed.
 */
import type { Option, Section } from '../fields.ts'
import { YES_NO_UNKNOWN } from './answers.ts'

export const ACTIVITIES = [
  { id: 'storage', label: 'Store' },
  { id: 'backup', label: 'Back up' },
  { id: 'processing', label: 'Process' },
  { id: 'support', label: 'Support: people can see data' },
  { id: 'telemetry', label: 'Data about use (telemetry)' },
  { id: 'delivery', label: 'Deliver (CDN)' },
] as const satisfies readonly Option[]
export type Activity = (typeof ACTIVITIES)[number]['id']

/** Why personal data may go where they go (GDPR, chapter V). */
export const MECHANISMS = [
  { id: 'eea', label: 'None needed: it is in the EEA' },
  { id: 'adequacy', label: 'Adequacy decision' },
  { id: 'dpf', label: 'EU–US framework, certified' },
  { id: 'scc', label: 'Standard clauses of 2021' },
  { id: 'bcr', label: 'Binding corporate rules' },
  { id: 'art49', label: 'An exception of art. 49' },
  { id: 'other', label: 'Another safeguard' },
  { id: 'none', label: 'None' },
] as const satisfies readonly Option[]
export type Mechanism = (typeof MECHANISMS)[number]['id']

/** Laws that reach data wherever they are, because they reach the company. */
const EXTRATERRITORIAL = [
  { id: 'us_cloud_act', label: 'CLOUD Act (US)' },
  { id: 'us_fisa_702', label: 'FISA 702 (US)' },
  { id: 'cn_csl', label: 'Cybersecurity law (CN)' },
  { id: 'uk_ipa', label: 'Investigatory Powers Act (UK)' },
  { id: 'other', label: 'Another law' },
] as const satisfies readonly Option[]

const TIA = { field: 'mechanism', is: ['scc', 'bcr', 'other'] } as const
const safeguard = {
  mechanism: { kind: 'choice', options: MECHANISMS, label: 'With which safeguard' },
  dpfCheckedOn: {
    kind: 'date',
    required: true,
    when: { field: 'mechanism', is: ['dpf'] },
    label: 'Found in the list of certified companies on',
  },
  assessedOn: {
    kind: 'date',
    required: true,
    when: TIA,
    label: 'Transfer assessment done on',
  },
  measures: {
    kind: 'text',
    translated: true,
    maxCharacters: 500,
    when: TIA,
    label: 'What is done besides',
  },
} as const
const evidence = {
  evidence: {
    kind: 'text',
    translated: true,
    maxCharacters: 300,
    label: 'How we know',
    example: 'Contract, annex 2',
  },
  evidenceUrl: {
    kind: 'link',
    file: true,
    label: 'Where that stands',
    help: 'A page, or a file in Nextcloud: only those who may open it there can read it.',
  },
  evidenceOn: { kind: 'date', label: 'Found out on' },
} as const

export const dataLocation = {
  id: 'dataLocation',
  group: 'data',
  label: 'Where is the data?',
  purpose: 'What happens to the data, where, at whose hands, and how we know.',
  seed: {
    text: 'Whoever offers the service can be anywhere, and will move, share and place what is theirs as suits them best: so one asks where the data are, and which law is in force there.',
    section: 9,
  },
  fields: {
    places: {
      kind: 'list',
      root: 'places',
      columns: ['activity', 'country', 'provider', 'mechanism', 'evidence', 'evidenceOn'],
      required: true,
      label: 'What happens where',
      add: 'Add an activity',
      item: {
        activity: { kind: 'choice', options: ACTIVITIES, required: true, label: 'What happens' },
        country: { kind: 'choice', options: 'countries', required: true, label: 'Country' },
        region: { kind: 'text', translated: false, maxCharacters: 120, label: 'Region or city' },
        provider: { kind: 'text', translated: false, maxCharacters: 200, required: true, label: 'Who' },
        ...safeguard,
        contractual: { kind: 'flag', label: 'The contract says so' },
        ...evidence,
      },
    },
    subprocessors: {
      kind: 'list',
      root: 'subprocessors',
      columns: ['name', 'country', 'role', 'mechanism'],
      label: 'Sub-processors',
      add: 'Add a sub-processor',
      item: {
        name: { kind: 'text', translated: false, maxCharacters: 200, required: true, label: 'Name' },
        country: { kind: 'choice', options: 'countries', required: true, label: 'Country' },
        role: {
          kind: 'text',
          translated: true,
          maxCharacters: 300,
          required: true,
          label: 'What it does',
        },
        dataTouched: {
          kind: 'text',
          translated: true,
          maxCharacters: 300,
          label: 'Which data it can see',
        },
        ...safeguard,
        ...evidence,
      },
    },
    subprocessorList: { kind: 'link', label: 'Their list of sub-processors' },
    subprocessorListOn: { kind: 'date', label: 'That list is as of' },
    subprocessorNotice: {
      kind: 'number',
      min: 0,
      max: 365,
      unit: 'days',
      label: 'Notice before a new sub-processor',
    },
    legalEntity: {
      kind: 'text',
      translated: false,
      maxCharacters: 200,
      required: true,
      label: 'Company that signs',
    },
    companyCountry: { kind: 'choice', options: 'countries', required: true, label: 'Its country' },
    parent: {
      kind: 'text',
      translated: false,
      maxCharacters: 200,
      label: 'Company that owns it in the end',
    },
    parentCountry: { kind: 'choice', options: 'countries', label: 'Country of the owner' },
    extraterritorial: {
      kind: 'choices',
      options: EXTRATERRITORIAL,
      label: 'Laws from elsewhere that reach it',
    },
    inTransit: { kind: 'choice', options: YES_NO_UNKNOWN, label: 'Encrypted on the way' },
    atRest: { kind: 'choice', options: YES_NO_UNKNOWN, label: 'Encrypted where it is stored' },
    endToEnd: { kind: 'choice', options: YES_NO_UNKNOWN, label: 'Encrypted from end to end' },
    keyCustody: {
      kind: 'choice',
      label: 'Who has the keys',
      options: [
        { id: 'provider', label: 'The provider' },
        { id: 'customer_managed', label: 'We manage them, at the provider’s' },
        { id: 'customer_held', label: 'We alone' },
        { id: 'none', label: 'There are none' },
      ],
    },
    residency: {
      kind: 'choice',
      required: true,
      label: 'What they promise about where data stay',
      options: [
        { id: 'none', label: 'Nothing' },
        { id: 'marketing', label: 'A page that says so' },
        { id: 'contractual', label: 'A contract that says so' },
      ],
    },
    legalFramework: {
      kind: 'text',
      translated: true,
      maxCharacters: 1_000,
      label: 'Which law holds',
    },
    strategicRegisters: {
      kind: 'choices',
      label: 'Registers whose data would be in it',
      help: 'These must be in systems within the EU (RDL 14/2019).',
      options: [
        { id: 'padron', label: 'Municipal register of residents' },
        { id: 'electoral', label: 'Electoral roll' },
        { id: 'tax', label: 'Taxes' },
        { id: 'health_users', label: 'Users of the health service' },
      ],
    },
  },
} as const satisfies Section
