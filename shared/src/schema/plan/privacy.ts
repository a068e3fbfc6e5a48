/** Privacy (DOMAIN A.8) [SEED L161–167]: which privacy, and whose, must an administration protect? */
import type { Option, Section } from '../fields.ts'

/** Whose privacy: the rows of the seed's question. */
export const WHOSE = [
  { id: 'followers', label: 'Citizens who follow us or comment' },
  { id: 'pictured', label: 'People in pictures, or tagged' },
  { id: 'staff', label: 'Staff who look after accounts' },
  { id: 'mentioned', label: 'Third parties in what we log from listening' },
  { id: 'children', label: 'Children' },
  { id: 'others', label: 'Others' },
] as const satisfies readonly Option[]

/** Legal bases of processing (GDPR art. 6.1). */
const BASES = [
  { id: 'consent', label: 'Consent (art. 6.1.a)' },
  { id: 'contract', label: 'Contract (art. 6.1.b)' },
  { id: 'obligation', label: 'Legal obligation (art. 6.1.c)' },
  { id: 'vital', label: 'Vital interest (art. 6.1.d)' },
  { id: 'public_task', label: 'Public task (art. 6.1.e)' },
] as const satisfies readonly Option[]

export const privacy = {
  id: 'privacy',
  group: 'how',
  label: 'Privacy',
  purpose: 'Which privacy we protect, and whose: said for each, so that everybody knows what to do.',
  seed: {
    text: 'Which privacy, and whose, must an administration protect? Good will alone is not enough: it takes clear guidelines.',
    section: 4,
  },
  fields: {
    protected: {
      kind: 'list',
      root: 'protected',
      required: true,
      label: 'Whose privacy, and how',
      add: 'Add whose privacy',
      item: {
        whose: { kind: 'choice', options: WHOSE, required: true, label: 'Whose' },
        how: {
          kind: 'text',
          translated: true,
          maxCharacters: 1_000,
          required: true,
          label: 'What we do, and what we do not do',
        },
        purpose: {
          kind: 'text',
          translated: true,
          maxCharacters: 300,
          label: 'What their data is used for',
          example: 'Answering what people ask us',
        },
        activity: {
          kind: 'text',
          translated: false,
          maxCharacters: 200,
          label: 'Entry in the record of processing activities',
        },
        basis: { kind: 'choice', options: BASES, label: 'Legal basis' },
        retentionMonths: {
          kind: 'number',
          min: 0,
          max: 600,
          unit: 'months',
          label: 'Kept for',
          help: 'What is logged from listening: 12 months, then without names.',
        },
        arrangement: {
          kind: 'text',
          translated: true,
          maxCharacters: 500,
          label: 'Arrangement with the network (joint controllers)',
          help: 'Whoever runs a page answers together with the network for the data of its visitors (CJEU C-210/16).',
        },
        statistics: {
          kind: 'text',
          translated: true,
          maxCharacters: 300,
          label: 'Statistics of the network that we use',
        },
      },
    },
    minorsAge: {
      kind: 'number',
      min: 13,
      max: 18,
      unit: 'years',
      label: 'Age from which children consent themselves',
      help: 'Fourteen by the law in force (LOPDGDD art. 7); a bill would raise it.',
    },
    paidTargeting: { kind: 'flag', label: 'Some profile pays for adverts to chosen people.' },
    contactLists: { kind: 'flag', label: 'Some profile uploads lists of contacts to a network.' },
    addressesChildren: { kind: 'flag', label: 'Some profile speaks to children.' },
    replies: {
      kind: 'list',
      root: 'replies',
      required: true,
      label: 'Quick replies',
      help: 'No case of anybody is dealt with in public: one of them asks people to write by the official channel.',
      add: 'Add a quick reply',
      item: {
        purpose: {
          kind: 'choice',
          required: true,
          label: 'When it is used',
          options: [
            { id: 'official_channel', label: 'Somebody tells their own case in public' },
            { id: 'thanks', label: 'Somebody thanks us or praises' },
            { id: 'out_of_hours', label: 'Outside opening hours' },
            { id: 'other', label: 'Something else' },
          ],
        },
        text: {
          kind: 'text',
          translated: true,
          maxCharacters: 500,
          required: true,
          label: 'Text of the reply',
        },
      },
    },
  },
} as const satisfies Section
