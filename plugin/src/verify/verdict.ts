/** What came out of a check, in words: whether it all belongs together, each part, and what the receipt says. */
import { isConfirmed, type Receipt, type Verification } from '@auzolan/shared/receipt.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import { element, grouped, terms } from './element.ts'
import { language, t } from './words.ts'

export interface Checked {
  readonly verification: Verification
  /** Fingerprint of the public key that was used, and whether the person brought it or the file did. */
  readonly fingerprint: string | null
  readonly keyFrom: 'person' | 'file'
}

type Checking = Extract<Verification, { kind: 'checked' }>

/** Heading and content of the result. */
export function inWords({ verification, fingerprint, keyFrom }: Checked): { title: string; body: Node[] } {
  const paragraph = (text: string): HTMLElement => element('p', {}, text)
  switch (verification.kind) {
    case 'not-a-receipt':
      return {
        title: t('This is not a receipt'),
        body: [
          paragraph(t('The file is no receipt of a decision, or it was damaged.')),
          ...(verification.at === '' ? [] : [terms([[t('What does not fit'), verification.at]])]),
        ],
      }
    case 'newer-format':
      return {
        title: t('This receipt is newer than this page'),
        body: [
          paragraph(t('It may well be right. Ask the administration for the current version of this page.')),
        ],
      }
    case 'cannot-check':
      return {
        title: t('This browser cannot check signatures'),
        body: [
          paragraph(
            t(
              'It does not know Ed25519 yet. A current Firefox, Chrome, Edge or Safari does; nothing is wrong with your files.',
            ),
          ),
        ],
      }
    case 'checked':
      return {
        title: isConfirmed(verification) ? t('They belong together') : t('They do not belong together'),
        body: [
          terms([
            [t('Text'), textLine(verification)],
            [t('Signature'), signatureLine(verification)],
          ]),
          ...keyNote(verification, keyFrom),
          ...(fingerprint === null ? [] : [terms([[t('Fingerprint of the key'), grouped(fingerprint)]])]),
          element(
            'h3',
            {},
            verification.signature === 'matches'
              ? t('What the receipt says')
              : t('What the receipt says, unconfirmed'),
          ),
          contents(verification),
        ],
      }
  }
}

const textLine = ({ text }: Checking): string =>
  text === 'matches'
    ? t('Matches: it is exactly the text of the receipt.')
    : t('Does not match: it is not the text of the receipt, or it was changed.')

function signatureLine({ signature }: Checking): string {
  switch (signature) {
    case 'matches':
      return t('Matches: nothing in the receipt was changed after it was signed.')
    case 'differs':
      return t(
        'Does not match: the receipt was changed after it was signed, or it was never signed with this key.',
      )
    case 'key-unknown':
      return t('Not checked: the public key is missing, or it is not the one the receipt names.')
  }
}

function keyNote({ signature }: Checking, keyFrom: Checked['keyFrom']): Node[] {
  if (signature !== 'matches') return []
  const note =
    keyFrom === 'person'
      ? t('Checked with the public key you gave.')
      : t(
          'The public key came with the file. Compare its fingerprint with the one the administration publishes.',
        )
  return [element('p', { class: 'note' }, note)]
}

const inLanguage = (names: Translated<string>): string => names[language()] ?? Object.values(names)[0] ?? ''

/**
 * The same in every language and time zone first: whoever compares two prints reads the same figures. Then by the clock of
 * whoever reads, with its zone; they know the decision by that.
 */
const moment = (at: string): HTMLElement => {
  const offset = -new Date(at).getTimezoneOffset()
  const world = `${figures(at)} UTC`
  if (offset === 0) return element('time', { datetime: at }, world)
  const here = new Date(Date.parse(at) + offset * 60_000).toISOString()
  const hours = String(Math.floor(Math.abs(offset) / 60)).padStart(2, '0')
  const minutes = String(Math.abs(offset) % 60).padStart(2, '0')
  const zone = `UTC${offset < 0 ? '−' : '+'}${hours}:${minutes}`
  return element('time', { datetime: at }, `${world} (${figures(here)} ${zone})`)
}
const figures = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 19)}`

function contents({ receipt, text, sha256 }: Checking): HTMLElement {
  const { by } = receipt
  return terms([
    [t('Decision'), verdictOf(receipt)],
    [t('Document'), inLanguage(receipt.title)],
    [t('Version'), String(receipt.version)],
    [t('Organisation'), inLanguage(receipt.organisation) || '–'],
    // The role is that of the place in the route: with a delegation it belongs to whoever has given it.
    ...(by.onBehalfOf === undefined
      ? [[t('Decided by'), `${by.name} (${roleOf(by.role)})`] as const]
      : [
          [t('Decided by'), `${by.name} (${t('by delegation')})`] as const,
          [t('On behalf of'), `${by.onBehalfOf} (${roleOf(by.role)})`] as const,
        ]),
    [t('Date'), moment(receipt.at)],
    ...(receipt.conditions === '' ? [] : [[t('Conditions'), receipt.conditions] as const]),
    ...receipt.waivers.map(
      ({ check, reason }) => [t('Accepted although check {check} fails', { check }), reason] as const,
    ),
    [t('Fingerprint of the text'), grouped(receipt.sha256)],
    ...(text === 'matches' ? [] : [[t('Fingerprint of the text you opened'), grouped(sha256)] as const]),
    [t('Key'), element('code', {}, receipt.key)],
    [t('Number of the decision'), element('code', {}, receipt.id)],
  ])
}

function verdictOf({ verdict }: Receipt): string {
  switch (verdict) {
    case 'approve':
      return t('Approved')
    case 'request_changes':
      return t('Changes requested')
  }
}

function roleOf(role: string): string {
  const names: { readonly [role: string]: string } = {
    approver: t('Approver'),
    coordinator: t('Coordinator'),
    director: t('Director (reviewer)'),
  }
  return Object.hasOwn(names, role) ? names[role]! : role
}
