import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BatchColumn } from '@quarry/schema/agent/query'
import { afterAll, describe, expect, test } from 'vitest'
import type { PageRequest } from './page.ts'
import { openResults } from './store.ts'

const folder = mkdtempSync(join(tmpdir(), 'quarry-results-'))
const results = openResults(folder)
afterAll(async () => {
  await results.close()
  rmSync(folder, { recursive: true })
})

const one = { endpointId: randomUUID(), hostname: 'web-1' }
const two = { endpointId: randomUUID(), hostname: 'db-1' }
const columns: BatchColumn[] = [
  { name: 'pid', type: 'bigint', origin: 'processes.pid' },
  { name: 'path', type: 'text' },
]
const all: PageRequest = { pageSize: 1000, withTotal: true, mayLag: false }

describe('appending', () => {
  test('a repeated batch changes nothing, a missing one is noticed', async () => {
    const run = randomUUID()
    const batch = { ...one, sequence: 1, bytes: 100, columns, rows: [[1, '/sbin/init']] }
    expect(await results.append(run, batch)).toEqual({
      outcome: 'stored',
      lastSequence: 1,
      deviceRows: 1,
      deviceBytes: 100,
    })
    expect(await results.append(run, batch)).toEqual({
      outcome: 'repeated',
      lastSequence: 1,
      deviceRows: 1,
      deviceBytes: 100,
    })
    const third = { ...one, sequence: 3, bytes: 100, rows: [[3, 'c']] }
    expect(await results.append(run, third)).toEqual({
      outcome: 'gap',
      lastSequence: 1,
      deviceRows: 1,
      deviceBytes: 100,
    })
    expect(results.rows(run)).toBe(1)
  })

  test('the batches of several devices in one turn are all kept, also after the file was closed', async () => {
    const run = randomUUID()
    const devices = Array.from({ length: 40 }, (_, index) => ({
      endpointId: randomUUID(),
      hostname: `h${index}`,
    }))
    await Promise.all(
      devices.flatMap((device) => [
        results.append(run, { ...device, sequence: 1, bytes: 100, columns, rows: [[1, device.hostname]] }),
        results.append(run, { ...device, sequence: 2, bytes: 100, rows: [[2, device.hostname]] }),
      ]),
    )
    results.settle(run)
    expect(results.rows(run)).toBe(80)
    const again = await results.append(run, { ...devices[0]!, sequence: 2, bytes: 100, rows: [[2, 'x']] })
    expect(again).toEqual({ outcome: 'repeated', lastSequence: 2, deviceRows: 2, deviceBytes: 200 })
    const page = await results.page(run, { ...all, sort: 'path:desc,pid', pageSize: 2 })
    expect(page.items.map((item) => [item.epName, item.pid])).toEqual([
      ['h9', 1],
      ['h9', 2],
    ])
  })

  test('a row that does not fit its columns is refused, with the whole batch', async () => {
    const run = randomUUID()
    const rows = [[1, 'a'], [2]]
    expect((await results.append(run, { ...one, sequence: 1, bytes: 100, columns, rows })).outcome).toBe(
      'malformed',
    )
    expect(
      (await results.append(run, { ...one, sequence: 1, bytes: 100, columns, rows: [[1, {}]] })).outcome,
    ).toBe('malformed')
    expect(results.rows(run)).toBe(0)
  })

  test('columns of devices are joined by name; own names never hide the ones in front', async () => {
    const run = randomUUID()
    const first: BatchColumn[] = [
      { name: 'epName', type: 'text' },
      { name: 'a', type: 'integer' },
      { name: 'a', type: 'text' },
      { name: '__proto__', type: 'text' },
    ]
    await results.append(run, {
      ...one,
      sequence: 1,
      bytes: 100,
      columns: first,
      rows: [['mine', 1, 'b', 'p']],
    })
    const second: BatchColumn[] = [
      { name: 'b', type: 'text' },
      { name: 'a', type: 'double' },
    ]
    await results.append(run, { ...two, sequence: 1, bytes: 100, columns: second, rows: [['x', 1.5]] })
    const page = await results.page(run, all)
    expect(page.columns.map(({ name, type }) => [name, type])).toEqual([
      ['epName_2', 'text'],
      ['a', 'double'],
      ['a_2', 'text'],
      ['__proto__', 'text'],
      ['b', 'text'],
    ])
    expect(JSON.stringify(page.items[0])).toBe(
      `{"endpointId":"${one.endpointId}","hostname":"web-1","epName":"web-1","epName_2":"mine","a":1,"a_2":"b","__proto__":"p","b":null}`,
    )
    expect(page.items[1]).toMatchObject({ epName: 'db-1', a: 1.5, b: 'x', epName_2: null })
  })
})

describe('values', () => {
  test('64-bit integers, blobs, empty and odd texts come back exactly', async () => {
    const run = randomUUID()
    const kinds: BatchColumn[] = [
      { name: 'n', type: 'bigint' },
      { name: 'd', type: 'double' },
      { name: 't', type: 'text' },
      { name: 'b', type: 'blob' },
    ]
    await results.append(run, {
      ...one,
      sequence: 1,
      bytes: 100,
      columns: kinds,
      rows: [
        [{ i: '9223372036854775807' }, 5, 'O’Brien "x"\u0000y', { b: 'AAEC/w==' }],
        [{ i: '-9007199254740993' }, 0.1, '', null],
        [{ i: '18446744073709551615' }, 1e300, '5', null],
        [9007199254740991, -0.5, null, null],
      ],
    })
    const { items } = await results.page(run, all)
    expect(items.map(({ n, d, t, b }) => [n, d, t, b])).toEqual([
      ['9223372036854775807', 5, 'O’Brien "x"\u0000y', 'AAEC/w=='],
      ['-9007199254740993', 0.1, '', null],
      ['18446744073709551615', 1e300, '5', null],
      [9007199254740991, -0.5, null, null],
    ])
    const sorted = await results.page(run, { ...all, sort: 'n:asc' })
    expect(sorted.items.slice(0, 3).map(({ n }) => n)).toEqual([
      '-9007199254740993',
      9007199254740991,
      '9223372036854775807',
    ])
    const exact = await results.page(run, {
      ...all,
      filter: [{ column: 'n', op: 'eq', value: '9223372036854775807' }],
    })
    expect(exact.total).toBe(1)
  })
})

describe('reading', () => {
  const run = randomUUID()
  const rows: [number | null, string | null][] = [
    [443, '/usr/bin/curl'],
    [80, '/usr/bin/Wget'],
    [null, '/opt/100%_real'],
    [9, null],
    [80, '/usr/bin/straße'],
  ]
  const insert = async () => {
    if (results.rows(run) > 0) return
    await results.append(run, { ...one, sequence: 1, bytes: 100, columns, rows: rows.slice(0, 3) })
    await results.append(run, { ...two, sequence: 1, bytes: 100, columns, rows: rows.slice(3) })
  }
  const pids = async (request: Partial<PageRequest>) => {
    await insert()
    return (await results.page(run, { ...all, ...request })).items.map(({ pid }) => pid)
  }

  test('sorts numbers as numbers and puts empty values last both ways', async () => {
    expect(await pids({ sort: 'pid' })).toEqual([9, 80, 80, 443, null])
    expect(await pids({ sort: 'pid:desc' })).toEqual([443, 80, 80, 9, null])
    expect(await pids({ sort: 'epName,pid:desc' })).toEqual([80, 9, 443, 80, null])
  })

  test.each([
    [{ column: 'pid', op: 'eq', value: 80 }, [80, 80]],
    [{ column: 'pid', op: 'eq', value: '80' }, [80, 80]],
    [{ column: 'pid', op: 'ne', value: 80 }, [443, null, 9]],
    [{ column: 'pid', op: 'ge', value: '80' }, [443, 80, 80]],
    [{ column: 'pid', op: 'lt', value: 80 }, [9]],
    [{ column: 'pid', op: 'in', value: [9, '443'] }, [443, 9]],
    [{ column: 'pid', op: 'isNull' }, [null]],
    [{ column: 'path', op: 'notNull' }, [443, 80, null, 80]],
    [{ column: 'path', op: 'contains', value: 'WGET' }, [80]],
    [{ column: 'path', op: 'contains', value: '%_' }, [null]],
    [{ column: 'path', op: 'contains', value: 'STRAßE' }, [80]],
    [{ column: 'path', op: 'notContains', value: 'usr' }, [null, 9]],
    [{ column: 'epName', op: 'eq', value: 'db-1' }, [9, 80]],
    [{ column: 'endpointId', op: 'eq', value: one.endpointId }, [443, 80, null]],
    [{ column: 'path', op: 'eq', value: "' OR 1 --" }, []],
  ] as const)('filters by %j', async (filter, expected) => {
    expect(await pids({ filter: [filter as never] })).toEqual(expected)
  })

  test('searches all cells, the host name and numbers too', async () => {
    expect(await pids({ search: 'db-' })).toEqual([9, 80])
    expect(await pids({ search: '44' })).toEqual([443])
    expect(await pids({ search: 'usr/bin' })).toEqual([443, 80, 80])
  })

  test('an unknown column is an error that names it', async () => {
    await expect(pids({ sort: 'nope' })).rejects.toMatchObject({ code: 'column_not_found' })
    await expect(pids({ filter: [{ column: 'x"y', op: 'isNull' }] })).rejects.toThrow('“x"y”')
  })

  test('groups count rows and devices, rare first', async () => {
    await insert()
    const groups = await results.groups(run, { column: 'pid', order: 'rare', limit: 2 })
    expect(groups).toEqual({
      groups: 4,
      items: [
        { value: null, count: 1, devices: 1 },
        { value: 9, count: 1, devices: 1 },
      ],
    })
    const common = await results.groups(run, { column: 'pid', order: 'common', limit: 1 })
    expect(common.items).toEqual([{ value: 80, count: 2, devices: 2 }])
  })

  test.each([undefined, 'pid:desc'])(
    'pages by key (sort %s) give every row once, also while rows come',
    async (sort) => {
      const grown = randomUUID()
      const numbers = Array.from({ length: 25 }, (_, index) => [index % 7, `p${index}`])
      await results.append(grown, { ...one, sequence: 1, bytes: 100, columns, rows: numbers })
      const seen: unknown[] = []
      let key: string | undefined
      let pages = 0
      do {
        const page = await results.page(grown, { ...all, sort, pageSize: 10, pageFromKey: key })
        seen.push(...page.items.map(({ path }) => path))
        key = page.nextKey
        if (pages++ === 0 && sort) {
          await results.append(grown, { ...one, sequence: 2, bytes: 100, rows: [[99, 'late']] })
        }
      } while (key)
      expect(pages).toBe(3)
      expect(seen.sort()).toEqual(numbers.map(([, path]) => path).sort())
    },
  )

  test('the last page has no key, even when it is full; a foreign key is refused', async () => {
    await insert()
    const full = await results.page(run, { ...all, sort: 'pid', pageSize: 5 })
    expect(full.nextKey).toBeUndefined()
    const first = await results.page(run, { ...all, sort: 'pid', pageSize: 2 })
    await expect(pids({ sort: 'path', pageFromKey: first.nextKey })).rejects.toMatchObject({
      code: 'bad_request',
    })
    await expect(pids({ pageFromKey: 'AAAA' })).rejects.toMatchObject({ code: 'bad_request' })
  })

  test('a window by offset is a slice of the sorted rows', async () => {
    expect(await pids({ sort: 'pid', offset: 2, pageSize: 2 })).toEqual([80, 443])
    expect(await pids({ offset: 1, pageSize: 3 })).toEqual([80, null, 9])
  })
})

test('a run without rows answers with nothing', async () => {
  expect(await results.page(randomUUID(), all)).toEqual({ columns: [], items: [], total: 0 })
})

test('removed results are gone from the disk', async () => {
  const run = randomUUID()
  await results.append(run, { ...one, sequence: 1, bytes: 100, columns, rows: [[1, 'a']] })
  await results.page(run, { ...all, sort: 'pid' })
  expect(results.sizes().get(run)).toBeGreaterThan(4096)
  await results.remove(run)
  expect(results.sizes().has(run)).toBe(false)
  expect(results.rows(run)).toBe(0)
})
