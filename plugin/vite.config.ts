/**
 * One build for both hosts. An entry holds nothing but `import()`: Nextcloud loads it as `…mjs?v=HASH`, and a
 * chunk that imported from it would run it a second time. URLs are relative, so no `OC` is needed.
 */
import { runInNewContext } from 'node:vm'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin } from 'vite'
import componentWords from '../shared/l10n/components.json' with { type: 'json' }
import { chunkOfIcon, iconsApart } from './icons-apart.ts'
import { version } from './package.json' with { type: 'json' }

/** Languages the app speaks; English needs no translation. */
const LANGUAGES = ['es', 'eu', 'ca']

/**
 * Nextcloud's components bring their own few words in about a hundred languages, a tenth of our first load.
 * A screen in a language we do not speak is English anyway, so only ours stay. What they do not say in Basque or
 * Catalan yet, we add (shared/l10n/components.json).
 */
function onlyOurLanguages(): Plugin {
  return {
    name: 'only-our-languages',
    transform(code, id) {
      if (!id.endsWith('/@nextcloud/vue/dist/chunks/_l10n.mjs')) return null
      let kept = 0
      const lines = code.replace(/^const (t\d+) = (\[.*\]);$/gm, (_line, name: string, literal: string) => {
        const all = runInNewContext(literal) as { l: string; t: { [text: string]: { v: string[] } } }[]
        const texts = Object.keys(all.find(({ l }) => l === 'es')?.t ?? {})
        const words = LANGUAGES.map((l) => {
          const added = (componentWords as { [language: string]: { [text: string]: string } })[l] ?? {}
          const own = texts.filter((text) => added[text]).map((text) => [text, { v: [added[text]!] }])
          return { l, t: { ...Object.fromEntries(own), ...all.find((one) => one.l === l)?.t } }
        })
        kept += texts.length
        return `const ${name} = ${JSON.stringify(words)};`
      })
      if (kept === 0) this.error('the words of @nextcloud/vue have changed their form')
      return { code: lines, map: null }
    },
  }
}

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  publicDir: false,
  plugins: [vue(), onlyOurLanguages(), iconsApart()],
  define: {
    appName: '"auzolan"',
    appVersion: JSON.stringify(version),
    'process.env.NODE_ENV': '"production"',
    __VUE_OPTIONS_API__: 'true',
    __VUE_PROD_DEVTOOLS__: 'false',
  },
  build: {
    target: 'es2022',
    outDir: '.',
    emptyOutDir: false,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    manifest: 'js/manifest.json',
    license: { fileName: 'js/LICENSES.md' },
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      input: { main: 'src/main.ts', admin: 'src/admin.ts' },
      output: {
        // The helper that loads chunks would otherwise live in the entry, and every chunk would import the entry.
        codeSplitting: {
          groups: [{ name: 'preload', test: /vite\/preload-helper/ }, { name: chunkOfIcon }],
        },
        entryFileNames: 'js/auzolan-[name].mjs',
        chunkFileNames: 'js/[name]-[hash].chunk.mjs',
        assetFileNames: (asset) =>
          asset.names[0]?.endsWith('.css')
            ? 'css/auzolan-[name]-[hash][extname]'
            : 'img/[name]-[hash][extname]',
      },
    },
  },
})
