/** The same fingerprint with and without the browser's own arithmetic, which it keeps to pages of HTTPS. */
import { afterEach, expect, it, vi } from 'vitest'
import { sha256Of } from '@auzolan/plugin/src/parts/sha256.ts'

afterEach(() => void vi.unstubAllGlobals())
const bytesOf = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer as ArrayBuffer

it.each([
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
])('of %j', async (text, sha256) => {
  expect(await sha256Of(bytesOf(text))).toBe(sha256)
  vi.stubGlobal('crypto', { getRandomValues: () => {} })
  expect(await sha256Of(bytesOf(text))).toBe(sha256)
})
