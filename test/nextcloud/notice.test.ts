// SPDX-FileCopyrightText: 2026 Auzolan contributors
// SPDX-License-Identifier: AGPL-3.0-or-later
/** Owns the sentence that says what of the PHP half is not being tested on this machine, and why. */
import { test } from 'vitest'
import { hasChromium } from './browser.ts'
import { hasPhp, nextcloudPath, ocpPath } from './php.ts'

test('says what is tested of the Nextcloud app', () => {
  const lines = [
    hasPhp ? null : 'SKIPPED, everything of the Nextcloud app: there is no "php" on the PATH.',
    nextcloudPath !== null
      ? `Nextcloud app: tested in a copy of ${nextcloudPath}.`
      : 'SKIPPED, the tests in a real Nextcloud: set NEXTCLOUD_PATH to an unpacked Nextcloud 32, 33 or 34.',
    ocpPath !== null
      ? null
      : 'SKIPPED, the conformance with the OCP interfaces: set OCP_PATH (or NEXTCLOUD_PATH).',
    hasChromium ? null : 'SKIPPED, the page in a browser: no Chromium; set CHROMIUM_PATH.',
  ]
  console.info(lines.filter((line) => line !== null).join('\n'))
})
