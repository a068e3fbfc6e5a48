import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    // Two cores: browsers and servers of several files at once would only wait for each other.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ['default', './support/closing-line.ts'],
    server: { deps: { inline: [/@nextcloud\/(vue|dialogs)/] } },
  },
})
