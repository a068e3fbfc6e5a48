// SPDX-FileCopyrightText: 2026 Auzolan contributors
// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * Owns which complaints of a Nextcloud page are our app's.
 *
 * Nextcloud's own scripts share the page, and in a tree without dist/core-common.js nearly all of them fail. So
 * what is said by a file of Nextcloud's, by its address, is set apart; all else is ours: our files, the page
 * itself (a policy that was violated), and whatever has no address. What goes over the network is not sorted: any
 * request elsewhere and any refused one counts, whoever sent it.
 */
import type { Page } from 'playwright-core'

export interface Complaints {
  readonly ours: readonly string[]
  /** For whoever wants to read them; empty in a complete tree. */
  readonly nextclouds: readonly string[]
}

export interface Origins {
  readonly nextcloud: string
  readonly syncServer: string
}

/** The tests kill the sync server on purpose, and Chromium notes each attempt to reach it. */
const SERVER_IS_DOWN =
  /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|WebSocket connection to/
/** Nextcloud loads this file of ours by itself, and it needs the `OC` of core-common.js; see l10n.ts for the way out. */
const WORDS_WITHOUT_OC = /OC is not defined[^]*\/apps\/auzolan\/l10n\/\w+\.js/

export function watchComplaints(page: Page, origins: Origins): Complaints {
  const ours: string[] = []
  const nextclouds: string[] = []
  const file = (address: string, text: string): void => {
    const theirs = address.startsWith(`${origins.nextcloud}/`) && !address.includes('/apps/auzolan/')
    void (theirs || WORDS_WITHOUT_OC.test(text) ? nextclouds : ours).push(text)
  }
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return
    const { url } = message.location()
    const text = `console: ${message.text()} (${url})`
    if (SERVER_IS_DOWN.test(text) && text.includes(new URL(origins.syncServer).host)) return
    file(url, text)
  })
  page.on('pageerror', (error) => {
    const stack = error.stack ?? error.message
    file(/https?:\/\/[^\s)]+/.exec(stack)?.[0] ?? '', `page: ${stack}`)
  })
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (protocol === 'data:' || protocol === 'blob:') return
    if (origin !== origins.nextcloud && origin !== origins.syncServer)
      ours.push(`request elsewhere: ${request.url()}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400) ours.push(`${response.status()} ${response.url()}`)
  })
  return { ours, nextclouds }
}
