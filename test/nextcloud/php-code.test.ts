// SPDX-FileCopyrightText: 2026 Auzolan contributors
// SPDX-License-Identifier: AGPL-3.0-or-later
/** Owns what can be said about the PHP code without running a Nextcloud: syntax, and conformance with its interfaces. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { hasPhp, ocpPath, php, pluginPath } from './php.ts'

const files = ['appinfo', 'lib', 'templates'].flatMap((folder) =>
  readdirSync(join(pluginPath, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.php'))
    .map((name) => join(folder, name)),
)

describe.runIf(hasPhp)('PHP code', () => {
  test.each(files)('%s is valid PHP', async (file) => {
    expect(await php(['-d', 'display_errors=1', '-l', join(pluginPath, file)])).toMatch(/^No syntax errors/)
  })

  test.runIf(ocpPath !== null)('uses only what the OCP interfaces offer', async () => {
    const script = fileURLToPath(new URL('./conformance.php', import.meta.url))
    const report = JSON.parse(await php([script, pluginPath, ocpPath!])) as {
      classes: number
      problems: string[]
    }
    expect(report.problems).toEqual([])
    expect(report.classes).toBe(files.filter((file) => file.startsWith('lib')).length)
  })
})
