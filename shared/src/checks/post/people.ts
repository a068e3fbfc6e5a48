/** The rights of people who are seen, heard or named (DOMAIN P-31, P-32, P-45). */
import { coversNetwork, holdsOn, type Consent, type ConsentScope } from '../../posts/consent.ts'
import { mentionsIn } from '../../posts/hashtags.ts'
import { plainHandle } from '../../posts/named.ts'
import { personalDataIn, type PersonalKind } from '../../posts/personal-data.ts'
import { fold } from '../../reference/list.ts'
import { networkLabel } from '../../reference/references.ts'
import type { Media } from '../../schema/calendar.ts'
import { message, type Message } from '../finding.ts'
import {
  mediumName,
  onMedium,
  onPost,
  textsOf,
  type Found,
  type PostCheck,
  type Seen,
  type WrittenText,
} from './check.ts'

export const PEOPLE_CHECKS: readonly PostCheck[] = [
  {
    id: 'P-31',
    field: 'mediaIds',
    subject: 'Whoever is shown or named has agreed',
    run: (seen) => [
      ...unsaidFound(seen),
      ...needsOf(seen).flatMap((need) => consentFound(seen, need)),
      ...namedFound(seen),
    ],
  },
  {
    id: 'P-32',
    field: 'mediaIds',
    subject: 'Consents were given freely',
    run: (seen) =>
      needsOf(seen)
        .filter(({ ids }) => ids.some((id) => seen.context.consents?.get(id)?.freelyGiven === false))
        .map(({ path, item }) => ({
          severity: 'block',
          path,
          message: message('A consent for “{item}” was not given freely, and so is none.', { item }),
          fix: message('Take it out or replace it; nothing may depend on saying yes.'),
        })),
  },
  {
    id: 'P-45',
    field: 'text',
    subject: 'It tells nothing of anybody',
    run: (seen) => [
      ...[...textsOf(seen), ...textsOfMedia(seen)].flatMap((text) => personalFound(seen, text)),
      ...inAddressFound(seen),
      // Nobody vouches for what was not looked at.
      ...seen.overlong.map(({ path, field, max }): Found => ({
        severity: 'block',
        path,
        message: message('{field}: longer than {max} characters; what is beyond was not looked at.', {
          field,
          max: String(max),
        }),
        fix: message('Shorten it.'),
      })),
    ],
  },
]

/** Left open is not nobody: whoever has not looked yet cannot send it out in an emergency either. */
const unsaidFound = ({ whole }: Seen): Found[] => [
  ...whole.media
    .filter(({ showsPeople }) => showsPeople === null)
    .map((medium): Found => ({
      severity: 'block',
      path: onMedium(medium, 'showsPeople'),
      message: message('“{item}”: it is not said yet whether there are people in it.', {
        item: mediumName(medium),
      }),
      fix: message('Look, and say it beside the file.'),
    })),
  ...whole.mentions
    .filter(({ who }) => who === null)
    .map(({ id, handle }): Found => ({
      severity: 'block',
      path: `mentions/${id}/who`,
      message: message('“{item}”: it is not said yet whether that is a person.', {
        item: handle.trim() || '…',
      }),
      fix: message('Say it under “Who is named”: a person has to have agreed.'),
    })),
]

/** Something that somebody has to have agreed to. */
interface Need {
  readonly path: string
  readonly item: string
  readonly scope: ConsentScope
  readonly ids: readonly string[]
  readonly children: boolean
}

function needsOf({ whole }: Seen): Need[] {
  return [
    ...whole.media
      // Of adults only those count whom one would know again; of children all, also in the background.
      .filter(({ showsPeople }) => showsPeople === 'identifiable' || showsPeople === 'children')
      .map((medium) => ({
        path: onMedium(medium, 'consentIds'),
        item: mediumName(medium),
        scope: scopeOf(medium),
        ids: medium.consentIds,
        children: medium.showsPeople === 'children',
      })),
    ...whole.mentions
      .filter(({ who }) => who === 'person')
      .map(({ id, handle, consentIds }) => ({
        path: `mentions/${id}/consentIds`,
        item: handle.trim() || '…',
        scope: 'tagging' as const,
        ids: consentIds,
        children: false,
      })),
  ]
}
const scopeOf = ({ kind }: Media): ConsentScope => (kind === 'audio' ? 'voice' : 'image')

function consentFound(seen: Seen, need: Need): Found[] {
  const { path, item, ids, children } = need
  const block = (text: Message, fix: Message): Found => ({ severity: 'block', path, message: text, fix })
  const ask = message('Ask for it and have it noted among the consents, or take it out.')
  if (ids.length === 0) return [block(lacking(need), ask)]
  const { consents } = seen.context
  if (!consents)
    return [
      {
        severity: 'info',
        path,
        message: message('“{item}”: whether the consents hold is not checked here, but when it is sent.', {
          item,
        }),
      },
    ]
  const given = ids.flatMap((id) => consents.get(id) ?? [])
  const found: Found[] = []
  if (given.length < ids.length)
    found.push(block(message('A consent for “{item}” is not in the register any more.', { item }), ask))
  if (given.some(({ withdrawnOn }) => withdrawnOn !== null))
    found.push(
      block(
        message('A consent for “{item}” was withdrawn.', { item }),
        message('Take it out or replace it, also where it has been published already.'),
      ),
    )
  if (children && given.length > 0 && given.every(({ subjectKind }) => subjectKind === 'adult'))
    found.push(
      block(message('“{item}” shows children, and none of its consents is that of a child.', { item }), ask),
    )
  // Those of one person together: an old one that has run out does no harm beside a new one.
  const standing = given.filter(({ withdrawnOn, freelyGiven }) => withdrawnOn === null && freelyGiven)
  for (const own of Map.groupBy(standing, ({ subject }) => fold(subject)).values()) {
    const fault = faultOf(seen, need, own)
    if (fault) found.push(block(fault, ask))
  }
  return found
}

function lacking({ item, scope, children }: Need): Message {
  if (children)
    return message('“{item}” shows children, if only in the background, and names no consent.', { item })
  return scope === 'tagging'
    ? message('“{item}” is a person, and there is no consent to name them.', { item })
    : message('“{item}” has people in it who can be recognised, and names no consent.', { item })
}

/** Why the consents of one person are not enough; the first reason says it. */
function faultOf(seen: Seen, { item, scope }: Need, own: readonly Consent[]): Message | null {
  const scoped = own.filter((consent) => consent.scope.includes(scope))
  if (scoped.length === 0) return NOT_FOR[scope](item)
  const networks = [...new Set(seen.places.flatMap(({ profile }) => profile.network ?? []))]
  const outside = networks.filter((network) => !scoped.some((consent) => coversNetwork(consent, network)))
  if (outside.length > 0)
    return message('A consent for “{item}” is not for {networks}.', {
      item,
      networks: outside.map((id) => networkLabel(id, seen.known.references)).join(', '),
    })
  const inTime = scoped.filter((consent) => holdsOn(consent, seen.goesOutOn))
  if (inTime.length > 0 && networks.every((one) => inTime.some((consent) => coversNetwork(consent, one))))
    return null
  return scoped.every(({ subjectKind, givenBy }) => subjectKind === 'minor_under_age' && givenBy === 'self')
    ? message('A consent for “{item}” is of a child who is too young to give it: their guardian does.', {
        item,
      })
    : message('A consent for “{item}” does not hold on the day on which the post goes out.', { item })
}

const NOT_FOR: { readonly [scope in ConsentScope]: (item: string) => Message } = {
  image: (item) => message('A consent for “{item}” does not say that the image may be shown.', { item }),
  voice: (item) => message('A consent for “{item}” does not say that the voice may be heard.', { item }),
  name: (item) => message('A consent for “{item}” does not say that the person may be named.', { item }),
  tagging: (item) => message('A consent for “{item}” does not say that the person may be named.', { item }),
}

/** Accounts in the text of which nobody has said whose they are; our own need no word. */
function namedFound(seen: Seen): Found[] {
  const said = new Set(
    [...seen.whole.mentions, ...seen.known.profiles.values()].map(({ handle }) => plainHandle(handle)),
  )
  const found = new Map<string, Found>()
  for (const { path, text } of textsOf(seen))
    for (const { name } of mentionsIn(text))
      if (!said.has(plainHandle(name)) && !found.has(plainHandle(name)))
        found.set(plainHandle(name), {
          severity: 'warn',
          path,
          message: message('@{name} is named in the text, and it is not said who that is.', { name }),
          fix: message('Add it under “Who is named”: a person has to have agreed.'),
        })
  return [...found.values()]
}

const textsOfMedia = ({ whole }: Seen): WrittenText[] =>
  whole.media.flatMap((medium) =>
    (['altText', 'transcript'] as const).flatMap((field) =>
      Object.entries(medium[field]).map(([language, text]) => ({
        path: `media/${medium.id}/${field}:${language}`,
        language,
        text,
      })),
    ),
  )

/** Never the telephone: numbers in an address are of the page. */
function inAddressFound(seen: Seen): Found[] {
  const severities = personalDataIn(seen.post.linkUrl, seen.known.ownDomains).map(({ severity }) => severity)
  if (severities.length === 0) return []
  return [
    {
      severity: severities.includes('block') ? 'block' : 'warn',
      path: onPost(seen, 'linkUrl'),
      message: message('There seems to be something in the address in the post that is somebody’s own.'),
      fix: message('Take the address of a page that names nobody.'),
    },
  ]
}

function personalFound({ known }: Seen, { path, language, text }: WrittenText): Found[] {
  return personalDataIn(text, known.ownDomains).map(({ kind, severity, value }) => ({
    severity,
    path,
    message: PERSONAL[kind](`lang:${language}`, value),
    fix:
      severity === 'block'
        ? message('Take it out: it is nobody else’s business.')
        : message('Leave it only when it is that of an office.'),
  }))
}
/** What nobody may publish is not said again in a finding. */
const PERSONAL: { readonly [kind in PersonalKind]: (language: string, value: string) => Message } = {
  nif: (language) =>
    message('There is the number of somebody’s identity card in it ({language}).', { language }),
  iban: (language) => message('There is the number of a bank account in it ({language}).', { language }),
  email: (language, value) =>
    message('“{value}” looks like the e-mail address of a person ({language}).', { language, value }),
  phone: (language, value) =>
    message('“{value}” looks like a telephone number ({language}).', { language, value }),
}
