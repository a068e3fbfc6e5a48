/** Today's plan comes in: pasted from office programs, and from a DOCX whose headings find their sections. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PASTE_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import { launchBrowser, openTab } from '../support/browser.ts'
import { docx, w } from '../support/office-files.ts'
import { looksRight } from '../support/looks.ts'
import { GOOGLE_DOCS, OUTLOOK, RIGHT_TO_LEFT, WORD, WRITER } from '../support/pasted-html.ts'
import { editor, onServer } from '../support/plan-page.ts'
import { startTestServer, until } from '../support/server.ts'

let server: Awaited<ReturnType<typeof startTestServer>>
let browser: Browser
let plan: string
beforeAll(async () => {
  server = await startTestServer()
  plan = await server.plan()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

async function paste(page: Page, data: { [type: string]: string }): Promise<void> {
  await editor(page).evaluate((element, given) => {
    const clipboard = new DataTransfer()
    for (const [type, text] of Object.entries(given)) clipboard.setData(type, text)
    element.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: clipboard, bubbles: true, cancelable: true }),
    )
  }, data)
}
async function emptied(page: Page): Promise<void> {
  await editor(page).click()
  await page.keyboard.press('Control+A')
  await page.keyboard.press('Delete')
}
/** The text as HTML without what the editor adds for itself. */
const html = (page: Page): Promise<string> =>
  editor(page).evaluate((element) => {
    const copy = element.cloneNode(true) as HTMLElement
    for (const own of copy.querySelectorAll('.az-caret, .ProseMirror-trailingBreak, .ProseMirror-separator'))
      own.remove()
    for (const link of copy.querySelectorAll('a')) link.removeAttribute('rel')
    return copy.innerHTML
  })

describe('[BR1] pasted from office programs', () => {
  let page: Page
  let complaints: readonly string[]
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ page, complaints, close } = await openTab(
      browser,
      server.url,
      `/apps/auzolan/d/${plan}/planning/whom`,
      {
        language: 'en',
      },
    ))
    await editor(page).waitFor()
  })
  afterAll(async () => {
    // Neither a picture nor a style of what was pasted was fetched; of handlers the browser says that it runs none.
    expect(complaints.filter((one) => !one.includes('Executing inline event handler'))).toEqual([])
    await close()
  })

  it.each([
    [
      'Word',
      WORD,
      '<p><strong>Participación</strong></p>' +
        '<p>Las redes son <strong>de todos</strong> y <em>de nadie</em>; véase <a href="https://www.haranberri.example/normas">la web</a>, esto no ni esto. Fin[1].</p>' +
        '<p>Esto queda.</p>' +
        '<ul><li><p>Pertinencia</p><ul><li><p>Sin salirse del tema</p></li></ul></li><li><p>Respeto</p></li></ul>' +
        '<ol><li><p>Avisar</p></li></ol>' +
        '<p><strong>Red</strong> | Cuenta</p><p>Mastodon | @udala | eu</p>' +
        '<p>Fin.</p>' +
        '<p>[1] Ordenanza de 2020.</p>',
      [
        '1 picture was left out: a text holds none.',
        '2 tables became lines',
        '1 comment in the margin',
        '1 passage that was marked as deleted',
      ],
    ],
    [
      'Writer',
      WRITER,
      '<p><strong>Tonua</strong></p><p>Hurbila, <strong>baina</strong> zuzena[1].</p>' +
        '<ol><li><p>Zuka</p></li><li><p>Argi</p><ul><li><p>Esaldi laburrak</p></li></ul></li></ol>' +
        '<p>[1] Ikus estilo-gida.</p>',
      [],
    ],
    [
      'Google Docs',
      GOOGLE_DOCS,
      '<p><strong>Públicos</strong></p><p>Gente <strong>joven</strong><em> y mayor</em></p>' +
        '<ul><li><p>Uno</p><ul><li><p>Dos</p></li></ul></li></ul>',
      [],
    ],
    [
      'Outlook',
      OUTLOOK,
      '<p>Kaixo 🙂,</p><p>bidaltzen dizut <a href="mailto:ane@haranberri.example">Ane</a>ren testua.</p>',
      [],
    ],
  ])('%s: its paragraphs, lists and marks, and nothing else', async (_what, pasted, expected, said) => {
    await emptied(page)
    await paste(page, { 'text/html': pasted, 'text/plain': 'plain' })
    await until(async () => (await html(page)) !== '<p></p>', 'something is there')
    expect(await html(page)).toBe(expected)
    const notes = await page.locator('[data-path="planning.whomAnswer"] .notes p').allTextContents()
    expect(notes).toHaveLength(said.length)
    for (const [i, words] of said.entries()) expect(notes[i]).toContain(words)
  })

  it('words pasted into a sentence stay in it', async () => {
    await emptied(page)
    await page.keyboard.type('ab')
    await page.keyboard.press('ArrowLeft')
    // The editor learns of a moved caret by an event that comes later than the key.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)))
    await paste(page, { 'text/html': '<p class=MsoNormal>una <b>palabra</b><o:p></o:p></p>' })
    await until(async () => (await html(page)).includes('palabra'), 'it is there')
    expect(await html(page)).toBe('<p>auna <strong>palabra</strong>b</p>')
  })

  it('a long text in HTML goes in pieces, in order, in the middle of a text too', async () => {
    await emptied(page)
    await page.keyboard.type('beginend')
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowLeft')
    // The browser tells of a moved caret a moment later.
    await page.waitForTimeout(200)
    const count = Math.ceil((PASTE_MAX_CHARACTERS * 3) / 1_000)
    const long = Array.from({ length: count }, (_, i) => `<p>${String(i)}: ${'hitza '.repeat(160)}</p>`).join(
      '',
    )
    await paste(page, { 'text/html': long })
    await until(async () => (await html(page)).includes(`<p>${String(count - 1)}: `), 'the last is there')
    const numbers = await editor(page).evaluate((element) =>
      [...element.querySelectorAll('p')].map((p) => /^(\d+):|^(\w+)$/.exec(p.textContent ?? '')?.[0]),
    )
    expect(numbers).toEqual(['begin', ...Array.from({ length: count }, (_, i) => `${String(i)}:`), 'end'])
    await onServer(page)
  })

  it('[BR2] text from right to left begins at the right, and the next one at the left', async () => {
    await emptied(page)
    await paste(page, { 'text/html': RIGHT_TO_LEFT })
    await until(async () => (await html(page)).includes('Ongi'), 'it is there')
    const sides = await editor(page).evaluate((element) =>
      [...element.querySelectorAll('p')].map((p) => {
        const range = document.createRange()
        range.selectNodeContents(p)
        const [text, box] = [range.getBoundingClientRect(), p.getBoundingClientRect()]
        return text.left - box.left < box.right - text.right ? 'left' : 'right'
      }),
    )
    expect(sides).toEqual(['right', 'left'])
  })

  it('a picture alone says where it can go', async () => {
    await emptied(page)
    await editor(page).evaluate((element) => {
      const clipboard = new DataTransfer()
      clipboard.items.add(new File(['x'], 'a.png', { type: 'image/png' }))
      element.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: clipboard, bubbles: true, cancelable: true }),
      )
    })
    await page.getByText('Keep it among your files in Nextcloud').waitFor()
  })

  it('[BR2] lines pasted into a single line stay words', async () => {
    await page.goto(`${server.url}/apps/auzolan/d/${plan}/identity`)
    const input = page.locator('[data-path="identity.title"] input')
    await input.fill('')
    await input.evaluate((element) => {
      const clipboard = new DataTransfer()
      clipboard.setData('text/plain', 'Sare sozialen\r\nplana\n')
      element.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: clipboard, bubbles: true, cancelable: true }),
      )
    })
    expect(await input.inputValue()).toBe('Sare sozialen plana')
    expect(await input.getAttribute('dir')).toBe('auto')
  })
})

const DOCUMENT = docx({
  body:
    w.p(w.text('Haranberriko sare sozialen plana'), '<w:pStyle w:val="Ttulo"/>') +
    w.heading(1, '1. Sarrera') +
    w.paragraph('Udalak sareetan **hurbil** egon nahi du.') +
    w.heading(1, '2. Helburuak') +
    w.paragraph('Hiru helburu ditugu:') +
    w.item('Zerbitzuen berri ematea') +
    w.item('Herritarrei entzutea') +
    w.heading(2, '2.1 Publikoak') +
    w.item('Gazteak: 16 eta 29 urte artekoak') +
    w.heading(1, '3. Profilak') +
    w.table([
      ['Sarea', 'Kontua'],
      ['Mastodon', '@haranberriudala'],
    ]) +
    w.heading(1, '4. Parte-hartzeko arauak') +
    w.p(`${w.text('Errespetua beti')}${w.note(1)}`) +
    w.heading(1, '5. Datuen babesa') +
    w.paragraph('Datu pertsonalik ez.') +
    w.heading(1, '6. Jai-egitaraua') +
    w.paragraph('Abuztuko jaiak.') +
    '<w:p><w:r><w:drawing/></w:r></w:p>',
  footnotes: ['2020ko ordenantza.'],
})

describe('[BR9] a DOCX is brought into an empty plan', () => {
  it.each(['eu', 'es'] as const)(
    'in %s: looked at, one place changed, brought in, read, taken back',
    async (language) => {
      const words = {
        eu: {
          new: 'Plan berria',
          create: 'Sortu plana',
          bring: 'Ekarri DOCX edo ODT bat',
          write: 'Ekarri',
          undo: 'Desegin',
          close: 'Itxi',
        },
        es: {
          new: 'Nuevo plan',
          create: 'Crear el plan',
          bring: 'Traer un DOCX u ODT',
          write: 'Traerlo',
          undo: 'Deshacer',
          close: 'Cerrar',
        },
      }[language]
      const { page, complaints, close } = await openTab(browser, server.url, '/apps/auzolan/', { language })
      await page.getByRole('button', { name: words.new }).click()
      await page.getByRole('dialog').locator('#title-eu').fill(`Plana ${language}`)
      await page.getByRole('button', { name: words.create }).click()
      await page.locator('.hint').waitFor()
      await looksRight(page, 'bring-hint', language)
      await page.locator('.hint').getByRole('button', { name: words.bring }).click()
      const dialog = page.getByRole('dialog')
      await dialog.waitFor()
      await page.locator('input[type=file]').setInputFiles({
        name: 'plana.docx',
        mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        buffer: Buffer.from(DOCUMENT),
      })
      const rows = dialog.locator('.part')
      await rows.first().waitFor()
      expect(
        await rows.locator('select').evaluateAll((all) => all.map((one) => (one as HTMLSelectElement).value)),
      ).toEqual([
        'crisis.annex',
        'identity.strategy',
        'purposes',
        'audiences',
        'profiles',
        'participation.commitment',
        'crisis.annex',
        'crisis.annex',
      ])
      expect(await dialog.locator('.language select').inputValue()).toBe('eu')
      await dialog.locator('.language select').selectOption(language)
      await looksRight(page, 'bring-preview', language)
      await rows.last().locator('select').selectOption('out')
      // What was read needs no network to be written.
      await page.context().setOffline(true)
      await dialog.getByRole('button', { name: words.write, exact: true }).click()
      await dialog.locator('.arrived').first().waitFor()
      await page.context().setOffline(false)
      await looksRight(page, 'bring-done', language)
      expect(await dialog.locator('.arrived').last().textContent()).toContain('6. Jai-egitaraua')
      await dialog.locator('.arrived button').first().click()
      await dialog.waitFor({ state: 'detached' })
      const field = (path: string) => page.locator(`[data-path="${path}"]`)
      const at = async (section: string, text: string, path: string): Promise<void> => {
        await page.goto(page.url().replace(/(\/d\/[^/]+).*$/, `$1/${section}`))
        await (path === '' ? page : field(path)).getByText(text).first().waitFor()
      }
      await onServerIn(page)
      await at('participation', '[1] 2020ko ordenantza.', 'participation.commitment')
      await at('identity', 'hurbil', 'identity.strategy')
      await at('crisis', 'Datu pertsonalik ez.', 'crisis.annex')
      expect(await field('crisis.annex').textContent()).not.toContain('Abuztuko jaiak.')
      await at('profiles', '@haranberriudala', '')
      await at('planning/why', 'Zerbitzuen berri ematea', 'purposes')
      expect(complaints.filter((one) => !one.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([])

      // From the menu, into a plan with text; and taken back.
      await page.locator('.second .action-item button').click()
      await page.getByRole('menuitem', { name: words.bring }).click()
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'zaharra.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4') })
      await page.getByRole('dialog').getByRole('alert').waitFor()
      await looksRight(page, 'bring-refused', language)
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'plana.docx', mimeType: '', buffer: Buffer.from(DOCUMENT) })
      await rows.first().waitFor()
      const purposes = field('purposes').getByText('Zerbitzuen berri ematea')
      const before = await purposes.count()
      await dialog.getByRole('button', { name: words.write, exact: true }).click()
      await dialog.locator('.arrived').first().waitFor()
      await until(async () => (await purposes.count()) > before, 'they are there twice')
      await dialog.locator('.dialog__actions').getByRole('button', { name: words.close }).click()
      await page.locator('.undo').getByRole('button', { name: words.undo }).click()
      await until(async () => (await purposes.count()) === before, 'the second ones are gone')
      await onServerIn(page)
      await close()
    },
  )
})

/** In whatever language: nothing waits on this device. */
const onServerIn = (page: Page): Promise<void> =>
  until(
    async () =>
      /(Zerbitzarian|En el servidor)/.test(
        (await page.locator('.ledger .line').getAttribute('aria-label')) ?? '',
      ),
    'everything is on the server',
  )
