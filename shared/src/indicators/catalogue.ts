/** How an indicator can come about, and what about: choices of the plan's text (DOMAIN A.14), so without what computes them. */

/** «Fidelidad o interés», the two words of the source document [SEED L195], and what administrations ask beside them. */
export const DIMENSIONS = [
  { id: 'loyalty', label: 'Loyalty' },
  { id: 'interest', label: 'Interest' },
  { id: 'reach', label: 'Reach' },
  { id: 'service', label: 'Service' },
  { id: 'language', label: 'Language' },
  { id: 'accessibility', label: 'Accessibility' },
  { id: 'impact_proxy', label: 'A hint of the effect' },
] as const
export type Dimension = (typeof DIMENSIONS)[number]['id']

export const MEASURE_UNITS = [
  { id: 'count', label: 'times' },
  { id: 'percent', label: '%' },
  { id: 'minutes', label: 'minutes' },
  { id: 'ratio', label: 'ratio' },
] as const
export type MeasureUnit = (typeof MEASURE_UNITS)[number]['id']

export const MEASURE_PERIODS = [
  { id: 'week', label: 'week' },
  { id: 'month', label: 'month' },
  { id: 'quarter', label: 'quarter' },
  { id: 'year', label: 'year' },
] as const
export type MeasurePeriod = (typeof MEASURE_PERIODS)[number]['id']

/** Counts as the network gives them [SEED L199], then what is computed from them. */
export const FORMULAS = [
  { id: 'followers', label: 'Followers' },
  { id: 'likes', label: 'Likes' },
  { id: 'comments', label: 'Comments' },
  { id: 'shares', label: 'Shares' },
  { id: 'posts', label: 'Posts' },
  { id: 'reach', label: 'Reach' },
  { id: 'impressions', label: 'Impressions' },
  { id: 'views', label: 'Views' },
  { id: 'clicks', label: 'Clicks' },
  { id: 'growth', label: 'Growth of followers' },
  { id: 'interactions', label: 'Interactions' },
  { id: 'er_post', label: 'Interaction per post' },
  { id: 'er_followers', label: 'Interaction by followers' },
  { id: 'er_reach', label: 'Interaction by reach' },
  { id: 'er_impressions', label: 'Interaction by impressions' },
  { id: 'applause', label: 'Likes per post' },
  { id: 'conversation', label: 'Comments per post' },
  { id: 'amplification', label: 'Shares per post' },
  { id: 'response_rate', label: 'Questions answered, of those received' },
  { id: 'response_time', label: 'Time until the answer' },
  { id: 'language_balance', label: 'Posts in a language, of all' },
  { id: 'alt_rate', label: 'Images and videos with alternative text' },
  { id: 'net_sentiment', label: 'Balance of what is said of us' },
] as const
export type FormulaKey = (typeof FORMULAS)[number]['id']
export const isFormula = (key: unknown): key is FormulaKey => FORMULAS.some(({ id }) => id === key)
