/** Figures from files and from the clipboard: read as spreadsheets write them, wrong by line, whole or not at all. */
import { describe, expect, it } from 'vitest'
import {
  FIGURE_MAX,
  FIGURES_FILE_LINES_MAX,
  FIGURES_FILE_MAX_BYTES,
  FIGURES_PROBLEMS_MAX,
} from '@auzolan/shared/limits.ts'
import { readFigure } from '@auzolan/shared/indicators/figure-text.ts'
import { textOf } from '@auzolan/shared/indicators/file-text.ts'
import { METRICS, ownOf } from '@auzolan/shared/indicators/metrics.ts'
import { readMonth } from '@auzolan/shared/indicators/month-text.ts'
import { spanOf } from '@auzolan/shared/indicators/periods.ts'
import {
  readFiguresFile,
  readPasted,
  type Sheet,
  type SheetRead,
} from '@auzolan/shared/indicators/sheet-file.ts'
import { namesOfFigure, namesOfProfile } from '@auzolan/shared/indicators/sheet-names.ts'

const PROFILES = [
  { id: 'ig', displayName: 'Haranberriko Udala', handle: '@haranberriudala', network: 'Instagram' },
  { id: 'gz', displayName: 'Gazteria', handle: '@haranberriudala_gazteria', network: 'Instagram' },
  { id: 'ma', displayName: 'Haranberriko Udala', handle: '@haranberriudala', network: 'Mastodon' },
  { id: 'tg', displayName: 'Haranberri kanala', handle: 'haranberri', network: 'Telegram' },
]
const SHEET: Sheet = {
  span: spanOf('month', '2026-11-05'),
  decimal: ',',
  columns: PROFILES.map((profile) => ({ profile: profile.id, names: namesOfProfile(profile, PROFILES) })),
  rows: [
    ...METRICS.map(({ id, label }) => ({ metric: id, names: namesOfFigure(id, label) })),
    {
      metric: ownOf('w'),
      names: namesOfFigure(ownOf('w'), 'Talleres para mayores'),
      span: spanOf('quarter', '2026-11-05'),
      alone: true,
      unseen: true,
    },
  ],
}
const file = (...lines: string[]): SheetRead => readFiguresFile(lines.join('\r\n'), SHEET)
const got = (read: SheetRead) =>
  read.kind === 'read'
    ? read.figures.map(({ line, profile, metric, value, nullReason }) => [
        line,
        profile,
        metric,
        value ?? nullReason,
      ])
    : read
const wrong = (read: SheetRead) =>
  read.kind === 'wrong' ? read.problems.map(({ line, code, detail }) => [line, code, detail]) : read

describe('[FG6] a figure as it is written', () => {
  it.each([
    ['4386', 4_386],
    ['4.386', 4_386],
    ['4,386', 4_386],
    ['1.234.567', 1_234_567],
    ['4 386', 4_386],
    ['4\u00a0386', 4_386],
    ["4'386", 4_386],
    ['1830,0', 1_830],
    ['1.830,00', 1_830],
    [' 0 ', 0],
    ['-0', 0],
    [String(FIGURE_MAX), FIGURE_MAX],
  ])('%j is counted as %d', (text, value) =>
    expect(readFigure(text, true, ',')).toEqual({ kind: 'figure', value }),
  )
  it.each([
    ['12,5', ',', 12.5],
    ['12.5', ',', 12.5],
    ['1.234', ',', 1_234],
    ['1,234', ',', 1.234],
    ['1,234', '.', 1_234],
    ['1.234', '.', 1.234],
    ['1.234,5', '.', 1_234.5],
    ['1,234.5', ',', 1_234.5],
    ['57,5 %', ',', 57.5],
    ['6 h 10 min', ',', 370],
    ['6 h', ',', 360],
    ['10 min', ',', 10],
    ['6:10', ',', 370],
    ['370', ',', 370],
  ] as const)('%j with %j for decimals is %d', (text, decimal, value) =>
    expect(readFigure(text, false, decimal)).toEqual({ kind: 'figure', value }),
  )
  it.each([
    ['-5', 'negative'],
    ['−5', 'negative'],
    ['-4.386', 'negative'],
    ['12,5', 'not_whole'],
    [String(FIGURE_MAX + 1), 'too_large'],
    ['1e3', 'not_a_number'],
    ['cien', 'not_a_number'],
    ['1.2.3', 'not_a_number'],
    ['1,23,456', 'not_a_number'],
    ['12 5', 'not_a_number'],
    ['=1+1', 'not_a_number'],
    ['∞', 'not_a_number'],
    ['١٢', 'not_a_number'],
    ['6:10', 'not_a_number'],
  ])('%j is %s', (text, code) => expect(readFigure(text, true, ',')).toEqual({ kind: 'wrong', code }))
  it.each([
    ['', { kind: 'empty' }],
    ['  \u00a0', { kind: 'empty' }],
    ['–', { kind: 'none', reason: 'not_collected' }],
    ['Sin dato', { kind: 'none', reason: 'not_collected' }],
    ['la red no lo da', { kind: 'none', reason: 'not_provided_by_network' }],
    ['Sareak ez du ematen', { kind: 'none', reason: 'not_provided_by_network' }],
  ])('%j is none, and never nought', (text, expected) =>
    expect(readFigure(text, true, ',')).toEqual(expected),
  )

  it.each([
    ['2026-11', '2026-11'],
    ['2026-11-30', '2026-11'],
    ['11/2026', '2026-11'],
    ['01/11/2026', '2026-11'],
    ['nov-26', '2026-11'],
    ['Noviembre de 2026', '2026-11'],
    ['2026ko azaroa', '2026-11'],
    ['novembre de 2026', '2026-11'],
    ['November 2026', '2026-11'],
    ['urria 2026', '2026-10'],
    ['urtarrila 2027', '2027-01'],
    ['agost 2026', '2026-08'],
    ['març 2026', '2026-03'],
    ['maig 2026', '2026-05'],
    ['2026-13', null],
    ['noviembre', null],
    ['2026', null],
    ['Alcance', null],
    ['', null],
  ])('%j is the month %s', (text, expected) => expect(readMonth(text)).toBe(expected))
})

describe('[FG7] a file of figures', () => {
  it('a table as on the screen, in Latin-1 with semicolons and decimal commas', () => {
    const text = [
      'Mes;Medida;@haranberriudala (Instagram);Telegram',
      'noviembre 2026;Publicaciones;46;22',
      'noviembre 2026;Me gusta;1.830,0;la red no lo da',
      'noviembre 2026;Minutos hasta la respuesta;370,5;',
      'noviembre 2026;Imágenes y vídeos;40;–',
    ].join('\r\n')
    const bytes = Uint8Array.from([...text].map((sign) => (sign === '–' ? 0x96 : sign.charCodeAt(0))))
    const read = readFiguresFile(textOf(bytes), SHEET)
    expect(got(read)).toEqual([
      [2, 'ig', 'posts', 46],
      [2, 'tg', 'posts', 22],
      [3, 'ig', 'likes', 1_830],
      [3, 'tg', 'likes', 'not_provided_by_network'],
      [4, 'ig', 'median_response_min', 370.5],
      [5, 'ig', 'media', 40],
      [5, 'tg', 'media', 'not_collected'],
    ])
    expect(read.kind === 'read' && read.empty).toBe(1)
    expect(read.kind === 'read' && read.figures[0]).toMatchObject({ from: '2026-11-01', to: '2026-11-30' })
  })
  it('one line a figure, and one of our own of its own span', () => {
    const read = file(
      'periodo,perfil,indicador,valor',
      '2026-11,ig,likes,1830',
      '2026-11,Mastodon haranberriudala,Comentarios,57',
      '2026-11,,Talleres para mayores,"3,5"',
    )
    expect(got(read)).toEqual([
      [2, 'ig', 'likes', 1_830],
      [3, 'ma', 'comments', 57],
      [4, '', ownOf('w'), 3.5],
    ])
    expect(read.kind === 'read' && read.figures[2]).toMatchObject({ from: '2026-10-01', to: '2026-12-31' })
  })
  it('each fault by its line, and nothing of the rest', () => {
    const read = file(
      'mes;perfil;medida;valor',
      '2026-11;ig;Publicaciones;46',
      '2026-10;ig;Me gusta;1830',
      '2026-11;TikTok;Me gusta;1830',
      '',
      '2026-11;ig;Abrazos;7',
      '2026-11;ig;Me gusta;-5',
      '2026-11;ig;Me gusta;muchos',
      '2026-11;ig;Me gusta;18,5',
      '2026-11;ig;Me gusta;9999999999999',
      '2026-11;ig;Publicaciones;47',
      '2026-11;ig;Comentarios;',
      '2026-11;haranberriudala;Comentarios;3',
      'hoy;ig;Comentarios;3',
    )
    expect(wrong(read)).toEqual([
      [3, 'wrong_month', '2026-10'],
      [4, 'unknown_profile', 'TikTok'],
      [6, 'unknown_figure', 'Abrazos'],
      [7, 'negative', '-5'],
      [8, 'not_a_number', 'muchos'],
      [9, 'not_whole', '18,5'],
      [10, 'too_large', '9999999999999'],
      [11, 'twice', '2'],
      [12, 'empty', 'Comments'],
      [13, 'two_profiles', 'haranberriudala'],
      [14, 'wrong_month', 'hoy'],
    ])
  })
  it('the line is the one in the file, also behind blank ones and lines within quotes', () => {
    const read = file('Medida;"Insta', 'gram gz";ig', '', 'Me gusta;;x')
    expect(wrong(read)).toEqual([
      [1, 'unknown_profile', 'Insta\r\ngram gz'],
      [4, 'not_a_number', 'x'],
    ])
  })
  it('a column of nobody is said in the first line; the corner may say the month', () => {
    expect(wrong(file('Noviembre 2026;ig;Facebook', 'Likes;5;6'))).toEqual([
      [1, 'unknown_profile', 'Facebook'],
    ])
    expect(wrong(file('Octubre 2026;ig', 'Likes;5'))).toEqual([[1, 'wrong_month', 'Octubre 2026']])
    expect(got(file('Noviembre 2026;ig', 'Likes;5'))).toEqual([[2, 'ig', 'likes', 5]])
  })
  it.each([
    ['nothing at all', '', 'no_table'],
    ['one line', 'Medida;ig', 'no_table'],
    ['no profile', 'a;b\n1;2', 'no_profile'],
    ['a quote that stays open', 'Medida;ig\nLikes;"5', 'no_table'],
    ['only empty cells', 'Medida;ig\nLikes;', 'nothing'],
  ])('%s cannot be read', (_, text, why) =>
    expect(readFiguresFile(text, SHEET)).toEqual({ kind: 'unreadable', why }),
  )
  it('limits on both sides', () => {
    const lines = (count: number) => `Medida;ig\n${'Abrazos;1\n'.repeat(count - 1)}`
    expect(readFiguresFile(lines(FIGURES_FILE_LINES_MAX), SHEET)).toMatchObject({
      kind: 'wrong',
      more: FIGURES_FILE_LINES_MAX - 1 - FIGURES_PROBLEMS_MAX,
    })
    expect(readFiguresFile(lines(FIGURES_FILE_LINES_MAX + 1), SHEET)).toMatchObject({ why: 'too_many_lines' })
    const long = 'Medida;ig\nLikes;5;'.padEnd(FIGURES_FILE_MAX_BYTES, 'x')
    expect(readFiguresFile(long, SHEET).kind).toBe('read')
    expect(readFiguresFile(`${long}x`, SHEET)).toMatchObject({ why: 'too_large' })
  })
  it.each([
    ['UTF-8', [0xc3, 0xb1, 0x3b]],
    ['Latin-1', [0xf1, 0x3b]],
    ['UTF-16 that says so', [0xff, 0xfe, 0xf1, 0, 0x3b, 0]],
    ['the other UTF-16 that says so', [0xfe, 0xff, 0, 0xf1, 0, 0x3b]],
    ['UTF-16 that does not', [0xf1, 0, 0x3b, 0, 0x3b, 0, 0x3b, 0]],
  ])('letters in %s', (_, bytes) => expect(textOf(Uint8Array.from(bytes))).toMatch(/^ñ;/))
})

describe('[FG8] what is pasted', () => {
  const at = (metric: string, profile: string) => ({
    row: SHEET.rows.findIndex((row) => row.metric === metric),
    column: SHEET.columns.findIndex((column) => column.profile === profile),
  })
  it('without names it fills from the cell, and empty cells leave their own alone', () => {
    const read = readPasted('46\t18\n1.830\t\n\n402\t120\n', SHEET, at('posts', 'ig'))
    expect(got(read)).toEqual([
      [1, 'ig', 'posts', 46],
      [1, 'gz', 'posts', 18],
      [2, 'ig', 'likes', 1_830],
      [4, 'ig', 'shares', 402],
      [4, 'gz', 'shares', 120],
    ])
  })
  it('a single column with decimal commas is one column', () => {
    expect(got(readPasted('12,5\r\n', SHEET, at('median_response_min', 'tg')))).toEqual([
      [1, 'tg', 'median_response_min', 12.5],
    ])
  })
  it('with names it goes where they say, wherever it is put', () => {
    const named = '\tTelegram\tinstagram · @haranberriudala\nLikes\t–\t1.830\nPosts\t22\t46'
    expect(got(readPasted(named, SHEET, at('shares', 'gz')))).toEqual([
      [2, 'tg', 'likes', 'not_collected'],
      [2, 'ig', 'likes', 1_830],
      [3, 'tg', 'posts', 22],
      [3, 'ig', 'posts', 46],
    ])
    expect(got(readPasted('Likes\t5\nPosts\t6', SHEET, at('shares', 'ma')))).toEqual([
      [1, 'ma', 'likes', 5],
      [2, 'ma', 'posts', 6],
    ])
    expect(got(readPasted('Telegram\n5\n6', SHEET, at('likes', 'ig')))).toEqual([
      [2, 'tg', 'likes', 5],
      [3, 'tg', 'comments', 6],
    ])
  })
  it('what lies beyond the sheet is said, and what is no figure', () => {
    expect(wrong(readPasted('1\t2\t3', SHEET, at('posts', 'ma')))).toEqual([[1, 'outside', '3']])
    expect(wrong(readPasted('1\nx', SHEET, at('posts', 'ma')))).toEqual([[2, 'not_a_number', 'x']])
    expect(readPasted('', SHEET, at('posts', 'ma'))).toEqual({ kind: 'unreadable', why: 'nothing' })
  })
})
