import type { Pivot } from '@quarry/schema/endpoints/pivots'
import type { ResultColumn } from '@quarry/schema/endpoints/run-results'
import type { Run } from '@quarry/schema/endpoints/runs'
import { expect, test } from 'vitest'
import { pivotInput } from './pivot-input.ts'
import { scopesOf } from './scopes.ts'
import { subjectOf } from './subject.ts'

const device = '11111111-1111-4111-8111-111111111111'
const other = '22222222-2222-4222-8222-222222222222'
const runId = '33333333-3333-4333-8333-333333333333'
const address: ResultColumn = { name: 'remote_address', type: 'text', pivotType: 'ipAddress' }
const row = (remote_address: string, endpointId = device) => ({ endpointId, remote_address })
const run = (matchEndpoints: Run['matchEndpoints'], total: number) =>
  ({ matchEndpoints, endpointCounts: { total } }) as Run

test('each value once, and those that are no question with their reason', () => {
  const subject = subjectOf(address, [row('203.0.113.9'), row('203.0.113.9'), row('127.0.0.1'), row('::1')])
  expect(subject.values).toEqual(['203.0.113.9'])
  expect(subject.refusals).toEqual([
    { reason: 'This is the loopback address: each machine means itself by it.', count: 2 },
  ])
  expect([...subject.groups]).toEqual(['live', 'lake', 'enrichment', 'actions'])
})

test('the query says which groups a column offers', () => {
  expect([...subjectOf({ ...address, pivots: ['live'] }, [row('203.0.113.9')]).groups]).toEqual(['live'])
  expect([...subjectOf({ ...address, pivots: [] }, [row('203.0.113.9')]).groups]).toEqual([])
  expect([...subjectOf({ name: 'x', type: 'text' }, [row('203.0.113.9')]).groups]).toEqual([])
})

test('an address is asked of the same devices, a process of its own, and never of none', () => {
  const ids = (
    matched: Run['matchEndpoints'],
    total: number,
    type: ResultColumn['pivotType'],
    rows = [row('1')],
  ) => scopesOf(run(matched, total), { type, rows }).map(({ id }) => id)
  const some = { filters: [{ ids: [device, other] }] }
  expect(ids({ all: true }, 3, 'ipAddress')).toEqual(['all', 'rows'])
  expect(ids(some, 2, 'ipAddress')).toEqual(['same', 'rows', 'all'])
  expect(ids(some, 2, 'sophosPid')).toEqual(['rows', 'same', 'all'])
  expect(ids({ filters: [{ ids: [device] }] }, 1, 'ipAddress')).toEqual(['rows', 'all'])
  const [own] = scopesOf(run({ all: true }, 3), { type: 'sophosPid', rows: [row('1'), row('2', other)] })
  expect(own).toEqual({ id: 'rows', label: 'These 2', match: { filters: [{ ids: [device, other] }] } })
})

test('the next run has the value, or the list, and where it came from', () => {
  const pivot = { queryId: other, variable: 'ip_address' } as Pivot
  const scope = { id: 'all' as const, label: '', match: { all: true as const } }
  const one = pivotInput(runId, pivot, subjectOf(address, [row('203.0.113.9')]), scope)
  expect(one.variables).toEqual([
    { name: 'ip_address', dataType: 'text', value: '203.0.113.9', pivotType: 'ipAddress' },
  ])
  expect(one.origin).toEqual({
    runId,
    column: 'remote_address',
    value: '203.0.113.9',
    count: 1,
    endpointId: device,
  })
  const many = pivotInput(
    runId,
    pivot,
    subjectOf(address, [row('203.0.113.9'), row('2001:db8::9', other)]),
    scope,
  )
  expect(many.variables).toMatchObject([{ values: ['203.0.113.9', '2001:db8::9'] }])
  expect(many.origin).toEqual({ runId, column: 'remote_address', value: '203.0.113.9', count: 2 })
})
