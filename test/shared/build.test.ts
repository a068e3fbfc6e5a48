/** Which pages are too old to write. */
import { describe, expect, it } from 'vitest'
import { isTooOld, OLDEST_WRITING_BUILD } from '@auzolan/shared/build.ts'

describe('[P13] a page', () => {
  it.each([
    ['1.2.2', true],
    ['1.2.3', false],
    ['1.2.4', false],
    ['1.10.0', false],
    ['0.99.99', true],
    ['2.0.0', false],
    ['1.2.2-rc.1', true],
    ['1.2.3+abc', false],
    ['y-websocket', false],
    ['', false],
    ['1.2', false],
  ])('of version “%s” beside 1.2.3: too old is %s', (build, old) => {
    expect(isTooOld(build, '1.2.3')).toBe(old)
  })

  it('of this version may write', async () => {
    const { default: ours } = await import('../../package.json', { with: { type: 'json' } })
    expect(isTooOld(ours.version)).toBe(false)
    expect(isTooOld(OLDEST_WRITING_BUILD)).toBe(false)
  })
})
