/** The rules of the guided ten-minute test: clocks, what was never finished, and what is written down. */
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { newUuid } from '@auzolan/shared/ids.ts'
import { EVALUATION, type Evaluation } from '@auzolan/shared/schema/evaluation.ts'
import { readDocument, writeDocument } from '@auzolan/shared/schema/json.ts'
import {
  MAX_SECONDS,
  TASKS_MAX,
  addTask,
  cableLeft,
  cableOut,
  done,
  drop,
  elapsed,
  fail,
  goTo,
  lost,
  newTask,
  newTest,
  overdue,
  rounded,
  rowsOf,
  runningIn,
  setSeconds,
  setUnplugged,
  setWorks,
  start,
  worksOf,
  type Instant,
  type LinkTest,
} from '../../plugin/src/screens/evaluation/link-test/link-test.ts'
import { everydayTasks, taskIn } from '../../plugin/src/screens/evaluation/link-test/everyday-tasks.ts'
import { writeDown } from '../../plugin/src/screens/evaluation/link-test/write-down.ts'

const DAY = '2026-11-26'
/** A moment on one page, whose clocks agree. */
const at = (seconds: number): Instant => ({ wall: 1e12 + seconds * 1000, steady: seconds * 1000, page: 1 })
const A = 'a0000000-0000-4000-8000-000000000001'
const B = 'a0000000-0000-4000-8000-000000000002'
const two = (): LinkTest =>
  [newTask(A, { es: 'Entrar' }), newTask(B, { es: 'Escribir' })].reduce(addTask, newTest())
const taskOf = (test: LinkTest, id: string) => test.tasks.find((one) => one.id === id)!

describe('[EV12] the clock of a measurement', () => {
  const since = at(0)
  it.each<[string, Instant, number, boolean]>([
    ['both clocks agree', at(7.26), 7.26, false],
    ['they differ by a little', { ...at(7), wall: 1e12 + 9_000 }, 7, false],
    ['the device slept: the steady one stood still', { ...at(7), wall: 1e12 + 9_001 }, 7, true],
    ['somebody set the clock back', { ...at(7), wall: 1e12 - 60_000 }, 7, true],
    ['the page was loaded anew', { wall: 1e12 + 31_000, steady: 400, page: 2 }, 31, false],
    ['anew, and the clock set back', { wall: 1e12 - 5_000, steady: 400, page: 2 }, 0, true],
  ])('%s', (_name, now, seconds, doubtful) => {
    expect(elapsed(since, now)).toEqual({ seconds, doubtful })
  })
  it.each([
    [0, 0.1],
    [0.04, 0.1],
    [1.26, 1.3],
    [9.94, 9.9],
    [9.95, 10],
    [19.4, 19],
  ])('%s s are written as %s', (seconds, written) => expect(rounded(seconds)).toBe(written))
})

describe('[EV12] one task', () => {
  it('takes the time between start and done, once for each line', () => {
    let test = done(start(two(), A, 'normal', at(1)), A, 'normal', at(5), DAY)
    test = setWorks(done(start(test, A, 'slow', at(10)), A, 'slow', at(29), DAY), A, 'works')
    expect(rowsOf(test)[0]).toMatchObject({ secondsNormal: 4, secondsSlow: 19, works: 'works' })
    expect(test.on).toBe(DAY)
  })
  it('is measured alone', () => {
    const test = start(start(two(), A, 'normal', at(1)), B, 'normal', at(2))
    expect(runningIn(test)?.id).toBe(A)
    expect(taskOf(test, B).normal.kind).toBe('none')
  })
  it('that nobody began has no done', () => {
    expect(taskOf(done(two(), A, 'slow', at(5), DAY), A).slow.kind).toBe('none')
  })
  it.each<[string, (test: LinkTest) => LinkTest]>([
    ['somebody says so', (test) => fail(test, A, 'slow', DAY)],
    ['somebody went on while it ran', (test) => goTo(test, 'cable', at(5))],
    ['somebody went on, though it had run for less than a second', (test) => goTo(test, 'cable', at(0.2))],
    ['it was left running for longer than an hour', (test) => overdue(test, at(MAX_SECONDS + 1))],
    ['it is done after more than an hour', (test) => done(test, A, 'slow', at(MAX_SECONDS + 1), DAY)],
  ])('does not work, and took no time: %s', (_name, change) => {
    const test = change(start(two(), A, 'slow', at(0)))
    expect(rowsOf(test)[0]).toMatchObject({ secondsSlow: null, works: 'fails' })
  })
  it('of just an hour is a time', () => {
    const test = start(two(), A, 'slow', at(0))
    expect(overdue(test, at(MAX_SECONDS))).toBe(test)
    expect(rowsOf(done(test, A, 'slow', at(MAX_SECONDS), DAY))[0]!.secondsSlow).toBe(MAX_SECONDS)
  })
  it('that runs when somebody writes down does not work', () => {
    expect(rowsOf(start(two(), A, 'slow', at(0)))[0]).toMatchObject({ secondsSlow: null, works: 'fails' })
  })
  it('measured again has to be judged again', () => {
    const judged = setWorks(done(start(two(), A, 'slow', at(0)), A, 'slow', at(9), DAY), A, 'barely')
    const again = start(drop(judged, A, 'slow'), A, 'slow', at(20))
    expect(worksOf(taskOf(done(again, A, 'slow', at(24), DAY), A))).toBeNull()
  })
  it('that does not work over the usual line does not over a slow one, unless somebody tried', () => {
    const test = fail(two(), A, 'normal', DAY)
    expect(worksOf(taskOf(test, A))).toBe('fails')
    expect(worksOf(taskOf(setWorks(test, A, 'barely'), A))).toBe('barely')
  })
  it('never begun over the slow line says nothing of it', () => {
    expect(rowsOf(two())[0]).toMatchObject({ secondsSlow: null, works: null, unplugged: null })
  })
  it('is corrected: a time put right keeps how it went, and what works after all has not failed', () => {
    const judged = setWorks(done(start(two(), A, 'slow', at(0)), A, 'slow', at(9), DAY), A, 'barely')
    expect(rowsOf(setSeconds(judged, A, 'slow', 12))[0]).toMatchObject({ secondsSlow: 12, works: 'barely' })
    expect(worksOf(taskOf(setWorks(fail(two(), A, 'slow', DAY), A, 'works'), A))).toBe('works')
  })
})

describe('[EV12] the cable', () => {
  it('is out for two minutes, by whatever happens to the page', () => {
    const test = cableOut(two(), at(0), DAY)
    expect(cableLeft(test.cable, at(0))).toBe(120)
    expect(cableLeft(test.cable, at(119.5))).toBe(1)
    expect(overdue(test, at(119.5)).cable.kind).toBe('running')
    expect(overdue(test, at(120)).cable.kind).toBe('over')
    expect(overdue(test, { wall: 1e12 + 121_000, steady: 3, page: 2 }).cable.kind).toBe('over')
  })
  it('what was lost is said once for all, and corrected for one', () => {
    const test = setUnplugged(lost(two(), 'some_lost'), B, 'nothing_lost')
    expect(rowsOf(test).map(({ unplugged }) => unplugged)).toEqual(['some_lost', 'nothing_lost'])
  })
})

it(`[EV12] there are no more than ${TASKS_MAX} tasks, and none twice`, () => {
  const many = Array.from({ length: TASKS_MAX + 1 }, () => newTask(newUuid(), { es: 'x' }))
  expect(many.reduce(addTask, newTest()).tasks).toHaveLength(TASKS_MAX)
  expect(addTask(two(), newTask(A, { es: 'otra' })).tasks).toHaveLength(2)
})

it('[EV12] a proposal comes in every language of the document that the program speaks, and in no other', async () => {
  const proposed = await taskIn(1, ['eu', 'es', 'gl', 'en'])
  expect(Object.keys(proposed)).toEqual(['eu', 'es', 'en'])
  expect(proposed['en']).toBe(everydayTasks((text) => text)[1])
  expect(proposed['es']).toBe('Abrir un documento y escribir un párrafo')
})

describe('[EV12] writing it down', () => {
  const by = { id: 'gazteria-teknikaria', name: 'Gazteria' }
  function fresh(): Y.Doc {
    const doc = new Y.Doc()
    writeDocument(EVALUATION, doc, ['eu', 'es'], {})
    return doc
  }
  const read = (doc: Y.Doc) => (readDocument(EVALUATION, doc) as unknown as Evaluation).access
  function tested(): LinkTest {
    let test = done(start(two(), A, 'normal', at(1)), A, 'normal', at(5), DAY)
    test = setWorks(done(start(test, A, 'slow', at(10)), A, 'slow', at(29), DAY), A, 'works')
    return lost(fail(test, B, 'slow', DAY), 'impossible')
  }

  it('fills the rows, the day and who, in one go', () => {
    const doc = fresh()
    let updates = 0
    doc.on('update', () => updates++)
    writeDown(doc, rowsOf(tested()), { by, on: DAY, language: 'es' })
    expect(updates).toBe(1)
    const { linkTests, testedOn, testedBy } = read(doc)
    expect({ testedOn, testedBy }).toEqual({ testedOn: DAY, testedBy: by })
    expect(linkTests).toEqual([
      expect.objectContaining({
        ...{ id: A, link: 'slow_3g', secondsNormal: 4, secondsSlow: 19, works: 'works' },
        unplugged: 'impossible',
      }),
      expect.objectContaining({ id: B, secondsNormal: null, secondsSlow: null, works: 'fails' }),
    ])
    expect(linkTests[0]!.task['es']).toBe('Entrar')
  })
  it('twice is once, and a row that was there keeps its name', () => {
    const doc = fresh()
    writeDown(doc, rowsOf(tested()), { by, on: DAY, language: 'es' })
    writeDown(doc, rowsOf(tested()), { by, on: DAY, language: 'es' })
    expect(read(doc).linkTests).toHaveLength(2)
    const renamed = { ...rowsOf(tested())[0]!, task: { es: 'Otro nombre' }, secondsSlow: 8 }
    writeDown(doc, [renamed], { by, on: DAY, language: 'es' })
    expect(read(doc).linkTests[0]).toMatchObject({ task: { es: 'Entrar' }, secondsSlow: 8 })
  })
  it('leaves the rest of the document alone', () => {
    const doc = fresh()
    writeDocument(EVALUATION, doc, ['eu', 'es'], { access: { devices: ['linux'], offline: 'none' } })
    writeDown(doc, rowsOf(tested()), { by, on: DAY, language: 'es' })
    expect(read(doc)).toMatchObject({ devices: ['linux'], offline: 'none' })
  })
})
