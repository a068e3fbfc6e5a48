/** Files as a page sends and shows them: what is asked of the server, and that no picture stays in memory. */
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { FILE_MAX_BYTES } from '@auzolan/shared/limits.ts'

const carry = vi.hoisted(() => vi.fn())
vi.mock('@auzolan/plugin/src/api.ts', () => ({
  carry,
  get: vi.fn(),
  send: vi.fn(),
  causeOf: (error: { cause?: string }) => error.cause ?? 'NETWORK',
}))
vi.mock('@auzolan/plugin/src/http.ts', () => ({ HttpError: class extends Error {} }))
const way = vi.hoisted(() => ({ current: 'direct' }))
vi.mock('@auzolan/plugin/src/host.ts', () => ({ ways: { current: async () => way.current } }))
vi.mock('@auzolan/plugin/src/l10n.ts', () => ({ t: (text: string) => text }))
const { FileTooLarge, explainUpload, fileUrl, releaseFile, uploadFile } =
  await import('@auzolan/plugin/src/files-api.ts')

const made: Blob[] = []
const revoked: string[] = []
beforeEach(() => {
  made.length = revoked.length = 0
  carry.mockReset()
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => `blob:${made.push(blob as Blob)}`)
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation((url) => void revoked.push(url))
})
afterEach(() => vi.restoreAllMocks())

it('a file goes as bytes, under its hash and name, and says how far it is', async () => {
  const file = new File(['Kaixo'], 'argazki bat.jpg')
  const sha256 = createHash('sha256').update('Kaixo').digest('hex')
  carry.mockResolvedValue({ sha256: 'kept' })
  const parts: number[] = []
  expect(await uploadFile('d', file, (part) => parts.push(part))).toEqual({ sha256: 'kept' })
  const [method, path, carried] = carry.mock.calls[0] as [
    string,
    string,
    {
      data: unknown
      params: object
      headers: object
      onUploadProgress(event: object): void
    },
  ]
  expect([method, path]).toEqual(['PUT', `/documents/d/files/${sha256}`])
  expect(carried).toMatchObject({
    data: file,
    params: { name: 'argazki bat.jpg' },
    headers: { 'Content-Type': 'application/octet-stream' },
  })
  carried.onUploadProgress({ loaded: 1, total: 4 })
  carried.onUploadProgress({ loaded: 1 })
  carried.onUploadProgress({ loaded: 5, total: 4 })
  expect(parts).toEqual([0.25, 0, 1])
})
it('one that is too large is not even read; why is said for the way that was taken', async () => {
  const file = new File([], 'x')
  Object.defineProperty(file, 'size', { value: FILE_MAX_BYTES + 1 })
  await expect(uploadFile('d', file)).rejects.toBeInstanceOf(FileTooLarge)
  expect(carry).not.toHaveBeenCalled()
  expect(await explainUpload(new FileTooLarge())).toContain('20 MB')
  expect(await explainUpload({ cause: 'TOO_LARGE' })).toContain('20 MB')
  way.current = 'relay'
  expect(await explainUpload({ cause: 'TOO_LARGE' })).toContain('directly')
  expect(await explainUpload(new FileTooLarge())).toContain('20 MB')
  expect(await explainUpload({ cause: 'STORAGE_FULL' })).toContain('too little room')
})
it('an address is shared, and goes when the last one has let go of it', async () => {
  carry.mockImplementation(async () => new Blob(['x'], { type: 'image/png' }))
  const [one, two] = await Promise.all([fileUrl('d', 'a'), fileUrl('d', 'a')])
  expect([one, two, carry.mock.calls.length]).toEqual([one, one, 1])
  releaseFile('d', 'a')
  await Promise.resolve()
  expect(revoked).toEqual([])
  releaseFile('d', 'a')
  await vi.waitFor(() => expect(revoked).toEqual([one]))
  releaseFile('d', 'a')
  await fileUrl('d', 'a')
  expect(carry).toHaveBeenCalledTimes(2)
})
it('what could run gets an address without its type', async () => {
  for (const [i, type] of ['text/html', 'image/svg+xml', 'image/webp;x=y'].entries()) {
    carry.mockResolvedValueOnce(new Blob(['x'], { type }))
    await fileUrl('e', String(i))
  }
  expect(made.map((blob) => blob.type)).toEqual([
    'application/octet-stream',
    'application/octet-stream',
    'image/webp',
  ])
})
it('what did not come is asked for again the next time', async () => {
  carry.mockRejectedValueOnce(new Error('gone'))
  await expect(fileUrl('f', 'a')).rejects.toThrow('gone')
  carry.mockResolvedValueOnce(new Blob(['x'], { type: 'image/png' }))
  expect(await fileUrl('f', 'a')).toMatch(/^blob:/)
})
