/** What a screen must not show, whatever it is about: words cut at the side, English where it was not asked for. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { DESKTOP, PHONE, atRest, axeViolations, picture } from './browser.ts'

/** Screens of this file that axe has looked at: what it finds does not depend on the language, and it takes longest. */
const audited = new Set<string>()

/**
 * Looks at the screen as it stands, at a desk and on a phone, light and dark.
 * @param settle scrolls to where a bar that sticks covers half of nothing that can be pressed
 */
export async function looksRight(
  page: Page,
  name: string,
  language: string,
  settle: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  // Between light and dark nothing may still be fading when its contrast is measured.
  await page.addStyleTag({
    content: '*, *::before, *::after { transition: none !important; animation: none !important }',
  })
  // A menu that has opened a dialog is on its way out.
  await page.waitForFunction(() => {
    if (!document.querySelector('[role="dialog"]')) return true
    const menus = [...document.querySelectorAll('.v-popper__popper')]
    return menus.every((menu) => getComputedStyle(menu).visibility === 'hidden')
  })
  const isNew = !audited.has(name)
  audited.add(name)
  for (const [size, viewport] of [
    ['desktop', DESKTOP],
    ['phone', PHONE],
  ] as const) {
    await page.setViewportSize(viewport)
    // On a phone the list at the side closes by itself, and until then it lies on what is looked at.
    await page.waitForFunction(() => {
      const list = document.querySelector('.app-navigation')
      return innerWidth > 600 || !list || list.classList.contains('app-navigation--closed')
    })
    await settle()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await picture(page, `${name}-${size}-${colorScheme}-${language}`)
      if (!isNew) continue
      const only = colorScheme === 'dark' ? 'colours' : undefined
      expect(await axeViolations(page, only), `${name}, ${size}, ${colorScheme}`).toEqual([])
    }
    expect(await overflowing(page), `${name}, ${size}`).toEqual([])
  }
  if (language !== 'en') expect(await englishOn(page, language), name).toEqual([])
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(DESKTOP)
}

/** Elements that stick out of the page at the side; scrolling sideways is no answer on a phone. */
export async function overflowing(page: Page): Promise<string[]> {
  await atRest(page)
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth
    return [...document.querySelectorAll('body *')]
      .filter((element) => {
        const box = element.getBoundingClientRect()
        if (box.width === 0 || box.height === 0 || getComputedStyle(element).visibility === 'hidden')
          return false
        if (
          element.closest(
            // The links that skip to the content are Nextcloud's own, and beside the page until they have the focus.
            '.app-navigation, .az-hidden, .hidden-visually, [aria-hidden="true"], .v-popper__popper, .vue-skip-actions',
          )
        )
          return false
        return box.right > width + 1 || box.left < -1
      })
      .map((element) => `${element.tagName}.${String(element.className)}`)
      .slice(0, 5)
  })
}

/** Texts on the screen (and names for screen readers) that are English words of ours with another translation. */
export async function englishOn(page: Page, language: string): Promise<string[]> {
  const words = JSON.parse(
    readFileSync(new URL(`../../shared/l10n/${language}.json`, import.meta.url), 'utf8'),
  ) as { [english: string]: string | string[] }
  const components = JSON.parse(
    readFileSync(new URL('../../shared/l10n/components.json', import.meta.url), 'utf8'),
  ) as { [language: string]: typeof words }
  const suspects = Object.entries({ ...words, ...components[language] })
    .filter(
      ([english, own]) =>
        typeof own === 'string' && own !== english && english !== 'English' && /[a-z]{3}/.test(english),
    )
    .map(([english]) =>
      english
        .split(/\{\w+\}/)
        .reduce((a, b) => (b.length > a.length ? b : a))
        .trim(),
    )
    .filter((text) => text.length > 6)
  const shown = await page.evaluate(() => {
    const texts = [document.body.innerText]
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
      for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
        texts.push(element.getAttribute(name) ?? '')
    }
    return texts.join('\n')
  })
  return suspects.filter((english) => shown.includes(english) && asWord(english).test(shown))
}

/** Part of a word of the other language is no English («completes» holds "complete"), nor of a name in a program (`reference_edition`, `backups.json`). */
const asWord = (text: string): RegExp =>
  new RegExp(`(?<![\\p{L}_])${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}_]|\\.\\p{Ll})`, 'u')
