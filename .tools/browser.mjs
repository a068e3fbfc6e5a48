// Finds a Chromium for the end-to-end tests; on Debian as root it installs the distribution's own, without windows: it
// opens a page with half the work.
import { existsSync } from 'node:fs'
import { installOnDebian } from './debian.mjs'

const SHELL = '/usr/bin/chromium-headless-shell'
const PLACES = [
  process.env.AUZOLAN_TEST_BROWSER,
  SHELL,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

const find = () => PLACES.find((place) => place && existsSync(place))

/** Path of the browser. Ends the process with a sentence when there is none and none can be installed. */
export function ensureBrowser() {
  const found = find()
  if (found === SHELL || (found && found === process.env.AUZOLAN_TEST_BROWSER)) return found
  installOnDebian('Chromium for the browser tests', 'chromium-headless-shell', 'fonts-noto-core')
  const one = find()
  if (one) return one
  console.error(
    '\nThe browser tests need Chromium, and none was found.\n' +
      'Debian: sudo apt install chromium-headless-shell. Elsewhere: install Chromium or Chrome, or set\n' +
      'AUZOLAN_TEST_BROWSER to the path of its program. Then run the command again.\n',
  )
  process.exit(1)
}
