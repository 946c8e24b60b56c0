import { send } from '@quarry/schema'
import type { BatchColumn } from '@quarry/schema/agent/query'
import { listAudit } from '@quarry/schema/endpoints/audit'
import { exportResults, getResults, groupResults } from '@quarry/schema/endpoints/run-results'
import { createRun, getRun } from '@quarry/schema/endpoints/runs'
import { parquetReadObjects } from 'hyparquet'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDevice, testEnd } from '../../../devkit/src/test-device.ts'
import { startTestServer, type TestServer } from '../../../devkit/src/test-server.ts'

const count = 100_000
const perBatch = 2_500
const columns: BatchColumn[] = [
  { name: 'id', type: 'bigint' },
  { name: 'big', type: 'bigint' },
  { name: 'name', type: 'text' },
  { name: 'remote_address', type: 'text' },
]
const rowOf = (n: number) => [
  n,
  { i: String(9_007_199_254_740_993n + BigInt(n)) },
  n % 10 === 0 ? null : `=name ${n % 1000}`,
  `198.51.100.${n % 250}`,
]

let server: TestServer
let device: TestDevice
let id: string
beforeAll(async () => {
  server = await startTestServer()
  device = await server.device('big')
  await device.link()
  const run = await server.call(createRun, {
    body: { adHocQuery: { name: 'A large result: =1', template: 'SELECT 1' }, matchEndpoints: { all: true } },
  })
  id = run.id
  for (let sequence = 1; sequence <= count / perBatch; sequence++) {
    const rows = Array.from({ length: perBatch }, (_, index) => rowOf((sequence - 1) * perBatch + index))
    const end = sequence === count / perBatch ? testEnd() : undefined
    device.send({
      type: 'batch',
      runId: id,
      sequence,
      ...(sequence === 1 && { columns }),
      rows: rows as never,
      end,
    })
  }
  await device.acked(id, count / perBatch)
})
afterAll(() => server[Symbol.asyncDispose]())

const page = (query: object) => server.call(getResults, { params: { id }, query })
const file = async (query: object) => {
  const response = await send(
    server.url,
    exportResults,
    { params: { id }, query },
    { headers: () => server.headers },
  )
  return { response, bytes: Buffer.from(await response.arrayBuffer()) }
}

describe('a result of 100,000 rows', () => {
  test('is all there', async () => {
    expect(await server.call(getRun, { params: { id } })).toMatchObject({
      resultCount: count,
      performance: { dataTransferredInBytes: { total: expect.any(Number) } },
    })
  })

  test('has typed columns, epName first, with the kinds that names and values give away', async () => {
    const { metadata, items } = await page({ pageSize: 2 })
    expect(metadata.columns).toEqual([
      { name: 'epName', type: 'text', pivotType: 'deviceName' },
      { name: 'id', type: 'bigint' },
      { name: 'big', type: 'bigint' },
      { name: 'name', type: 'text' },
      { name: 'remote_address', type: 'text', pivotType: 'ipAddress' },
    ])
    expect(Object.keys(items[0]!)).toEqual([
      'endpointId',
      'hostname',
      'epName',
      'id',
      'big',
      'name',
      'remote_address',
    ])
    expect(items[1]).toEqual({
      endpointId: device.endpointId,
      hostname: 'big',
      epName: 'big',
      id: 1,
      big: '9007199254740994',
      name: '=name 1',
      remote_address: '198.51.100.1',
    })
  })

  test('is sorted, filtered and windowed on the server', async () => {
    const sorted = await page({ sort: 'id:desc', offset: 50_000, pageSize: 3, pageTotal: 'true' })
    expect(sorted.items.map((item) => item.id)).toEqual([49_999, 49_998, 49_997])
    expect(sorted.pages).toMatchObject({ items: count, total: Math.ceil(count / 3), maxSize: 1000 })
    const filter = JSON.stringify([
      { column: 'name', op: 'eq', value: '=name 7' },
      { column: 'id', op: 'lt', value: 3000 },
    ])
    const filtered = await page({ filter, sort: 'name,id:desc', pageTotal: 'true' })
    expect(filtered.items.map((item) => item.id)).toEqual([2007, 1007, 7])
    expect(filtered.pages.items).toBe(3)
    const searched = await page({ search: 'NAME 123', pageTotal: 'true' })
    expect(searched.pages.items).toBe(100)
  })

  test('is read whole by key, sorted', async () => {
    const seen: unknown[] = []
    let pageFromKey: string | undefined
    do {
      const next = await page({ sort: 'remote_address,id', pageSize: 1000, pageFromKey })
      seen.push(...next.items.map((item) => item.id))
      pageFromKey = next.pages.nextKey
    } while (pageFromKey)
    expect(seen.length).toBe(count)
    expect(new Set(seen).size).toBe(count)
    expect(seen.slice(0, 3)).toEqual([0, 250, 500])
  })

  test('is grouped, rare values first', async () => {
    const groups = await server.call(groupResults, { params: { id }, query: { column: 'name', limit: 2 } })
    expect(groups.groups).toBe(901)
    expect(groups.items[0]).toMatchObject({ count: 100, devices: 1 })
  })

  test('leaves as CSV, JSON lines and Parquet with the exact values', async () => {
    const filter = JSON.stringify([{ column: 'id', op: 'ge', value: count - 3 }])
    const { response, bytes } = await file({ format: 'csv', filter, sort: 'id:desc', columns: 'id,big,name' })
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="a-large-result-1-\d{4}-\d\d-\d\d-\d{4}\.csv"$/,
    )
    expect(bytes.toString()).toBe(
      `id,big,name\r\n${[99_999, 99_998, 99_997].map((n) => `${n},${9_007_199_254_740_993n + BigInt(n)},'=name ${n % 1000}`).join('\r\n')}\r\n`,
    )
    const lines = (await file({ format: 'jsonl' })).bytes.toString().trimEnd().split('\n')
    expect(lines.length).toBe(count)
    expect(JSON.parse(lines[10]!)).toMatchObject({ epName: 'big', id: 10, name: null })
    const parquet = (await file({ format: 'parquet', sort: 'id:desc' })).bytes
    const rows = await parquetReadObjects({ file: new Uint8Array(parquet).buffer })
    expect(rows.length).toBe(count)
    expect(rows[0]).toMatchObject({ id: 99_999n, big: 9_007_199_254_840_992n, name: '=name 999' })
    const { items } = await server.call(listAudit, { query: { action: exportResults.id } })
    expect(items.length).toBe(3)
  })

  test.each([
    ['column_not_found', { sort: 'nope' }],
    ['bad_request', { pageFromKey: 'nonsense' }],
    ['bad_request', { filter: '{' }],
    ['bad_request', { filter: '[{"column":"id","op":"drop"}]' }],
    ['bad_request', { filter: '[{"column":"id","op":"eq"}]' }],
  ])('answers %s to %j', async (code, query) => {
    await expect(page(query)).rejects.toMatchObject({ code })
  })
})
