/** Files over the wire: who sends and fetches them, what is kept on the disk, and what is left when something breaks off. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { DocumentId, PersonId } from '@auzolan/shared/ids.ts'
import {
  FILES_AT_ONCE_MAX,
  FILES_PER_DOCUMENT_MAX,
  FILE_BYTES_BURST,
  FILE_MAX_BYTES,
  FILE_NAME_MAX_CHARACTERS,
  FILE_UNNAMED_KEPT_MS,
  STORAGE_LOW_BYTES,
  TRASH_KEPT_MS,
} from '@auzolan/shared/limits.ts'
import type { KeptFile } from '@auzolan/shared/protocol/files.ts'
import {
  ARRANGING,
  CALENDARS,
  FILES,
  FILE_STORE,
  JOURNAL,
  STANDINGS,
  UNNAMED,
} from '@auzolan/server/src/container.ts'
import { Files, type FilePorts } from '@auzolan/server/src/files/files.ts'
import { Unnamed } from '@auzolan/server/src/files/unnamed.ts'
import { Portions } from '@auzolan/server/src/gateway/portions.ts'
import { placeOf } from '@auzolan/server/src/journal/file-place.ts'
import { verifyFolder } from '@auzolan/server/src/verify/data-folder.ts'
import { sign } from '../support/nextcloud-host.ts'
import { openCalendar } from '../support/calendar-hand.ts'
import { REASON, WHO, startReviewed, type Reviewed, type Who } from '../support/reviewed.ts'
import { SECRET, jpeg, pdf, png, vtt } from '../support/sample-files.ts'

let house: Reviewed
beforeAll(async () => void (house = await startReviewed()))
afterAll(() => house.stop())

const shaOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
/** Nobody else in these tests has sent it. */
let n = 0
const fresh = (): Buffer => Buffer.from(`WEBVTT ${++n}\n\n00:00.000 --> 00:02.000\nKaixo!\n`)
const url = (id: string, sha256: string, name?: string): string =>
  `${house.server.url}/api/v1/documents/${id}/files/${sha256}${name === undefined ? '' : `?name=${encodeURIComponent(name)}`}`
const authorised = async (who: Who | null): Promise<Record<string, string>> =>
  who === null ? {} : { authorization: `Bearer ${await sign({ person: who })}` }

interface Sending {
  who?: Who | null
  sha256?: string
  name?: string
  type?: string
}
async function send(
  id: string,
  bytes: Buffer,
  {
    who = 'jon',
    sha256 = shaOf(bytes),
    name = 'fitxategia',
    type = 'application/octet-stream',
  }: Sending = {},
): Promise<{ status: number; file: KeptFile; code: string | undefined }> {
  const response = await fetch(url(id, sha256, name), {
    method: 'PUT',
    headers: { ...(await authorised(who)), 'content-type': type },
    body: new Uint8Array(bytes),
  })
  const json = (await response.json()) as KeptFile & { code?: string }
  return { status: response.status, file: json, code: json.code }
}
const fetchFile = async (
  id: string,
  sha256: string,
  who: Who | null = 'miren',
  more: Record<string, string> = {},
) => fetch(url(id, sha256), { headers: { ...(await authorised(who)), ...more } })
const list = async (id: string): Promise<KeptFile[]> =>
  (await house.call<KeptFile[]>('miren', 'GET', `/documents/${id}/files`)).json
const onDisk = (sha256: string): string => join(house.server.dataFolder, 'files', placeOf(sha256))
const incoming = (): Promise<string[]> => readdir(join(house.server.dataFolder, 'files', 'incoming'))

describe('[FI1] who may', () => {
  it.each(
    WHO.map(
      (who, i) =>
        [
          who,
          [201, 201, 403, 403, 403, 404][i]!,
          [200, 200, 200, 200, 200, 404][i]!,
          [204, 204, 403, 403, 403, 404][i]!,
        ] as const,
    ),
  )('%s sends: %i, lists and fetches: %i, takes out: %i', async (who, sends, reads, takesOut) => {
    const id = await house.plan()
    const bytes = fresh()
    const sent = await send(id, bytes, { who })
    expect(sent.status).toBe(sends)
    expect(await list(id)).toHaveLength(sends === 201 ? 1 : 0)
    await send(id, bytes)
    expect((await house.call(who, 'GET', `/documents/${id}/files`)).status).toBe(reads)
    expect((await fetchFile(id, shaOf(bytes), who)).status).toBe(reads)
    expect((await house.outcome(who, 'DELETE', `/documents/${id}/files/${shaOf(bytes)}`))[0]).toBe(takesOut)
    expect(await list(id)).toHaveLength(takesOut === 204 ? 0 : 1)
  })
  it('nobody without a token', async () => {
    const id = await house.plan()
    const bytes = fresh()
    expect((await send(id, bytes, { who: null })).status).toBe(401)
    expect((await fetchFile(id, shaOf(bytes), null)).status).toBe(401)
    expect((await house.call(null, 'GET', `/documents/${id}/files`)).status).toBe(401)
    expect((await house.call(null, 'DELETE', `/documents/${id}/files/${shaOf(bytes)}`)).status).toBe(401)
  })
  it('whoever reads the plan because everybody may sees no files, and sends none', async () => {
    const id = await house.plan()
    const bytes = fresh()
    await send(id, bytes)
    await house.call('ane', 'PUT', `/documents/${id}/visibility`, { visibility: 'organisation' })
    expect((await fetchFile(id, shaOf(bytes), 'outsider')).status).toBe(403)
    expect((await house.call('outsider', 'GET', `/documents/${id}/files`)).status).toBe(403)
    expect((await send(id, fresh(), { who: 'outsider' })).status).toBe(403)
    expect((await house.call('outsider', 'DELETE', `/documents/${id}/files/${shaOf(bytes)}`)).status).toBe(
      403,
    )
  })
  it('a file of one document is none of another, also for those who know its hash', async () => {
    const [mine, other] = [await house.plan(), await house.plan()]
    const bytes = fresh()
    await send(mine, bytes)
    expect((await fetchFile(other, shaOf(bytes))).status).toBe(404)
    expect((await house.call('ane', 'DELETE', `/documents/${other}/files/${shaOf(bytes)}`)).status).toBe(404)
  })
  it('of an archived plan files are read, and neither sent nor taken out', async () => {
    const id = await house.plan()
    const bytes = fresh()
    await send(id, bytes)
    await house.call('ane', 'POST', `/documents/${id}/archive`, { reason: REASON })
    expect(await send(id, fresh())).toMatchObject({ status: 409, code: 'ILLEGAL_MOVE' })
    expect((await house.call('ane', 'DELETE', `/documents/${id}/files/${shaOf(bytes)}`)).status).toBe(409)
    expect((await fetchFile(id, shaOf(bytes))).status).toBe(200)
  })
})

describe('[FI6] what is kept', () => {
  it('is the hash, the type and the size of what is left, with who sent it', async () => {
    const id = await house.plan()
    const { status, file } = await send(id, jpeg(), { name: 'Jaiak 2027.jpg' })
    expect(status).toBe(201)
    expect(file).toMatchObject({
      name: 'Jaiak 2027.jpg',
      type: 'image/jpeg',
      width: 24,
      height: 40,
      by: { id: 'jon' },
    })
    expect(file.sha256).not.toBe(shaOf(jpeg()))
    const kept = await readFile(onDisk(file.sha256))
    expect(shaOf(kept)).toBe(file.sha256)
    expect(kept.length).toBe(file.bytes)
    expect(kept.includes(SECRET)).toBe(false)
    expect(await list(id)).toEqual([file])
    expect(await incoming()).toEqual([])
  })
  it('is given out as something to save, inert, for ever, and in parts', async () => {
    const id = await house.plan()
    const { file } = await send(id, png(1), { name: 'ñ "x".html' })
    const response = await fetchFile(id, file.sha256)
    expect(shaOf(Buffer.from(await response.arrayBuffer()))).toBe(file.sha256)
    const headers = Object.fromEntries(response.headers)
    expect(headers).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(file.bytes),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cache-control': 'private, max-age=31536000, immutable, no-transform',
      etag: `"${file.sha256}"`,
    })
    expect(headers['content-disposition']).toBe(
      `attachment; filename="? \\"x\\".html.png"; filename*=UTF-8''%C3%B1%20%22x%22.html.png`,
    )
    const part = await fetchFile(id, file.sha256, 'miren', { range: 'bytes=0-7' })
    expect([part.status, Buffer.from(await part.arrayBuffer())]).toEqual([206, png().subarray(0, 8)])
    expect((await fetchFile(id, file.sha256, 'miren', { range: 'bytes=999999-' })).status).toBe(416)
    for (const asked of [
      { 'if-match': '"another"' },
      { 'if-unmodified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' },
    ])
      expect((await fetchFile(id, file.sha256, 'miren', asked as { [name: string]: string })).status).toBe(
        412,
      )
    expect((await fetchFile(id, file.sha256, 'miren', { 'if-match': `"${file.sha256}"` })).status).toBe(200)
  })
  it('the same sent again, by either hash, is not written again', async () => {
    const id = await house.plan()
    const { file } = await send(id, jpeg(), { name: 'a.jpg' })
    expect(await send(id, jpeg(), { name: 'b.jpg' })).toMatchObject({ status: 200, file })
    expect(await send(id, Buffer.from('never looked at'), { sha256: file.sha256 })).toMatchObject({
      status: 200,
      file,
    })
    expect(await list(id)).toEqual([file])
  })
  it('two copies at the same time are one', async () => {
    const id = await house.plan()
    const bytes = fresh()
    const answers = await Promise.all([1, 2, 3].map(() => send(id, bytes)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201])
    expect(await list(id)).toHaveLength(1)
  })
  it('other bytes than the hash says are refused, and nothing is left of them', async () => {
    const id = await house.plan()
    expect(await send(id, fresh(), { sha256: shaOf(Buffer.from('x')) })).toMatchObject({
      status: 422,
      code: 'FILE_DIFFERS',
    })
    expect([await list(id), await incoming()]).toEqual([[], []])
  })
  it.each([
    ['a type that is not taken', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 415, 'FILE_TYPE'],
    ['half a picture', png().subarray(0, 60), 422, 'FILE_DAMAGED'],
    ['nothing', Buffer.alloc(0), 415, 'FILE_TYPE'],
  ])('%s', async (_what, bytes, status, code) => {
    const id = await house.plan()
    expect(await send(id, bytes)).toMatchObject({ status, code })
    expect([await list(id), await incoming()]).toEqual([[], []])
    expect(existsSync(onDisk(shaOf(bytes)))).toBe(false)
  })
  it.each<[string, Sending, number, string]>([
    ['without a name', { name: ' ' }, 400, 'INVALID_INPUT'],
    ['with too long a name', { name: 'a'.repeat(FILE_NAME_MAX_CHARACTERS + 1) }, 400, 'INVALID_INPUT'],
    ['as another body', { type: 'image/png' }, 400, 'MALFORMED'],
    ['with a hash that is none', { sha256: 'x'.repeat(64) }, 404, 'NOT_FOUND'],
    ['with a hash in capitals', { sha256: 'A'.repeat(64) }, 404, 'NOT_FOUND'],
  ])('%s', async (_what, how, status, code) => {
    expect(await send(await house.plan(), fresh(), how)).toMatchObject({ status, code })
  })
  it('a name as long as it may be', async () => {
    const name = 'a'.repeat(FILE_NAME_MAX_CHARACTERS)
    expect(await send(await house.plan(), fresh(), { name })).toMatchObject({ status: 201, file: { name } })
  })
})

describe('[FI7] limits', () => {
  const big = (bytes: number): Buffer => Buffer.concat([pdf(), Buffer.alloc(bytes - pdf().length, ++n)])
  it('a file of 20 MB, and not a byte more', async () => {
    const id = await house.plan()
    expect((await send(id, big(FILE_MAX_BYTES))).file.bytes).toBe(FILE_MAX_BYTES)
    expect(await send(id, big(FILE_MAX_BYTES + 1))).toMatchObject({ status: 413, code: 'TOO_LARGE' })
  })
  it('nor without saying how long it is; the answer arrives all the same', async () => {
    const id = await house.plan()
    const bytes = big(FILE_MAX_BYTES + 5_000_000)
    const headers = { ...(await authorised('jon')), 'content-type': 'application/octet-stream' }
    const status = await new Promise((resolve, reject) => {
      const sending = request(url(id, shaOf(bytes), 'x'), { method: 'PUT', headers }, (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      })
      sending.on('error', reject)
      Readable.from([bytes.subarray(0, 10_000_000), bytes.subarray(10_000_000)]).pipe(sending)
    })
    expect(status).toBe(413)
    expect([await list(id), await incoming()]).toEqual([[], []])
  })
  it('whoever breaks off leaves nothing', async () => {
    const id = await house.plan()
    const headers = {
      ...(await authorised('jon')),
      'content-type': 'application/octet-stream',
      'content-length': 1_000,
    }
    const sending = request(url(id, 'a'.repeat(64), 'x'), { method: 'PUT', headers })
    sending.on('error', () => {})
    sending.write('WEBVTT')
    await vi.waitFor(async () => expect(await incoming()).toHaveLength(1))
    sending.destroy()
    await vi.waitFor(async () => expect(await incoming()).toEqual([]))
    expect(await list(id)).toEqual([])
    // Nor does it count among what is sent at the same time.
    for (let i = 0; i <= FILES_AT_ONCE_MAX; i++) expect((await send(id, fresh())).status).toBe(201)
  })
  it('one person, and not another, waits after so much, and sends so many at the same time', () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    try {
      const [ane, jon] = ['ane', 'jon'] as PersonId[]
      const portions = new Portions(1, 10, 2)
      const first = portions.begin(ane!, 10)
      expect(first).not.toHaveProperty('refused')
      expect(portions.begin(ane!, 1)).toMatchObject({ refused: 'TRY_AGAIN' })
      expect(portions.begin(jon!, 1)).not.toHaveProperty('refused')
      vi.advanceTimersByTime(1_000)
      expect(portions.begin(ane!, 1)).not.toHaveProperty('refused')
      vi.advanceTimersByTime(9_000)
      expect(portions.begin(ane!, 1)).toMatchObject({ refused: 'TRY_AGAIN' })
      if ('end' in first) first.end()
      expect(portions.begin(ane!, 1)).not.toHaveProperty('refused')
    } finally {
      vi.useRealTimers()
    }
    // An album of a fair goes through at once.
    expect(FILE_BYTES_BURST / FILE_MAX_BYTES).toBeGreaterThanOrEqual(20)
  })

  const filesWith = (more: Partial<FilePorts>): Files => {
    const { container } = house.server
    return new Files({
      journal: container.resolve(JOURNAL),
      standings: container.resolve(STANDINGS),
      store: container.resolve(FILE_STORE),
      usage: async () => ({ shows: () => false, isStill: async () => true }),
      portion: () => ({ end: () => {} }),
      documentMaxBytes: 1_000,
      now: () => new Date(),
      ...more,
    })
  }
  const JON = {
    person: 'jon' as PersonId,
    name: 'Jon',
    groups: [],
    teams: [],
    language: 'eu',
    admin: false,
    issuedAt: 0,
  }
  const takenBy = (files: Files, id: DocumentId, bytes: Buffer, length: number | null = bytes.length) =>
    files.take(JON, id, { sha256: shaOf(bytes), name: 'x', length }, Readable.from([bytes]))

  it('all files of a document together, and how many', async () => {
    const id = await house.plan()
    const files = filesWith({ documentMaxBytes: 3 * vtt().length + 10 })
    const [one, two] = [fresh(), fresh()]
    expect(await takenBy(files, id, one)).toHaveProperty('isNew', true)
    expect(await takenBy(files, id, two)).toHaveProperty('isNew', true)
    expect(await takenBy(files, id, Buffer.concat([fresh(), two]))).toMatchObject({ refused: 'FILES_FULL' })
    // Without a length it is known when it has come.
    expect(await takenBy(files, id, Buffer.concat([fresh(), two]), null)).toMatchObject({
      refused: 'FILES_FULL',
    })
    expect(await takenBy(files, id, one)).toHaveProperty('isNew', false)
    const { rows } = house.server.container.resolve(JOURNAL)
    const row = await rows.selectFrom('file').selectAll().where('document', '=', id).executeTakeFirstOrThrow()
    const hex = (i: number): string => i.toString(16).padStart(64, '0')
    for (let i = 2; i < FILES_PER_DOCUMENT_MAX; i += 500)
      await rows
        .insertInto('file')
        .values(
          Array.from({ length: Math.min(500, FILES_PER_DOCUMENT_MAX - i) }, (_, k) => ({
            ...row,
            sha256: hex(i + k),
            sent: hex(i + k),
            bytes: 0,
          })),
        )
        .execute()
    expect(await takenBy(filesWith({}), id, fresh())).toMatchObject({ refused: 'FILES_FULL' })
    await rows.deleteFrom('file').where('document', '=', id).execute()
  })
  it('room for people’s words stays on the disk', async () => {
    const id = await house.plan()
    const store = house.server.container.resolve(FILE_STORE)
    const free = vi.spyOn(store, 'freeBytes')
    const bytes = fresh()
    free.mockResolvedValueOnce(STORAGE_LOW_BYTES + 2 * bytes.length - 1)
    expect(await send(id, bytes)).toMatchObject({ status: 507, code: 'STORAGE_FULL' })
    free.mockResolvedValueOnce(STORAGE_LOW_BYTES + 2 * bytes.length)
    expect(await send(id, bytes)).toMatchObject({ status: 201 })
    free.mockRestore()
  })
  it('a disk that is full is said, and nothing half is kept', async () => {
    const id = await house.plan()
    const store = house.server.container.resolve(FILE_STORE)
    const keep = vi.spyOn(store, 'keep').mockResolvedValueOnce({ refused: 'STORAGE_FULL', detail: '' })
    expect(await send(id, fresh())).toMatchObject({ status: 507 })
    keep.mockRestore()
    expect([await list(id), await incoming()]).toEqual([[], []])
  })
  it('what something shows is not taken out', async () => {
    const id = await house.plan()
    const bytes = fresh()
    await send(id, bytes)
    const jon = await openCalendar(house.server, 'jon', id)
    const file = { name: 'a.png', sha256: shaOf(bytes), preview: '' }
    await jon.set('media', 'm1', { title: 'Plaza', file })
    const takeOut = () => house.outcome('jon', 'DELETE', `/documents/${id}/files/${shaOf(bytes)}`)
    expect(await takeOut()).toEqual([409, 'FILE_IN_USE'])
    expect(await list(id)).toHaveLength(1)
    await jon.set('media', 'm1', { file: null })
    expect(await takeOut()).toEqual([204, undefined])
    await jon.close()
  })
  it('somebody who types elsewhere meanwhile stops nobody; a medium that comes with it does', async () => {
    const id = await house.plan()
    const bytes = fresh()
    await send(id, bytes)
    const jon = await openCalendar(house.server, 'jon', id)
    const file = { name: 'a.png', sha256: shaOf(bytes), preview: '' }
    const calendars = house.server.container.resolve(CALENDARS)
    const meanwhile = (values: Record<string, unknown>) =>
      filesWith({
        usage: async (document) => {
          const used = await calendars.usage(document)
          if (!used.shows(shaOf(bytes))) await jon.set('media', 'm1', values)
          return used
        },
      }).takeOut(JON, id, shaOf(bytes))
    expect(await meanwhile({ title: 'Plaza', file })).toMatchObject({ refused: 'FILE_IN_USE' })
    await jon.set('media', 'm1', { file: null })
    expect(await meanwhile({ title: 'Beste plaza' })).toBeNull()
    await jon.close()
  })
  it('nor while somebody is writing what may show it', async () => {
    const id = await house.plan()
    const bytes = fresh()
    await send(id, bytes)
    const files = filesWith({ usage: async () => ({ shows: () => false, isStill: async () => false }) })
    expect(await files.takeOut(JON, id, shaOf(bytes))).toMatchObject({ refused: 'TRY_AGAIN' })
    expect(await list(id)).toHaveLength(1)
  })
})

describe('[FI8] bytes and rows', () => {
  /** As if it were so much later. */
  const look = (laterMs: number): Promise<number> => {
    const { container } = house.server
    return new Unnamed({
      journal: container.resolve(JOURNAL),
      files: container.resolve(FILES),
      store: container.resolve(FILE_STORE),
      now: () => new Date(Date.now() + laterMs),
    }).look()
  }
  it('are once on the disk for several documents, and go some time after the last one let go', async () => {
    const [one, two] = [await house.plan(), await house.plan()]
    const bytes = fresh()
    const sha256 = shaOf(bytes)
    await send(one, bytes)
    await send(two, bytes)
    await house.call('ane', 'DELETE', `/documents/${one}/files/${sha256}`)
    await look(0)
    await look(2 * FILE_UNNAMED_KEPT_MS)
    expect(existsSync(onDisk(sha256))).toBe(true)
    expect((await fetchFile(one, sha256)).status).toBe(404)
    await house.call('jon', 'DELETE', `/documents/${two}/files/${sha256}`)
    await look(0)
    await look(FILE_UNNAMED_KEPT_MS - 60_000)
    expect(existsSync(onDisk(sha256))).toBe(true)
    await look(FILE_UNNAMED_KEPT_MS + 60_000)
    expect(existsSync(onDisk(sha256))).toBe(false)
    expect(await send(one, bytes)).toMatchObject({ status: 201 })
  })
  it('what is named again does not go', async () => {
    const id = await house.plan()
    const bytes = fresh()
    await send(id, bytes)
    await house.call('ane', 'DELETE', `/documents/${id}/files/${shaOf(bytes)}`)
    await look(0)
    await send(id, bytes)
    await house.call('ane', 'DELETE', `/documents/${id}/files/${shaOf(bytes)}`)
    await look(FILE_UNNAMED_KEPT_MS + 60_000)
    expect(existsSync(onDisk(shaOf(bytes)))).toBe(true)
  })
  it('what a crash has left is cleared away, at the start or later; strange files stay', async () => {
    const folder = join(house.server.dataFolder, 'files')
    const orphan = fresh()
    await mkdir(join(folder, shaOf(orphan).slice(0, 2)), { recursive: true })
    await writeFile(onDisk(shaOf(orphan)), orphan)
    await writeFile(join(folder, shaOf(orphan).slice(0, 2), 'notes.txt'), 'x')
    await writeFile(join(folder, 'incoming', 'half'), 'x')
    await house.server.restart()
    expect(await incoming()).toEqual([])
    await vi.waitFor(async () =>
      expect(
        await house.server.container
          .resolve(JOURNAL)
          .rows.selectFrom('file_unnamed')
          .select('since')
          .where('sha256', '=', shaOf(orphan))
          .execute(),
      ).toHaveLength(1),
    )
    expect(await look(FILE_UNNAMED_KEPT_MS + 60_000)).toBeGreaterThanOrEqual(1)
    expect(existsSync(onDisk(shaOf(orphan)))).toBe(false)
    expect(existsSync(join(folder, shaOf(orphan).slice(0, 2), 'notes.txt'))).toBe(true)
    expect(house.server.container.resolve(UNNAMED)).toBeInstanceOf(Unnamed)
  })
  it('a deleted document lets go of its files', async () => {
    const id = await house.plan()
    const bytes = fresh()
    await send(id, bytes)
    const { rows } = house.server.container.resolve(JOURNAL)
    await house.call('ane', 'POST', `/documents/${id}/trash`)
    await rows
      .updateTable('document')
      .set({ trashed_at: new Date(Date.now() - TRASH_KEPT_MS - 1_000).toISOString() })
      .where('id', '=', id)
      .execute()
    await house.server.container.resolve(ARRANGING).purge()
    expect(await rows.selectFrom('file').selectAll().where('document', '=', id).execute()).toEqual([])
  })
  it('the check of a data folder finds what is missing and what was changed', async () => {
    const id = await house.plan()
    const [whole, changed, missing] = [fresh(), fresh(), fresh()]
    for (const bytes of [whole, changed, missing]) await send(id, bytes)
    const check = async (): Promise<string[]> => {
      const found = await verifyFolder(house.server.dataFolder, null)
      return found.kind === 'read'
        ? found.faults.filter((fault) => fault.startsWith('file:'))
        : ['unreadable']
    }
    expect(await check()).toEqual([])
    await writeFile(onDisk(shaOf(changed)), 'WEBVTT')
    await rm(onDisk(shaOf(missing)))
    expect((await check()).sort()).toEqual(
      [
        `file: ${shaOf(changed)} holds something else than when it was kept`,
        `file: ${shaOf(missing)} is missing, or may not be read`,
      ].sort(),
    )
    // And whoever asks for it gets a "no", not half an answer.
    const answer = await fetchFile(id, shaOf(missing))
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([404, 'no-store'])
    // Sent again under its hash it is there again.
    await house.call('ane', 'DELETE', `/documents/${id}/files/${shaOf(missing)}`)
    expect((await send(id, missing)).status).toBe(201)
    expect((await fetchFile(id, shaOf(missing))).status).toBe(200)
  })
})
