/**
 * What no points make up for (DOMAIN B.14, E-K1…E-K12): computed on the text of a version. A block touches classes of data; for others
 * the tool can still be recommended, under conditions.
 */
import type { References } from '../../reference/references.ts'
import { citesDecision, locationOf, type Happening, type Location } from '../../location/location.ts'
import { UNKNOWN_COUNTRY } from '../../location/countries.ts'
import { holds, isInEea, isInUnion } from '../../location/zones.ts'
import type { Evaluation } from '../../schema/evaluation.ts'
import type { UseLevel } from '../../schema/evaluation/levels.ts'
import { DATA_CLASSES, PERSONAL_CLASSES, type DataClass } from '../../schema/evaluation/privacy.ts'
import { message, type Message } from '../finding.ts'
import { classesAt, levelsAt } from './allowed.ts'
import { neededCategory } from './ens.ts'

export type BlockId = `E-K${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12}`

export interface Block {
  readonly id: BlockId
  /** Those it stands against; all of them where it is about the tool itself. */
  readonly touches: readonly DataClass[]
  readonly section: string
  readonly path: string
  readonly message: Message
  readonly fix: Message
}

type Lists = Pick<References, 'eea' | 'adequacy'>
interface Known {
  readonly evaluation: Evaluation
  readonly location: Location
  readonly lists: Lists
  readonly today: string
  /** At which it would be used: what was evaluated, and what is allowed. */
  readonly levels: readonly UseLevel[]
  /** That would be in it, likewise. */
  readonly classes: readonly DataClass[]
}
type Found = Omit<Block, 'id' | 'touches'> & { readonly touches?: readonly DataClass[] }

const ALL = DATA_CLASSES.map(({ id }) => id)
const PERSONAL: readonly DataClass[] = PERSONAL_CLASSES
const SENSITIVE: readonly DataClass[] = ['special_art9', 'criminal_art10']
/** Of citizens, or guarded by the law even more. */
const OF_CITIZENS: readonly DataClass[] = [
  'personal_citizen',
  'vulnerable_or_minors',
  'special_art9',
  'criminal_art10',
  'secret_or_classified',
]

interface BlockRule {
  readonly id: BlockId
  /** At which levels of use; at all of them where none is said. */
  readonly levels?: readonly UseLevel[]
  /** Only if one of these would be in it, and those are what it stands against. */
  readonly of?: readonly DataClass[]
  /** What it stands against, whatever would be in it; without a word of it, everything. */
  readonly touches?: readonly DataClass[]
  readonly find: (known: Known) => Found | null
}

const at = (path: string): { readonly section: string; readonly path: string } => ({
  section: path.includes('/') ? 'dataLocation' : path.split('.')[0]!,
  path,
})

const RULES: readonly BlockRule[] = [
  {
    id: 'E-K1',
    of: SENSITIVE,
    find: ({ location }) => {
      const out = location.happenings.find(outsideProtection)
      return out
        ? {
            ...at(`${out.path}/country`),
            message: message('Data that the law guards most could be reached from outside the EEA.'),
            fix: message(
              'Keep such data out of this tool, or have them stay where the protection is adequate.',
            ),
          }
        : null
    },
  },
  {
    id: 'E-K2',
    of: PERSONAL,
    find: ({ location }) => {
      const bare = location.happenings.find(unguarded)
      return bare
        ? {
            ...at(`${bare.path}/mechanism`),
            message: message('Personal data go to a place without a safeguard that holds.'),
            fix: message(
              'Ask for standard clauses with a transfer assessment, or for that place to be left out.',
            ),
          }
        : null
    },
  },
  {
    id: 'E-K3',
    of: PERSONAL,
    find: ({ evaluation: { dataProtection } }) =>
      dataProtection.processorContract
        ? null
        : {
            ...at('dataProtection.processorContract'),
            message: message('Personal data, and no contract of art. 28.'),
            fix: message('Have the contract signed, or an arrangement between joint controllers.'),
          },
  },
  {
    id: 'E-K4',
    touches: PERSONAL,
    find: ({ evaluation: { dataLocation }, location }) => {
      if (dataLocation.strategicRegisters.length === 0) return null
      const out = location.happenings.find(
        ({ activity, zone }) =>
          ['storage', 'backup', 'processing', 'subprocessor'].includes(activity) && !isInUnion(zone),
      )
      return out
        ? {
            ...at(`${out.path}/country`),
            message: message('Data of a register that must stay in the EU would leave it.'),
            fix: message('Keep the register out of this tool, or have it stored and processed in the EU.'),
          }
        : null
    },
  },
  {
    id: 'E-K5',
    levels: ['institutional'],
    find: ({ evaluation: { security }, today }) => {
      const needed = neededCategory(security)
      if (needed !== 'medium' && needed !== 'high') return null
      const order = ['basic', 'medium', 'high']
      const has =
        security.conformity === 'certificate' &&
        order.indexOf(security.certificateCategory ?? '') >= order.indexOf(needed) &&
        security.scopeCoversService &&
        security.certificateExpiresOn !== null &&
        security.certificateExpiresOn >= today
      return has
        ? null
        : {
            ...at('security.conformity'),
            message: message(
              'There is no ENS certificate in force, of the category needed, that covers this service.',
            ),
            fix: message(
              'Ask the provider for it, or use the tool for what needs no more than the basic category.',
            ),
          }
    },
  },
  {
    id: 'E-K6',
    levels: ['institutional'],
    of: PERSONAL,
    find: ({ evaluation: { dataProtection: data }, today }) => {
      if (!data.dpiaRequired) return null
      // One that is planned for a day to come is not done.
      if (data.dpiaDoneOn === null || data.dpiaDoneOn > today)
        return {
          ...at('dataProtection.dpiaDoneOn'),
          message: message('An impact assessment is needed, and not done.'),
          fix: message('Do it with the data protection officer before this is decided.'),
        }
      return data.dpiaResidualRisk === 'high'
        ? {
            ...at('dataProtection.dpiaResidualRisk'),
            message: message('The risk that is left is high, and the authority was not consulted.'),
            fix: message('Lower the risk, or consult the data protection authority (GDPR, art. 36).'),
          }
        : null
    },
  },
  {
    id: 'E-K7',
    of: OF_CITIZENS,
    find: ({ evaluation: { cost, useLevel }, levels, classes }) => {
      const touches = classes.filter((one) => OF_CITIZENS.includes(one))
      if (levels.includes('individual'))
        return {
          ...at(useLevel.level === 'individual' ? 'useLevel.level' : 'decision.allowedLevels'),
          touches,
          message: message('Somebody’s own use is no place for data of citizens, whatever was signed.'),
          fix: message('Evaluate it for the organisation, or leave these data out.'),
        }
      const free = cost.model === 'free' || cost.model === 'freemium'
      return free && !cost.contracted
        ? {
            ...at('cost.contracted'),
            touches,
            message: message('Data of citizens in a tool that is free of charge and not contracted.'),
            fix: message(
              'Only by contract can the administration protect them: contract it, or leave these data out.',
            ),
          }
        : null
    },
  },
  {
    id: 'E-K8',
    levels: ['collective', 'institutional'],
    find: ({ evaluation: { independence } }) =>
      independence.exports === 'nothing'
        ? {
            ...at('independence.exports'),
            message: message('Nothing can be taken along.'),
            fix: message('Ask for an export, or choose a tool that has one.'),
          }
        : null,
  },
  {
    id: 'E-K9',
    of: PERSONAL,
    find: ({ location }) => {
      const lost = location.happenings.find(({ country }) => country === UNKNOWN_COUNTRY)
      return lost
        ? {
            ...at(`${lost.path}/country`),
            message: message('Nobody knows in which country something is done with personal data.'),
            fix: message('Ask the provider, and have it written into the contract.'),
          }
        : null
    },
  },
  {
    id: 'E-K10',
    touches: PERSONAL,
    find: ({ location, lists, today }) => {
      const fallen = location.happenings.find(
        (one) =>
          !isInEea(one.zone) &&
          (one.mechanism === 'adequacy' || one.mechanism === 'dpf') &&
          !(
            citesDecision(one) &&
            lists.adequacy.some(({ id, ...on }) => id === one.country && holds(on, today))
          ),
      )
      return fallen
        ? {
            ...at(`${fallen.path}/mechanism`),
            message: message('A transfer relies on an adequacy decision that does not hold (any more).'),
            fix: message('Agree on another safeguard, or have that place left out.'),
          }
        : null
    },
  },
  {
    id: 'E-K11',
    levels: ['institutional'],
    find: ({ evaluation: { accessibility } }) => {
      if (!accessibility.mandatory && !accessibility.audience.includes('citizens')) return null
      const shut = accessibility.barriers.find(
        ({ serious, alternative }) =>
          serious && Object.values(alternative).every((text) => text.trim() === ''),
      )
      return shut
        ? {
            section: 'accessibility',
            path: `barriers/${shut.id}/alternative`,
            message: message('A barrier shuts somebody out, and they have no other way.'),
            fix: message('Offer another way, and write it down.'),
          }
        : null
    },
  },
  {
    id: 'E-K12',
    of: PERSONAL,
    find: ({ evaluation: { dataProtection: data } }) =>
      data.ownPurposes.some((purpose) => purpose !== 'analytics') && !data.optOut
        ? {
            ...at('dataProtection.ownPurposes'),
            message: message('The provider uses the content for its own ends, and we cannot say no.'),
            fix: message('Agree that it does not, or leave personal data out.'),
          }
        : null,
  },
]

/** Those that stand, in the order of their numbers. */
export const blocksOf = (evaluation: Evaluation, lists: Lists, today: string): readonly Block[] =>
  standing({
    evaluation,
    lists,
    today,
    classes: classesAt(evaluation),
    location: locationOf(evaluation, lists, today),
    levels: levelsAt(evaluation),
  })

function standing(known: Known): readonly Block[] {
  return RULES.flatMap(({ id, levels, of, touches, find }): Block[] => {
    if (levels && !known.levels.some((level) => levels.includes(level))) return []
    const touched = of ? known.classes.filter((one) => of.includes(one)) : (touches ?? ALL)
    if (touched.length === 0) return []
    const found = find(known)
    return found ? [{ touches: touched, ...found, id }] : []
  })
}

/**
 * Those that would stand against these data, were they put into the tool at the level it was evaluated for; not what is about the tool whatever
 * is in it. What is only asked where data of people would be in it has no answer where nobody thought of any: no block rests on that.
 */
export function blocksAgainst(
  evaluation: Evaluation,
  data: DataClass,
  lists: Lists,
  today: string,
): readonly Block[] {
  const { level } = evaluation.useLevel
  const thoughtOf = classesAt(evaluation).some((one) => PERSONAL.includes(one))
  return standing({
    evaluation,
    lists,
    today,
    classes: [data],
    location: locationOf(evaluation, lists, today),
    levels: level === null ? levelsAt(evaluation) : [level as UseLevel],
  }).filter(
    ({ touches, section }) =>
      touches !== ALL && touches.includes(data) && (thoughtOf || section !== 'dataProtection'),
  )
}

/** Whether a block stands against what would be in the tool: then no points make up for it. */
export const standsAgainst = (block: Pick<Block, 'touches'>, classes: readonly string[]): boolean =>
  block.touches.some((one) => classes.includes(one))

/** What is done with content outside the EEA, and not under an adequacy decision that covers whoever does it. */
const outsideProtection = (one: Happening): boolean =>
  one.activity !== 'telemetry' &&
  (one.zone === 'THIRD' || (one.zone === 'ADEQUATE_PARTIAL' && !citesDecision(one)))

/**
 * Outside the EEA nothing was agreed on, or in a country without adequate protection nothing but an exception. What nobody has said
 * is not agreed on; where nobody knows the country, that is what is said (E-K9).
 */
const unguarded = ({ mechanism, zone }: Happening): boolean =>
  !isInEea(zone) &&
  zone !== 'UNKNOWN' &&
  (mechanism === 'none' ||
    (mechanism === null && zone !== 'ADEQUATE') ||
    mechanism === 'eea' ||
    (zone === 'THIRD' && mechanism === 'art49'))
