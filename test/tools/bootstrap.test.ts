/** What `npm start` and `npm test` do before anything is installed: every Node gets on, or a sentence. */
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const run = fileURLToPath(new URL('../../.tools/run.cjs', import.meta.url))
const { nodeProblem } = createRequire(import.meta.url)(run) as {
  nodeProblem: (version: string) => string | null
}

it.each(['20.19.0', '20.19.5', '21.0.0', '22.12.0', '24.21.0', '26.10.0'])(
  'goes on under Node %s',
  (version) => {
    expect(nodeProblem(version)).toBeNull()
  },
)

it.each(['0.12.18', '12.22.12', '18.20.8', '20.18.3'])(
  'says in a sentence that Node %s is too old',
  (version) => {
    expect(nodeProblem(version)).toContain(`this is Node ${version}`)
    expect(nodeProblem(version)).toContain('20.19')
  },
)

it('names the commands when asked for one that does not exist', () => {
  const result = spawnSync(process.execPath, [run, 'nonsense'], { encoding: 'utf8' })
  expect(result.status).toBe(1)
  expect(result.stderr).toContain('start, build, test, test:long, check, package, bench, format')
})
