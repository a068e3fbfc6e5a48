/** The page that checks a receipt on whoever's own machine: reads files, asks nobody, keeps nothing. */
import { fingerprintOf, isConfirmed, keyIdOf, parseReceipt, verifyReceipt } from '@auzolan/shared/receipt.ts'
import { openReceiptFile } from '@auzolan/shared/receipt-file.ts'
import { element } from './element.ts'
import { inWords, type Checked } from './verdict.ts'
import { LANGUAGES, language, speak, t } from './words.ts'

const file = (id: string): HTMLInputElement =>
  element('input', { id, type: 'file', 'aria-describedby': `${id}-help` })
// They outlive a change of language: a browser lets nobody fill in a file again for the person.
const receiptInput = file('receipt')
const textInput = file('text')
const keyInput = element('textarea', {
  id: 'key',
  rows: '2',
  spellcheck: 'false',
  autocomplete: 'off',
  'aria-describedby': 'key-help',
})
let shown: Checked | 'no-receipt' | 'no-text' | null = null

async function check(): Promise<Checked | 'no-receipt' | 'no-text'> {
  const receiptFile = receiptInput.files?.[0]
  if (!receiptFile) return 'no-receipt'
  const brought = openReceiptFile(await receiptFile.text())
  const textFile = textInput.files?.[0]
  const text = textFile ? new Uint8Array(await textFile.arrayBuffer()) : brought.text
  const parsed = parseReceipt(brought.receipt)
  if (text === null && parsed.kind === 'receipt') return 'no-text'
  // A key that the person brings is the one that counts: the one in the file may be anybody's.
  const given = keyInput.value.split(/\s+/).filter((word) => word !== '')
  const keys = given.length > 0 ? given : brought.publicKey === null ? [] : [brought.publicKey]
  const verification = await verifyReceipt(brought.receipt, text ?? '', keys)
  const fingerprints = verification.kind === 'checked' ? await Promise.all(keys.map(fingerprintOf)) : []
  const used = fingerprints.find(
    (f) => f !== null && parsed.kind === 'receipt' && keyIdOf(f) === parsed.receipt.key,
  )
  return { verification, fingerprint: used ?? null, keyFrom: given.length > 0 ? 'person' : 'file' }
}

function field(input: HTMLElement, label: string, help: string): HTMLElement {
  return element(
    'p',
    { class: 'field' },
    element('label', { for: input.id }, label),
    element('span', { id: `${input.id}-help`, class: 'help' }, help),
    input,
  )
}

function languageSelect(): HTMLElement {
  const select = element('select', { id: 'language' })
  for (const [tag, name] of Object.entries(LANGUAGES)) {
    const option = element('option', { value: tag, lang: tag }, name)
    option.selected = tag === language()
    select.append(option)
  }
  select.addEventListener('change', () => {
    speak(select.value)
    draw()
    document.getElementById('language')!.focus()
  })
  return element('p', { class: 'language' }, element('label', { for: 'language' }, t('Language')), select)
}

function form(): HTMLElement {
  const made = element(
    'form',
    {},
    field(
      receiptInput,
      t('Receipt'),
      t('The file you downloaded; it may hold the text and the public key too.'),
    ),
    field(textInput, t('Approved text'), t('Only if it came in a file of its own (canonical JSON).')),
    field(
      keyInput,
      t('Public key'),
      t('As the administration publishes it. Without it, the one in the file is used.'),
    ),
    element('button', { type: 'submit' }, t('Check')),
  )
  made.addEventListener('submit', (event) => {
    event.preventDefault()
    void check().then((checked) => {
      shown = checked
      draw()
      document.getElementById('result-title')?.focus()
    })
  })
  return made
}

function result(): HTMLElement {
  if (shown === null) return element('section', { id: 'result', role: 'status' })
  const { title, body } =
    shown === 'no-receipt'
      ? { title: t('Choose a receipt first'), body: [] }
      : shown === 'no-text'
        ? {
            title: t('The text is missing'),
            body: [element('p', {}, t('This file holds the receipt alone. Open the approved text as well.'))],
          }
        : inWords(shown)
  const right = isRight(shown)
  return element(
    'section',
    { id: 'result', role: right ? 'status' : 'alert', class: right ? 'right' : 'wrong' },
    element('h2', { id: 'result-title', tabindex: '-1' }, title),
    ...body,
  )
}

const isRight = (found: NonNullable<typeof shown>): boolean =>
  typeof found === 'object' && isConfirmed(found.verification)

function meaning(): HTMLElement {
  const list = (...lines: string[]): HTMLElement =>
    element('ul', {}, ...lines.map((line) => element('li', {}, line)))
  return element(
    'section',
    { class: 'meaning' },
    element('h2', {}, t('What this proves')),
    list(
      t('That the key signed exactly this receipt, for exactly this text.'),
      t('That it did so at the time in the receipt, by the clock of the server.'),
    ),
    element('h2', {}, t('What this does not prove')),
    list(
      t('Whose key it is: compare its fingerprint with the one the administration publishes.'),
      t('That the person was entitled to decide, beyond the rules of the server.'),
      t('That the clock of the server was right.'),
      t('That no later decision has replaced this one.'),
    ),
  )
}

function draw(): void {
  document.documentElement.lang = language()
  document.title = t('Check a receipt')
  document.querySelector('main')!.replaceChildren(
    languageSelect(),
    element('h1', {}, t('Check a receipt')),
    element('p', {}, t('Does this receipt belong to this text? Nothing leaves your computer.')),
    form(),
    result(),
    // What did not pass, or was not even looked at, proves nothing.
    ...(shown === null || isRight(shown) ? [meaning()] : []),
  )
}

draw()
