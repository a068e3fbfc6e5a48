/** What looks like personal data in a text that will be public (P-45), and what does not. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { personalDataIn } from '@auzolan/shared/posts/personal-data.ts'

const OWN = ['haranberri.eus']
const found = (text: string) => personalDataIn(text, OWN).map(({ kind, value }) => `${kind}: ${value}`)

describe('[PD1] is found', () => {
  it.each([
    // Examples with the right letter, as the Ministry of the Interior publishes them.
    ['DNI: 12345678Z.', ['nif: 12345678Z']],
    ['nire nana 12.345.678-Z da', ['nif: 12.345.678-Z']],
    ['(12345678-z)', ['nif: 12345678-z']],
    ['12345678 Z, 00000000T', ['nif: 12345678 Z', 'nif: 00000000T']],
    ['NIE X1234567L, Y-1234567-X eta z1234567r', ['nif: X1234567L', 'nif: Y-1234567-X', 'nif: z1234567r']],
    // Examples of the IBAN registry.
    ['ES91 2100 0418 4502 0005 1332', ['iban: ES91 2100 0418 4502 0005 1332']],
    ['es9121000418450200051332', ['iban: es9121000418450200051332']],
    ['IBAN: ES91 2100 0418 4502 0005 1332 eta gero', ['iban: ES91 2100 0418 4502 0005 1332']],
    ['ES91-2100-0418-4502-0005-1332', ['iban: ES91-2100-0418-4502-0005-1332']],
    [
      'DE89 3704 0044 0532 0130 00. GB29NWBK60161331926819',
      ['iban: DE89 3704 0044 0532 0130 00', 'iban: GB29NWBK60161331926819'],
    ],
    [
      'ES91 2100 0418 4502 0005 1332 ES91 2100 0418 4502 0005 1332',
      ['iban: ES91 2100 0418 4502 0005 1332', 'iban: ES91 2100 0418 4502 0005 1332'],
    ],
    // Beyond SEPA: as long as it is written.
    ['TR33 0006 1005 1978 6457 8413 26', ['iban: TR33 0006 1005 1978 6457 8413 26']],
    ['Idatzi: ana.lopez@gmail.com!', ['email: ana.lopez@gmail.com']],
    ['ana@eibar.eus, ana@notharanberri.eus', ['email: ana@eibar.eus', 'email: ana@notharanberri.eus']],
    ['ana@haranberri.eus.evil.com', ['email: ana@haranberri.eus.evil.com']],
    ['Deitu 612345678', ['phone: 612345678']],
    ['Tel.:943 12 34 56', ['phone: 943 12 34 56']],
    ['943-123-456 / 943.123.456', ['phone: 943-123-456', 'phone: 943.123.456']],
    ['94 412 34 56, 91 1234567', ['phone: 94 412 34 56', 'phone: 91 1234567']],
    ['+34 612 345 678', ['phone: +34 612 345 678']],
    ['(+34) 943123456', ['phone: (+34) 943123456']],
    ['0034612345678', ['phone: 0034612345678']],
    ['+33 6 12 34 56 78', ['phone: +33 6 12 34 56 78']],
    ['00351 912 345 678', ['phone: 00351 912 345 678']],
    ['+1 (212) 555-0123', ['phone: +1 (212) 555-0123']],
    // In an address, what has a check digit or an @ is somebody's as well.
    ['https://haranberri.eus/?nan=12345678Z', ['nif: 12345678Z']],
    ['https://haranberri.eus/?m=ana@gmail.com', ['email: ana@gmail.com']],
    ['12345678Z 612345678 ana@gmail.com', ['nif: 12345678Z', 'phone: 612345678', 'email: ana@gmail.com']],
    // As word processors and typography write them, and as people put them together.
    ['12.345.678\u00A0Z eta 12 345 678 Z', ['nif: 12.345.678\u00A0Z', 'nif: 12 345 678 Z']],
    ['12345678–Z, 1234\u200B5678\u00ADZ', ['nif: 12345678–Z', 'nif: 1234\u200B5678\u00ADZ']],
    ['👋 １２３４５６７８Ｚ 👋', ['nif: １２３４５６７８Ｚ']],
    ['DNI12345678Z, NANX1234567L', ['nif: 12345678Z', 'nif: X1234567L']],
    ['IBANES9121000418450200051332', ['iban: ES9121000418450200051332']],
    [
      'ES91\u202F2100\u202F0418\u202F4502\u202F0005\u202F1332 eta gero',
      ['iban: ES91\u202F2100\u202F0418\u202F4502\u202F0005\u202F1332'],
    ],
    [
      'ES91.2100.0418.4502.0005.1332, ES91 2100  0418 4502 0005 1332',
      ['iban: ES91.2100.0418.4502.0005.1332', 'iban: ES91 2100  0418 4502 0005 1332'],
    ],
    ['612\u2009345\u2009678', ['phone: 612\u2009345\u2009678']],
  ])('%s', (text, expected) => {
    expect(found(text)).toEqual(expected)
  })

  it('with its place, and how much it matters', () => {
    const text = 'Kaixo 👋 12345678Z, ES9121000418450200051332, a@b.com, 612345678'
    const all = personalDataIn(text, OWN)
    expect(all.map(({ kind, severity }) => [kind, severity])).toEqual([
      ['nif', 'block'],
      ['iban', 'block'],
      ['email', 'warn'],
      ['phone', 'warn'],
    ])
    for (const { value, start, end } of all) expect(text.slice(start, end)).toBe(value)
  })
})

describe('[PD1] is not found', () => {
  it.each([
    ['a wrong letter', '12345678A, X1234567A, 12.345.678-A'],
    ['a letter that begins a word', '12345678 zenbakia, 12345678Zenbakia, 12345678 z'],
    ['a digit too few or too many', '1234567L, 123456789Z, X123456L'],
    ['the number of a town hall', 'P2003500D, B12345678, Q0000000J'],
    ['an IBAN with a wrong check digit', 'ES92 2100 0418 4502 0005 1332'],
    ['an IBAN that is not whole', 'ES91 2100 0418 4502 0005 133'],
    ['a number in a word', 'XDNI12345678Z, ADNI 12345678A'],
    ['an IBAN in a longer word', 'ES9121000418450200051332A'],
    ['numbers for everybody', '010, 012, 016, 061, 112, 085'],
    ['numbers of services', '900 123 456, 902123456, 800 12 34 56, +34 900 123 456, 0034 901 123 456'],
    ['prices', '612.345.678 €, 612 345 678 euro, 612.345.678,50, 1.612.345.678, 3,50 €, 612345678%'],
    ['dates and hours', '2026-11-26, 26/11/2026, 26.11.2026, 10:30-13:00, 2026/11/26 10:30:59'],
    ['numbers of files', 'EXP-2026-612345678, 2026/612345678, 612345678/2026, BOPV612345678, ref_612345678'],
    ['many people', '+10.000.000, +1 000 000, +1.000'],
    ['streets', 'Kale Nagusia 12, 48001 Bilbao; Gran Vía, 612, 3º 2ª'],
    ['short and long numbers', '61234567, 6123456789, 0012345678, 512345678'],
    ['a row of numbers', '9 10 11 12 13 14, 61, 62, 63, 64'],
    ['mail of the house', 'udala@haranberri.eus, info@Kultura.HARANBERRI.eus'],
    ['somebody of the Fediverse', '@udala@haranberri.social @ana@mastodon.eus'],
    ['no mail', 'a@b, @udala, 3@4.5, a @ b.eus'],
    ['an address with numbers', 'https://haranberri.eus/612345678, haranberri.eus/albisteak?id=943123456'],
    ['nothing', ''],
  ])('%s: %s', (_, text) => {
    expect(found(text)).toEqual([])
  })

  it('without domains every address of mail is somebody’s', () => {
    expect(personalDataIn('udala@haranberri.eus', [])).toHaveLength(1)
  })
})

describe('[PD1] check digits', () => {
  const number = fc.integer({ min: 0, max: 99_999_999 }).map((n) => String(n).padStart(8, '0'))
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  it('one letter of all belongs to a number', () => {
    fc.assert(
      fc.property(number, (n) => letters.filter((letter) => found(n + letter).length > 0).length === 1),
    )
  })
  it('a digit that is typed wrong is seen, in NIF and in IBAN', () => {
    const digit = fc.integer({ min: 1, max: 9 })
    const mistyped = (whole: string, at: number, by: number) =>
      whole.slice(0, at) + ((Number(whole[at]) + by) % 10) + whole.slice(at + 1)
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 7 }),
        fc.integer({ min: 2, max: 23 }),
        digit,
        (inNif, inIban, by) => {
          const nif = found(mistyped('12345678Z', inNif, by))
          const iban = found(mistyped('ES9121000418450200051332', inIban, by))
          expect([...nif, ...iban]).toEqual([])
        },
      ),
    )
  })
  it('whatever is written, what is found lies in it, in order and apart', () => {
    const pieces = fc.constantFrom(
      '612345678',
      '12345678Z',
      'a@b.com',
      'ES9121000418450200051332',
      ' ',
      '-',
      '.',
      '+34',
      '(',
      '/',
      'x.eus',
      '\u00A0',
      '\u200B',
      '１２３４５６７８Z',
      '👋',
      '9',
      'é',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join('')
        let last = 0
        for (const { value, start, end } of personalDataIn(text, OWN)) {
          expect(text.slice(start, end)).toBe(value)
          expect(start).toBeGreaterThanOrEqual(last)
          last = end
        }
      }),
    )
  })
  it('the time to look grows with the text and no faster', () => {
    const text = Array.from({ length: 24_000 }, (_, i) => `${i}@b.eus 612345678`).join('\n')
    const began = performance.now()
    expect(personalDataIn(text, OWN)).toHaveLength(48_000)
    // A walk through all that was found for each takes ten times as long.
    expect(performance.now() - began).toBeLessThan(1_500)
  })
})
