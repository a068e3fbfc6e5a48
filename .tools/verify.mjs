// The page that checks a receipt: one file that needs nothing else, made of the same TypeScript as the server and the app.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { LANGUAGES, screenTexts, translations } from './words.mjs'

export const VERIFY_PAGE = 'plugin/js/verify.html'

export async function writeVerifyPage(root) {
  const folder = join(root, 'plugin/src/verify')
  const style = readFileSync(join(folder, 'verify.css'), 'utf8')
  const script = await bundled(join(folder, 'verify.ts'))
  const policy = `default-src 'none'; script-src '${hashOf(script)}'; style-src '${hashOf(style)}'; base-uri 'none'; form-action 'none'`
  // The policy names script and style by their hash: no white space may come beside them.
  const parts = {
    'content="policy"': `content="${policy}"`,
    '<!-- style -->': `<style>${style}</style>`,
    '<!-- words -->': `<script type="application/json" id="words">${wordsOf('plugin/src/verify')}</script>`,
    '<!-- script -->': `<script>${script}</script>`,
  }
  let page = readFileSync(join(folder, 'template.html'), 'utf8')
  for (const [place, part] of Object.entries(parts)) page = page.replace(place, () => part)
  mkdirSync(join(root, 'plugin/js'), { recursive: true })
  writeFileSync(join(root, VERIFY_PAGE), page)
}

async function bundled(entry) {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      lib: { entry, formats: ['iife'], name: 'verify' },
    },
  })
  const { output } = [result].flat()[0]
  if (output.length !== 1) throw new Error('the page that checks receipts must be one script')
  // Else a browser would end the element there.
  return output[0].code.replace(/<(?=\/script|!--)/gi, '\\x3c')
}

function wordsOf(folder) {
  const texts = [...screenTexts(folder)].sort()
  const words = LANGUAGES.map((language) => {
    const all = translations(language)
    return [language, Object.fromEntries(texts.map((text) => [text, all[text]]))]
  })
  return JSON.stringify(Object.fromEntries(words)).replaceAll('<', '\\u003c')
}

const hashOf = (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`
