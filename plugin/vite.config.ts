/**
 * One build for both hosts. The entry holds nothing but `import()`: Nextcloud loads it as `…mjs?v=HASH`, and a
 * chunk that imported from it would run it a second time. URLs are relative, so no `OC` is needed.
 */
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { version } from './package.json'

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  publicDir: false,
  plugins: [vue()],
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
      input: { main: 'src/main.ts' },
      output: {
        entryFileNames: 'js/auzolan-[name].mjs',
        chunkFileNames: 'js/[name]-[hash].chunk.mjs',
        assetFileNames: (asset) =>
          asset.names[0]?.endsWith('.css') ? 'css/auzolan-[name]-[hash][extname]' : 'img/[name]-[hash][extname]',
      },
    },
  },
})
