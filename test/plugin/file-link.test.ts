/** Which addresses are files of this Nextcloud, however people copy them. */
import { expect, it } from 'vitest'
import { fileIdIn } from '../../plugin/src/parts/file-address.ts'

const here = { origin: 'https://hodeia.haranberri.example', root: '' }
const below = { origin: 'https://haranberri.example', root: '/hodeia' }

it.each<[string, typeof here, string | null]>([
  ['https://hodeia.haranberri.example/f/123', here, '123'],
  ['  https://hodeia.haranberri.example/f/123  ', here, '123'],
  ['https://hodeia.haranberri.example/index.php/f/123', here, '123'],
  ['https://hodeia.haranberri.example/f/123/', here, '123'],
  ['https://hodeia.haranberri.example/f/123?openfile=false', here, '123'],
  ['https://hodeia.haranberri.example/apps/files/files/123?dir=/Kontratuak', here, '123'],
  ['https://hodeia.haranberri.example/index.php/apps/files/files/123', here, '123'],
  ['https://haranberri.example/hodeia/f/123', below, '123'],
  ['https://haranberri.example/hodeia/index.php/f/123', below, '123'],
  [`https://hodeia.haranberri.example/f/${'9'.repeat(18)}`, here, '9'.repeat(18)],
  // Not ours, or not a file.
  ['https://hodeia.haranberri.example.evil.example/f/123', here, null],
  ['http://hodeia.haranberri.example/f/123', here, null],
  ['https://hodeia.haranberri.example:8443/f/123', here, null],
  ['https://haranberri.example/f/123', below, null],
  ['https://haranberri.example/hodeiak/f/123', below, null],
  ['https://hodeia.haranberri.example/f/123a', here, null],
  ['https://hodeia.haranberri.example/f/-1', here, null],
  ['https://hodeia.haranberri.example/f/../f/x', here, null],
  [`https://hodeia.haranberri.example/f/${'9'.repeat(19)}`, here, null],
  ['https://hodeia.haranberri.example/s/123', here, null],
  ['https://hodeia.haranberri.example/apps/files', here, null],
  ['/f/123', here, null],
  ['f/123', here, null],
  ['', here, null],
])('[EV21] %s', (address, where, id) => expect(fileIdIn(address, where)).toBe(id))
