import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BatchColumn } from '@quarry/schema/agent/query'
import { parquetReadObjects } from 'hyparquet'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openResults } from '../store.ts'
import type { ExportRequest } from './read-chunks.ts'

const folder = mkdtempSync(join(tmpdir(), 'quarry-export-'))
const results = openResults(folder)
afterAll(async () => {
  await results.close()
  rmSync(folder, { recursive: true })
})

const device = { endpointId: randomUUID(), hostname: 'web-1' }
const columns: BatchColumn[] = [
  { name: 'n', type: 'bigint' },
  { name: 'text', type: 'text' },
  { name: 'ratio', type: 'double' },
  { name: 'mixed', type: 'text' },
  { name: 'blob', type: 'blob' },
]
const small = randomUUID()
const large = randomUUID()
const count = 100_000

beforeAll(async () => {
  const rows = [
    [{ i: '9223372036854775807' }, '=1+1', 0.5, 'a,b', { b: 'AQI=' }],
    [-1, 'say "hi"\nthere', 2, 7, null],
    [null, null, null, null, null],
  ]
  await results.append(small, { ...device, sequence: 1, bytes: 1, columns, rows })
  for (let sequence = 1; sequence <= 20; sequence++) {
    const batch = Array.from({ length: count / 20 }, (_, index) => {
      const n = (sequence - 1) * (count / 20) + index
      return [n, `path ${n % 977}`, n / 8, n % 2 ? n : `t${n}`, null]
    })
    await results.append(large, {
      ...device,
      sequence,
      bytes: 1,
      ...(sequence === 1 && { columns }),
      rows: batch,
    })
  }
})

async function bytes(runId: string, request: ExportRequest): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of await results.export(runId, request)) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces)
}

test('CSV has a header, quotes after RFC 4180 and runs as no formula', async () => {
  expect((await bytes(small, { format: 'csv' })).toString()).toBe(
    [
      'epName,n,text,ratio,mixed,blob',
      'web-1,9223372036854775807,\'=1+1,0.5,"a,b",AQI=',
      'web-1,-1,"say ""hi""\nthere",2,7,',
      'web-1,,,,,',
      '',
    ].join('\r\n'),
  )
})

test('JSON lines have the cells of the API in the order of the columns', async () => {
  const text = (await bytes(small, { format: 'jsonl', columns: ['n', 'epName'], sort: 'n' })).toString()
  expect(text).toBe(
    '{"n":-1,"epName":"web-1"}\n{"n":"9223372036854775807","epName":"web-1"}\n{"n":null,"epName":"web-1"}\n',
  )
})

test('Parquet keeps 64-bit integers, numbers, text, blobs and empty values', async () => {
  const file = await bytes(small, { format: 'parquet' })
  const rows = await parquetReadObjects({ file: toArrayBuffer(file), utf8: false })
  expect(rows[0]).toMatchObject({ epName: 'web-1', n: 9223372036854775807n, text: '=1+1', mixed: 'a,b' })
  expect(Buffer.from(rows[0]!.blob as Uint8Array).toString('hex')).toBe('0102')
  expect(rows[1]).toMatchObject({ n: -1n, ratio: 2, mixed: '7', blob: null })
  expect(rows[2]).toEqual({ epName: 'web-1', n: null, text: null, ratio: null, mixed: null, blob: null })
})

test('100,000 rows leave exactly, filtered and sorted, in several row groups', async () => {
  const request = { sort: 'n:desc', filter: [{ column: 'n', op: 'ge', value: 10 }] } as const
  const csv = (await bytes(large, { format: 'csv', columns: ['n'], ...request })).toString().trimEnd()
  const numbers = csv.split('\r\n').slice(1).map(Number)
  expect(numbers).toEqual(Array.from({ length: count - 10 }, (_, index) => count - 1 - index))

  const rows = await parquetReadObjects({
    file: toArrayBuffer(await bytes(large, { format: 'parquet', ...request })),
  })
  expect(rows.length).toBe(count - 10)
  expect(rows[70_000]).toEqual({
    epName: 'web-1',
    n: 29_999n,
    text: `path ${29_999 % 977}`,
    ratio: 29_999 / 8,
    mixed: '29999',
    blob: null,
  })
})

test('an unknown column is refused before the first byte', async () => {
  await expect(results.export(small, { format: 'csv', columns: ['nope'] })).rejects.toMatchObject({
    code: 'column_not_found',
  })
})

test('an export of a run without rows is a header', async () => {
  expect((await bytes(randomUUID(), { format: 'csv' })).toString()).toBe('epName\r\n')
  const file = toArrayBuffer(await bytes(randomUUID(), { format: 'parquet' }))
  expect(await parquetReadObjects({ file })).toEqual([])
})

const toArrayBuffer = (buffer: Buffer): ArrayBuffer => new Uint8Array(buffer).buffer
