/**
 * The criteria by which a tool is scored (DOMAIN B.14), their blocks, and the weights an organisation begins with. The anchors
 * say what 0, 1, 3 and 5 mean; 2 and 4 lie between. Texts are English here and the keys of their translations.
 */

export const BLOCKS = [
  { id: 'need', label: 'Need' },
  { id: 'ease', label: 'Ease' },
  { id: 'data', label: 'Data' },
  { id: 'security', label: 'Security' },
  { id: 'access', label: 'Access' },
  { id: 'independence', label: 'Independence' },
] as const
export type BlockId = (typeof BLOCKS)[number]['id']

interface CriterionShape {
  readonly id: string
  readonly block: BlockId
  readonly label: string
  /** What a tool begins with; the organisation's own weights are frozen when a round opens. */
  readonly weight: number
  readonly anchors: { readonly 0: string; readonly 1: string; readonly 3: string; readonly 5: string }
}

export const CRITERIA = [
  {
    id: 'N1',
    block: 'need',
    label: 'Covers an existing need',
    weight: 9,
    anchors: {
      0: 'No need identified',
      1: 'Vague need',
      3: 'Real need, partly covered',
      5: 'Documented need, fully covered',
    },
  },
  {
    id: 'N2',
    block: 'need',
    label: 'Improves individual performance',
    weight: 6,
    anchors: {
      0: 'Makes it worse',
      1: 'No change',
      3: 'Saves time in some tasks',
      5: 'Measured saving in daily tasks',
    },
  },
  {
    id: 'N3',
    block: 'need',
    label: 'Improves collective performance',
    weight: 6,
    anchors: {
      0: 'Isolates people',
      1: 'No change',
      3: 'Some gain in coordination',
      5: 'A new way of working together, shown in a pilot',
    },
  },
  {
    id: 'N4',
    block: 'need',
    label: 'Institutional value and economy',
    weight: 4,
    anchors: {
      0: 'Net loss',
      1: 'Unclear',
      3: 'Neutral in cost, some value',
      5: 'Clear saving or strategic value',
    },
  },
  {
    id: 'U1',
    block: 'ease',
    label: 'Easy to use',
    weight: 8,
    anchors: {
      0: 'Unusable without an expert',
      1: 'Help needed often',
      3: 'Usable after short practice',
      5: 'Intuitive: a pilot without questions',
    },
  },
  {
    id: 'U2',
    block: 'ease',
    label: 'Easy to learn',
    weight: 7,
    anchors: {
      0: 'Over 20 hours of training',
      1: '8 to 20 hours',
      3: '2 to 8 hours',
      5: 'Under an hour, with help in the official languages',
    },
  },
  {
    id: 'D1',
    block: 'data',
    label: 'Where the data are, and under which law',
    weight: 10,
    anchors: {
      0: 'Unknown, or a third country without safeguards',
      1: 'A third country with weak safeguards',
      3: 'Stored in the EU, owned or supported from outside',
      5: 'Stored, processed, supported and owned in the EU or EEA, or on our own servers',
    },
  },
  {
    id: 'D2',
    block: 'data',
    label: 'Guarantees of data protection',
    weight: 7,
    anchors: {
      0: 'No contract, or uses the data for its own ends',
      1: 'Standard terms with gaps',
      3: 'Contract of art. 28, as it comes',
      5: 'Negotiated contract, audit, proof of deletion',
    },
  },
  {
    id: 'D3',
    block: 'data',
    label: 'Says who else takes part, and where data go',
    weight: 5,
    anchors: {
      0: 'No list',
      1: 'List on request',
      3: 'Public list',
      5: 'Public list, notice of changes, right to object',
    },
  },
  {
    id: 'S1',
    block: 'security',
    label: 'Certified security (ENS and others)',
    weight: 8,
    anchors: {
      0: 'None',
      1: 'Another certificate, or of a part only',
      3: 'ISO 27001, or ENS basic declared',
      5: 'ENS certificate of the category needed, for this service',
    },
  },
  {
    id: 'S2',
    block: 'security',
    label: 'Who comes in, and what is recorded',
    weight: 4,
    anchors: {
      0: 'Shared passwords',
      1: 'Password only',
      3: 'Second factor, or sign-in of the house',
      5: 'Both, with roles and records that can be exported',
    },
  },
  {
    id: 'A1',
    block: 'access',
    label: 'Accessibility',
    weight: 6,
    anchors: {
      0: 'Shuts people out',
      1: 'Serious barriers',
      3: 'Partly accessible, with alternatives',
      5: 'Proved to be accessible',
    },
  },
  {
    id: 'A2',
    block: 'access',
    label: 'Without network, and over a slow one',
    weight: 4,
    anchors: {
      0: 'Unusable, or loses work',
      1: 'Unusable over a slow connection',
      3: 'Slow but it works; can be read without network',
      5: 'Edits without network and brings it together',
    },
  },
  {
    id: 'X1',
    block: 'independence',
    label: 'Leaving it and taking everything along',
    weight: 6,
    anchors: {
      0: 'No export',
      1: 'Partly, in a format of its own',
      3: 'Everything, in a documented format',
      5: 'Leaving was tried out, and runs by itself',
    },
  },
  {
    id: 'X2',
    block: 'independence',
    label: 'Open standards and working with others',
    weight: 4,
    anchors: {
      0: 'Closed',
      1: 'One way only',
      3: 'Some standards, or an interface',
      5: 'Open standards and a documented interface',
    },
  },
  {
    id: 'X3',
    block: 'independence',
    label: 'Licence',
    weight: 3,
    anchors: {
      0: 'Proprietary, without escrow of its source',
      1: 'Proprietary, some parts open',
      3: 'Open core',
      5: 'Open source licence (OSI) and a living community',
    },
  },
  {
    id: 'X4',
    block: 'independence',
    label: 'Costs that can be foreseen',
    weight: 3,
    anchors: {
      0: 'Unknown',
      1: 'They change a lot',
      3: 'Stable for a year',
      5: 'Stable for three years, or no licence to pay',
    },
  },
] as const satisfies readonly CriterionShape[]

export type CriterionId = (typeof CRITERIA)[number]['id']
/** Whole numbers of 0 or more, by criterion; what counts is their ratio, and by custom they sum to 100. */
export type Weights = { readonly [criterion in CriterionId]: number }
export const DEFAULT_WEIGHTS = Object.fromEntries(CRITERIA.map(({ id, weight }) => [id, weight])) as Weights
export const SCORE_MAX = 5
