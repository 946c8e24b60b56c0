import type { Run, RunEndpoint } from '@quarry/schema/endpoints/runs'
import { expect, test } from 'vitest'
import { applyEvent, NOTHING_YET } from './live-run.ts'

const at = '2026-11-24T04:00:00.000Z'
const device = (id: string, resultCount: number) => ({ id, resultCount }) as RunEndpoint
const run = (resultCount: number) => ({ id: 'r', resultCount }) as Run
const column = (name: string) => ({ name, type: 'text' }) as const

test('rows are counted and never fall back', () => {
  const first = applyEvent(
    NOTHING_YET,
    { event: 'rows', columns: [column('epName')], items: [], total: 200 },
    0,
  )
  expect(first.rows).toBe(200)
  expect(applyEvent(first, { event: 'progress', total: 1500, at }, 0).rows).toBe(1500)
  expect(applyEvent(first, { event: 'run', run: run(150) }, 7)).toMatchObject({ rows: 200, runAt: 7 })
})

test('columns that come later are taken', () => {
  const two = applyEvent(
    { ...NOTHING_YET, columns: [column('epName')] },
    { event: 'rows', columns: [column('epName'), column('path')], items: [], total: 1 },
    0,
  )
  expect(two.columns.map(({ name }) => name)).toEqual(['epName', 'path'])
})

test('the last word on a device counts', () => {
  const one = applyEvent(NOTHING_YET, { event: 'endpoints', items: [device('a', 1), device('b', 0)] }, 0)
  const two = applyEvent(one, { event: 'endpoints', items: [device('a', 9)] }, 0)
  expect(two.devices.get('a')?.resultCount).toBe(9)
  expect(two.devices.get('b')?.resultCount).toBe(0)
})

test('a watcher that was too slow reads again', () => {
  const live = applyEvent(
    { ...NOTHING_YET, devices: new Map([['a', device('a', 1)]]) },
    { event: 'reread', reason: '' },
    0,
  )
  expect(live).toMatchObject({ reread: 1, devices: new Map() })
})

test('after the end nothing moves', () => {
  const ended = applyEvent(NOTHING_YET, { event: 'end', runId: 'r' }, 0)
  expect(applyEvent(ended, { event: 'progress', total: 5, at }, 0)).toBe(ended)
})
