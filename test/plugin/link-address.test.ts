/** What a link in a text may lead to: the web and mail, and nothing that runs. */
import { expect, it } from 'vitest'
import { linkAddress } from '../../plugin/src/parts/link-address.ts'

it.each([
  ['https://www.haranberri.example/a', 'https://www.haranberri.example/a'],
  ['http://haranberri.example', 'http://haranberri.example'],
  ['  haranberri.example/plana ', 'https://haranberri.example/plana'],
  ['mailto:udala@haranberri.example', 'mailto:udala@haranberri.example'],
  ['HTTPS://haranberri.example', 'HTTPS://haranberri.example'],
])('%j leads to %j', (typed, address) => {
  expect(linkAddress(typed)).toBe(address)
})

it.each([
  '',
  '   ',
  'javascript:alert(1)',
  ' JaVaScRiPt:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  'file:///etc/passwd',
  'https://',
  'not an address at all',
])('%j leads nowhere', (typed) => {
  expect(linkAddress(typed)).toBeNull()
})
