// SPDX-FileCopyrightText: 2026 Auzolan contributors
// SPDX-License-Identifier: AGPL-3.0-or-later
/** Owns the browser of the tests and how a person gets logged in there. */
import { existsSync } from 'node:fs'
import { chromium, type Browser, type BrowserContext } from 'playwright-core'

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'

export const hasChromium = existsSync(executablePath)

export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/**
 * Logs a person into all pages of the context, with a session cookie, as the login form does.
 *
 * The form is posted without being shown: it is drawn by Nextcloud's own scripts, and a tree without
 * dist/core-common.js cannot run them. Basic authentication would do for the page, but then the page's own
 * requests carry it too and what needs a session or a request token is not tested.
 */
export async function logIn(
  context: BrowserContext,
  url: string,
  user: string,
  password: string,
): Promise<void> {
  // A login form answers somebody who is logged in with a redirect.
  await context.clearCookies()
  const form = await context.request.get(`${url}/index.php/login`)
  const requesttoken = /data-requesttoken="([^"]+)"/.exec(await form.text())?.[1]
  if (requesttoken === undefined) throw new Error(`No login form at ${url}: ${form.status()}`)
  const answer = await context.request.post(`${url}/index.php/login`, {
    // Without Origin, Nextcloud refuses a form login as a forged one.
    headers: { Origin: new URL(url).origin },
    form: { user, password, requesttoken },
    maxRedirects: 0,
  })
  const location = answer.headers()['location'] ?? ''
  if (answer.status() !== 303 || new URL(location, url).pathname.endsWith('/login'))
    throw new Error(`${user} could not log in: ${answer.status()} ${location}`)
}
