/** Personal data and the GDPR (DOMAIN B.7). */
import type { Option, Section } from '../fields.ts'

/** From what everybody may read to what the law guards most; the order is that of the severity. */
export const DATA_CLASSES = [
  { id: 'public', label: 'Public data' },
  { id: 'internal', label: 'Internal, of no person' },
  { id: 'personal_staff', label: 'Personal, of staff' },
  { id: 'personal_citizen', label: 'Personal, of citizens' },
  { id: 'vulnerable_or_minors', label: 'Of children or people at risk' },
  { id: 'special_art9', label: 'Special categories (art. 9)' },
  { id: 'criminal_art10', label: 'Offences (art. 10)' },
  { id: 'secret_or_classified', label: 'Secret or classified' },
] as const satisfies readonly Option[]
export type DataClass = (typeof DATA_CLASSES)[number]['id']
export const PERSONAL_CLASSES = [
  'personal_staff',
  'personal_citizen',
  'vulnerable_or_minors',
  'special_art9',
  'criminal_art10',
] as const satisfies readonly DataClass[]

const PERSONAL = { field: 'dataClasses', is: PERSONAL_CLASSES } as const
const CONTRACT = { field: 'processorContract', is: [true] } as const
const DPIA = { field: 'dpiaRequired', is: [true] } as const

export const privacy = {
  id: 'dataProtection',
  group: 'data',
  label: 'Personal data',
  purpose: 'Which data would be in it, who answers for them, and what protects them.',
  fields: {
    dataClasses: {
      kind: 'choices',
      options: DATA_CLASSES,
      required: true,
      label: 'Which data would be in it',
    },
    volume: {
      kind: 'text',
      translated: true,
      maxCharacters: 300,
      when: PERSONAL,
      label: 'Of how many people, how much',
    },
    ourRole: {
      kind: 'choice',
      required: true,
      when: PERSONAL,
      label: 'We are',
      options: [
        { id: 'controller', label: 'Controller' },
        { id: 'joint', label: 'Joint controller' },
        { id: 'processor', label: 'Processor' },
      ],
    },
    providerRole: {
      kind: 'choice',
      required: true,
      when: PERSONAL,
      label: 'The provider is',
      options: [
        { id: 'processor', label: 'Processor' },
        { id: 'joint_controller', label: 'Joint controller' },
        { id: 'independent_controller', label: 'Controller of its own' },
      ],
    },
    processorContract: {
      kind: 'flag',
      when: PERSONAL,
      label: 'There is a contract of art. 28, or an arrangement of joint controllers.',
    },
    processorContractOn: { kind: 'date', required: true, when: CONTRACT, label: 'Date of that contract' },
    processorContractFile: {
      kind: 'link',
      file: true,
      when: CONTRACT,
      label: 'That contract in Nextcloud Files',
      help: 'Only those who may open the file there can read it.',
    },
    subprocessorAuthorisation: {
      kind: 'choice',
      when: CONTRACT,
      label: 'Sub-processors are authorised',
      options: [
        { id: 'specific', label: 'One by one' },
        { id: 'general', label: 'In general, with notice' },
      ],
    },
    audit: { kind: 'flag', when: CONTRACT, label: 'We may audit it.' },
    deletion: { kind: 'flag', when: CONTRACT, label: 'At the end everything is given back or deleted.' },
    breachNoticeHours: {
      kind: 'number',
      min: 0,
      max: 720,
      unit: 'h',
      when: CONTRACT,
      label: 'Notice of a breach within',
    },
    ownPurposes: {
      kind: 'choices',
      label: 'What the provider uses the content for itself',
      options: [
        { id: 'analytics', label: 'Statistics' },
        { id: 'advertising', label: 'Advertising' },
        { id: 'ai_training', label: 'Training artificial intelligence' },
      ],
    },
    optOut: {
      kind: 'flag',
      when: { field: 'ownPurposes', is: ['analytics', 'advertising', 'ai_training'] },
      label: 'We can say no to that, and do.',
    },
    activity: {
      kind: 'text',
      translated: false,
      maxCharacters: 200,
      when: PERSONAL,
      label: 'Entry in the record of processing activities',
    },
    retention: {
      kind: 'text',
      translated: true,
      maxCharacters: 500,
      when: PERSONAL,
      label: 'How long it is kept',
    },
    dataSubjectRights: {
      kind: 'text',
      translated: true,
      maxCharacters: 500,
      when: PERSONAL,
      label: 'How people get at their data',
    },
    dpiaCriteria: {
      kind: 'choices',
      options: 'dpiaCriteria',
      when: PERSONAL,
      label: 'What makes the risk high',
      help: 'From two of these on, the data protection authority expects an impact assessment in most cases.',
    },
    dpiaRequired: { kind: 'flag', when: PERSONAL, label: 'An impact assessment is needed.' },
    dpiaReason: {
      kind: 'text',
      translated: true,
      maxCharacters: 500,
      when: PERSONAL,
      label: 'Why it is needed, or why not',
    },
    dpiaDoneOn: { kind: 'date', when: DPIA, label: 'Done on' },
    dpiaResidualRisk: {
      kind: 'choice',
      when: DPIA,
      label: 'Risk that is left',
      options: [
        { id: 'low', label: 'Low risk' },
        { id: 'medium', label: 'Medium risk' },
        { id: 'high', label: 'High risk' },
        { id: 'high_consulted', label: 'High risk, and the authority was consulted' },
      ],
    },
    dpiaFile: {
      kind: 'link',
      file: true,
      when: DPIA,
      label: 'The assessment in Nextcloud Files',
      help: 'Only those who may open the file there can read it.',
    },
  },
} as const satisfies Section
