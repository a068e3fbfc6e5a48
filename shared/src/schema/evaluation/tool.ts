/** Which tool, in which version, for what (DOMAIN B.1) [SEED L225–235]. One evaluation is one tool for one use. */
import { TOOL_NAME_MAX_CHARACTERS } from '../../limits.ts'
import type { Section } from '../fields.ts'
import { YES_NO_UNKNOWN } from './answers.ts'

export const tool = {
  id: 'tool',
  group: 'tool',
  label: 'Identification',
  purpose:
    'Which tool, in which version or plan, and for what: the same tool for another use is another evaluation.',
  seed: {
    text: 'The cloud is another way of getting computing: paid as needed, without machines of one’s own, managed from here. But the data may lie in others’ hands, anywhere, and be moved from there to elsewhere.',
    section: 9,
  },
  fields: {
    title: {
      kind: 'text',
      translated: true,
      maxCharacters: 200,
      required: true,
      label: 'Title of the evaluation',
      example: 'Video calls with citizens',
    },
    toolName: {
      kind: 'text',
      translated: false,
      maxCharacters: TOOL_NAME_MAX_CHARACTERS,
      required: true,
      label: 'Name of the tool',
    },
    versionOrPlan: {
      kind: 'text',
      translated: false,
      maxCharacters: 120,
      required: true,
      label: 'Version, or plan that one pays for',
      example: 'Public Sector',
    },
    url: { kind: 'link', label: 'Website of the tool' },
    sourceCodeUrl: { kind: 'link', label: 'Where its source code is' },
    vendor: {
      kind: 'text',
      translated: false,
      maxCharacters: 200,
      required: true,
      label: 'Who makes or offers it',
    },
    description: {
      kind: 'text',
      translated: true,
      maxCharacters: 1_000,
      required: true,
      label: 'What it is',
    },
    intendedUse: {
      kind: 'text',
      translated: true,
      maxCharacters: 1_000,
      required: true,
      label: 'What we want it for',
      example: 'Appointments with citizens by video, and committees',
    },
    category: { kind: 'choice', options: 'toolCategories', required: true, label: 'Kind of tool' },
    deployment: {
      kind: 'choice',
      required: true,
      label: 'How one gets it',
      options: [
        { id: 'saas', label: 'As a service, in the browser' },
        { id: 'self_hosted', label: 'On our own servers' },
        { id: 'managed_in_admin_cloud', label: 'In a cloud of the administration' },
        { id: 'desktop', label: 'Installed on the computer' },
        { id: 'mobile', label: 'An app on the phone' },
        { id: 'hybrid', label: 'Partly here, partly as a service' },
      ],
    },
    cloudModel: {
      kind: 'choice',
      label: 'Kind of cloud',
      options: [
        { id: 'public', label: 'Public cloud' },
        { id: 'private', label: 'Private cloud' },
        { id: 'community', label: 'Community cloud' },
        { id: 'hybrid', label: 'Hybrid cloud' },
        { id: 'none', label: 'No cloud' },
      ],
    },
    serviceModel: {
      kind: 'choice',
      label: 'What is rented',
      options: [
        { id: 'saas', label: 'A program (SaaS)' },
        { id: 'paas', label: 'A platform (PaaS)' },
        { id: 'iaas', label: 'Machines (IaaS)' },
        { id: 'none', label: 'Nothing' },
      ],
    },
    scalesWithNeed: {
      kind: 'choice',
      required: true,
      label: 'Does one pay for what one needs, and no more?',
      options: YES_NO_UNKNOWN,
    },
    avoidsInvestment: {
      kind: 'choice',
      required: true,
      label: 'Does it save us from buying machines?',
      options: YES_NO_UNKNOWN,
    },
    dataUnderOurControl: {
      kind: 'choice',
      required: true,
      label: 'Do the data stay under our control?',
      options: YES_NO_UNKNOWN,
    },
    evaluatedOn: { kind: 'date', required: true, label: 'Looked at on' },
    departments: {
      kind: 'choices',
      options: 'departments',
      required: true,
      label: 'Departments that evaluate it',
    },
  },
} as const satisfies Section
