/** What is said of tools names who says it, also where it takes something back: no other person's session sends it [SU5]. */
import { beforeEach, expect, it, vi } from 'vitest'

const sent: unknown[][] = []
vi.mock('@auzolan/plugin/src/host.ts', () => ({ me: { id: 'ane' } }))
vi.mock('@auzolan/plugin/src/api.ts', () => ({
  get: () => Promise.resolve({}),
  send: (...call: unknown[]) => {
    sent.push(call)
    return Promise.resolve({ uses: [], speaksFor: [] })
  },
}))
const suggestions = await import('@auzolan/plugin/src/suggestions-api.ts')
const catalogue = await import('@auzolan/plugin/src/catalogue-api.ts')
beforeEach(() => void (sent.length = 0))

it.each([
  ['a voice taken back', () => suggestions.takeVoiceBack('x')],
  ['a link taken away', () => suggestions.unlinkSuggestion('x')],
  ['a use', () => catalogue.keepUse('x', 'kultura', {} as never)],
  ['a use confirmed', () => catalogue.confirmUse('x', 'kultura')],
  ['a use taken back', () => catalogue.removeUse('x', 'kultura')],
  ['material', () => catalogue.keepMaterial('x', 'y', {} as never)],
  ['material taken away', () => catalogue.removeMaterial('x', 'y')],
  ['a promise', () => catalogue.promiseTraining('x', null)],
  ['who teaches', () => catalogue.teach('x', null)],
  ['who teaches no more', () => catalogue.unteach('x', 'me')],
])('%s', async (_what, send) => {
  await send()
  expect(sent.map(([, , body]) => body)).toEqual([expect.objectContaining({ signedInAs: 'ane' })])
})
