import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    globalSetup: ['./support/services.ts'],
    // Two cores: browsers and servers of several files at once would only wait for each other.
    maxWorkers: 2,
    testTimeout: 240_000,
    hookTimeout: 240_000,
    // Longer than Vitest's second: a busy machine takes more to open a page, and a poll ends when what it waits for is there.
    expect: { poll: { timeout: 20_000 } },
    reporters: ['default', './support/closing-line.ts'],
    server: { deps: { inline: [/@nextcloud\/(vue|dialogs)/] } },
  },
})
