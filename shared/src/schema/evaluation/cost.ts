/** What it costs, and what was signed (DOMAIN B.5) [SEED L245, L253]. */
import type { Section } from '../fields.ts'

const CONTRACTED = { field: 'contracted', is: [true] } as const

export const cost = {
  id: 'cost',
  group: 'tool',
  label: 'Cost and contract',
  purpose: 'What it really costs, and what is signed: only a contract protects citizens and ourselves.',
  seed: {
    text: 'What is free and not contracted is one thing, what is contracted another: only with a contract can the administration defend its citizens’ interests, and its own.',
    section: 9,
  },
  fields: {
    model: {
      kind: 'choice',
      required: true,
      label: 'What one pays for',
      options: [
        { id: 'free', label: 'Nothing: it is free of charge' },
        { id: 'freemium', label: 'Free of charge, and paid for more' },
        { id: 'subscription', label: 'A subscription' },
        { id: 'per_use', label: 'What is used' },
        { id: 'licence', label: 'A licence' },
        { id: 'open_source_self_hosted', label: 'Open source, on our own servers' },
        { id: 'inter_admin_agreement', label: 'An agreement between administrations' },
      ],
    },
    contracted: { kind: 'flag', label: 'There is a contract, or there will be one before it is used.' },
    annualCost: {
      kind: 'number',
      min: 0,
      max: 1_000_000_000,
      unit: '€',
      label: 'Cost a year',
      help: 'Of everything together, taxes included.',
    },
    hiddenCosts: {
      kind: 'list',
      root: 'hiddenCosts',
      columns: ['kind', 'amount'],
      label: 'Costs that one does not see at once',
      add: 'Add a cost',
      item: {
        kind: {
          kind: 'choice',
          required: true,
          label: 'What for',
          options: [
            { id: 'hosting', label: 'Hosting' },
            { id: 'support', label: 'Support' },
            { id: 'training', label: 'Training' },
            { id: 'migration', label: 'Moving in' },
            { id: 'egress', label: 'Moving out' },
            { id: 'other', label: 'Something else' },
          ],
        },
        amount: { kind: 'number', min: 0, max: 1_000_000_000, unit: '€', label: 'Amount' },
        note: { kind: 'text', translated: true, maxCharacters: 300, label: 'Note' },
      },
    },
    savings: {
      kind: 'text',
      translated: true,
      maxCharacters: 500,
      label: 'What it saves: machines, storage, licences, updates',
    },
    priceStability: {
      kind: 'choice',
      label: 'How long the price holds',
      options: [
        { id: 'unknown', label: 'Unknown' },
        { id: 'volatile', label: 'It changes a lot' },
        { id: 'one_year', label: 'A year' },
        { id: 'three_years', label: 'Three years or more' },
        { id: 'no_cost', label: 'There is no licence to pay' },
      ],
    },
    contractType: {
      kind: 'text',
      translated: true,
      maxCharacters: 200,
      required: true,
      when: CONTRACTED,
      label: 'What kind of contract',
    },
    contractFile: {
      kind: 'link',
      file: true,
      when: CONTRACTED,
      label: 'The contract in Nextcloud Files',
      help: 'Only those who may open the file there can read it.',
    },
    contractEndsOn: { kind: 'date', when: CONTRACTED, label: 'The contract ends on' },
    clauses: {
      kind: 'choices',
      when: CONTRACTED,
      label: 'What it says',
      options: [
        { id: 'purpose', label: 'What the data are used for' },
        { id: 'data_law', label: 'Under EU and national data protection law' },
        { id: 'servers', label: 'Where the servers are, and where from the service is given' },
        { id: 'subcontractors', label: 'Which servers or services are subcontracted' },
        { id: 'change_notice', label: 'Notice when any of that changes' },
      ],
    },
    serverDeclarationOn: {
      kind: 'date',
      when: CONTRACTED,
      label: 'Where the servers are was declared on',
      help: 'Before the contract is made (LCSP, art. 122.2).',
    },
    serverCountries: {
      kind: 'choices',
      options: 'countries',
      when: CONTRACTED,
      label: 'Countries in that declaration',
    },
    serverDeclarationFile: {
      kind: 'link',
      file: true,
      when: CONTRACTED,
      label: 'That declaration in Nextcloud Files',
      help: 'Only those who may open the file there can read it.',
    },
  },
} as const satisfies Section
