/** What cleans the component library's own words and icons in place of DOMPurify: in a real browser, which parses them. */
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'

const file = new URL('../../plugin/src/lighter/purifier.ts', import.meta.url)
const script = stripTypeScriptTypes(readFileSync(file, 'utf8')).replace(/^export /gm, '')
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'

let browser: Browser
let page: Page
beforeAll(async () => {
  browser = await launchBrowser()
  page = await browser.newPage()
})
afterAll(() => browser?.close())

const cleaned = (text: string): Promise<string> =>
  page.evaluate(`(() => { ${script}; return purifier.sanitize(${JSON.stringify(text)}) })()`)

describe('words', () => {
  it.each(['Itxi', 'a > b & "c"', ''])('%j stay as they are', async (words) => {
    expect(await cleaned(words)).toBe(words)
  })
  it.each([
    ['<b onclick="x()">Itxi</b>', '&lt;b onclick="x()">Itxi&lt;/b>'],
    ['1 < 2 & 3', '1 &lt; 2 &amp; 3'],
    [`${SVG}<path`, `&lt;${SVG.slice(1)}&lt;path`],
  ])('%j is no markup', async (words, shown) => {
    expect(await cleaned(words)).toBe(shown)
  })
})

describe('an icon', () => {
  it('keeps what draws, and the comment before it is gone', async () => {
    const icon = `${SVG}<g fill="none" clip-path="url(#a)"><path d="M1 2h3" fill-rule="evenodd" stroke-width="2"/></g></svg>`
    expect(await cleaned(`<!-- who made it -->\n${icon}`)).toBe(icon)
  })
  it.each([
    '<script>x()</script>',
    '<path d="M1 2" onload="x()"/>',
    '<a href="javascript:x()"><path d="M1 2"/></a>',
    '<use href="https://elsewhere.example/#a"/>',
    '<image href="https://elsewhere.example/a.png"/>',
    '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><img src="x" onerror="x()"/></body></foreignObject>',
    '<style>@import "https://elsewhere.example"</style>',
    '<path style="fill: url(https://elsewhere.example)" d="M1 2"/>',
    '<path fill="url( \'https://elsewhere.example\')" d="M1 2"/>',
    '<set attributeName="onclick" to="x()"/><animate attributeName="href" to="javascript:x()"/>',
    '<g><g><script>x()</script></g></g>',
  ])('loses %j', async (inside) => {
    const left = await cleaned(`${SVG}${inside}</svg>`)
    expect(left).not.toMatch(/script|on\w+=|href|elsewhere|style|foreign|img|set|animate/i)
    expect(left).toMatch(/^<svg/)
  })
})
