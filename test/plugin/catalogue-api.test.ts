/** The catalogue as a server tells it that is older than this page [CA29]. */
import { beforeEach, expect, it, vi } from 'vitest'
import type { OnShelf } from '@auzolan/shared/protocol/catalogue.ts'
import { GELA, cardOf, onShelf } from '../support/catalogue-of.ts'

const says: { [path: string]: unknown } = {}
vi.mock('@auzolan/plugin/src/api.ts', () => ({
  get: (path: string) => Promise.resolve(structuredClone(says[path.split('?')[0]!])),
  send: (_method: string, path: string) => Promise.resolve(structuredClone(says[path])),
}))
vi.mock('@auzolan/plugin/src/host.ts', () => ({ me: { id: 'ane' } }))
const { askCatalogue, confirmUse, getCare, getCatalogue, getTool } =
  await import('@auzolan/plugin/src/catalogue-api.ts')
const { shown, departmentsOf, EVERYTHING } = await import('@auzolan/plugin/src/screens/catalogue/filters.ts')
const { said } = await import('@auzolan/plugin/src/screens/catalogue/columns.ts')
const { SORT_COLUMNS } = await import('@auzolan/plugin/src/screens/catalogue/sorting.ts')

const { backedUp: _, ...location } = GELA.location
const USE = {
  department: 'kultura',
  since: '2026-01-10',
  until: null,
  level: 'individual',
  useCase: {},
  people: 6,
}
beforeEach(() => {
  const { usedBy: _used, words: _words, ...tool } = onShelf(GELA, 'recommended')
  says['/catalogue'] = { tools: [{ ...tool, location }] }
  const { own: _own, ...upkeep } = cardOf(GELA, 'recommended').upkeep
  const kept = { ...upkeep, uses: [USE, { ...USE, department: 'gazteria' }], speaksFor: ['kultura'] }
  says[`/catalogue/${GELA.id}`] = {
    ...cardOf(GELA, 'recommended'),
    entry: { ...GELA, location },
    upkeep: kept,
  }
  says[`/catalogue/${GELA.id}/uses/kultura/confirm`] = kept
  says['/catalogue/answer'] = { answer: { entry: { ...GELA, location } }, before: null }
  says['/catalogue/care'] = {
    lines: [{ tool: GELA.id, name: 'Gela', kind: 'training' }],
    watches: true,
    watched: true,
  }
})

it('has shelves and a table, in which nobody has said what is new', async () => {
  const { tools } = await getCatalogue()
  expect(tools).toMatchObject([{ usedBy: [], words: '', location: { backedUp: [] } }])
  const [tool] = tools as [OnShelf]
  expect(departmentsOf(tool)).toEqual(GELA.departmentsUsing)
  for (const column of SORT_COLUMNS) expect(said(tool, column)).toEqual(expect.any(String))
  expect(shown(tools, { ...EVERYTHING, words: 'gela' }, () => 'Bideoa')).toHaveLength(1)
})
it('has a card on which those correct a use who spoke for the department then', async () => {
  for (const { uses } of [(await getTool(GELA.id)).upkeep, await confirmUse(GELA.id, 'kultura')])
    expect(uses.map(({ by, changes }) => [by, changes])).toEqual([
      ['', true],
      ['', false],
    ])
  expect((await getTool(GELA.id)).entry.location.backedUp).toEqual([])
})
it('answers, and says what needs care', async () => {
  const { answer } = await askCatalogue('Gela', { purpose: null, data: 'public', level: 'individual' })
  expect(answer?.entry.location.backedUp).toEqual([])
  expect(answer).toMatchObject({ otherKinds: [], entry: { leftOut: [] } })
  expect(await getCare()).toMatchObject({ suggestions: 0, lines: [{ kind: 'training', acts: true }] })
  says['/catalogue/answer'] = { answer: null, before: null }
  expect((await askCatalogue('X', { purpose: null, data: 'public', level: 'individual' })).answer).toBeNull()
})
