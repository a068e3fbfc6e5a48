/** Security and the National Security Scheme (DOMAIN B.8; RD 311/2022). */
import type { Option, Section } from '../fields.ts'
import { SHARED_USE } from './levels.ts'
import { YES_NO_UNKNOWN } from './answers.ts'

export const ENS_LEVELS = [
  { id: 'none', label: 'Not applicable' },
  { id: 'low', label: 'Low level' },
  { id: 'medium', label: 'Medium level' },
  { id: 'high', label: 'High level' },
] as const satisfies readonly Option[]
const CATEGORIES = [
  { id: 'basic', label: 'Basic category' },
  { id: 'medium', label: 'Medium category' },
  { id: 'high', label: 'High category' },
] as const satisfies readonly Option[]

const CERTIFICATE = { field: 'conformity', is: ['certificate'] } as const
const dimension = <L extends string>(label: L) => ({ kind: 'choice', options: ENS_LEVELS, label }) as const

export const security = {
  id: 'security',
  group: 'data',
  label: 'Security and ENS',
  purpose: 'How much damage there could be, and what the provider proves about guarding against it.',
  when: SHARED_USE,
  fields: {
    confidentiality: dimension('Confidentiality'),
    integrity: dimension('Integrity'),
    traceability: dimension('Traceability'),
    authenticity: dimension('Authenticity'),
    availability: dimension('Availability'),
    conformity: {
      kind: 'choice',
      required: true,
      label: 'What the provider has of the ENS',
      options: [
        { id: 'none', label: 'Nothing' },
        { id: 'declaration', label: 'Declaration of conformity' },
        { id: 'certificate', label: 'Certification of conformity' },
      ],
    },
    certificateCategory: {
      kind: 'choice',
      options: CATEGORIES,
      required: true,
      when: { field: 'conformity', is: ['certificate', 'declaration'] },
      label: 'Of which category',
    },
    certificateBody: {
      kind: 'text',
      translated: false,
      maxCharacters: 200,
      when: CERTIFICATE,
      label: 'Who certified it',
    },
    certificateNumber: {
      kind: 'text',
      translated: false,
      maxCharacters: 120,
      when: CERTIFICATE,
      label: 'Number of the certificate',
    },
    certificateScope: {
      kind: 'text',
      translated: true,
      maxCharacters: 500,
      required: true,
      when: CERTIFICATE,
      label: 'What it covers',
      help: 'It has to name the service that is evaluated.',
    },
    scopeCoversService: { kind: 'flag', when: CERTIFICATE, label: 'It covers this service.' },
    certificateIssuedOn: { kind: 'date', when: CERTIFICATE, label: 'Issued on' },
    certificateExpiresOn: { kind: 'date', required: true, when: CERTIFICATE, label: 'Expires on' },
    certificateFile: {
      kind: 'link',
      file: true,
      when: CERTIFICATE,
      label: 'The certificate in Nextcloud Files',
      help: 'Only those who may open the file there can read it.',
    },
    otherCertificates: {
      kind: 'choices',
      label: 'Other certificates',
      options: [
        { id: 'iso27001', label: 'ISO/IEC 27001' },
        { id: 'iso27017', label: 'ISO/IEC 27017' },
        { id: 'iso27018', label: 'ISO/IEC 27018' },
        { id: 'soc2', label: 'SOC 2' },
        { id: 'c5', label: 'C5' },
        { id: 'secnumcloud', label: 'SecNumCloud' },
        { id: 'cpstic', label: 'CPSTIC' },
        { id: 'eucs', label: 'EUCS' },
        { id: 'other', label: 'Another certificate' },
      ],
    },
    singleSignOn: { kind: 'choice', options: YES_NO_UNKNOWN, label: 'Sign-in of the house (SSO)' },
    secondFactor: { kind: 'choice', options: YES_NO_UNKNOWN, label: 'Second factor' },
    provisioning: {
      kind: 'choice',
      options: YES_NO_UNKNOWN,
      label: 'Accounts made and ended by our directory',
    },
    logs: { kind: 'text', translated: true, maxCharacters: 500, label: 'What is recorded, and for how long' },
    backup: {
      kind: 'text',
      translated: true,
      maxCharacters: 500,
      label: 'Copies, and how they are brought back',
    },
    incidents: {
      kind: 'text',
      translated: true,
      maxCharacters: 500,
      label: 'What they do when something happens',
    },
    vulnerabilities: {
      kind: 'text',
      translated: true,
      maxCharacters: 500,
      label: 'How they deal with vulnerabilities',
    },
    alreadyUsed: {
      kind: 'text',
      translated: true,
      maxCharacters: 500,
      restricted: true,
      label: 'Where it is used already without anybody having decided so',
    },
  },
} as const satisfies Section
