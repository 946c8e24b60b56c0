// What every engine must do, through the lake in front of it.
import { describe, expect, test } from 'vitest'
import type { Lake } from '../lake.ts'
import { ask, batch, duckDbLake, names, noon, programs, scratch } from '../testing/lake-setting.ts'

const day = 86_400
const hash = 'ab'.repeat(32)
const engines = { duckdb: duckDbLake }

describe.each(Object.entries(engines))('%s', (_, open) => {
  const counted = async (lake: Lake) =>
    (await ask(lake, 'SELECT id, count(*)::INT FROM programs GROUP BY id ORDER BY id')).map(String)

  test('answers what is acknowledged before and after it is compacted, and after it is opened again', async () => {
    const folder = scratch()
    let lake = await open(folder)
    expect(
      await lake.append(batch(1, [{ time: noon, id: 1, path: '/bin/ls', sha256: hash.toUpperCase() }])),
    ).toBe('stored')
    const whole = [['a', 'host-a', String(noon), '1', '/bin/ls', hash]]
    const text = async () => (await ask(lake, 'SELECT * FROM programs')).map((row) => row.map(String))
    expect(await text()).toEqual(whole)
    await lake.compact()
    expect(await text()).toEqual(whole)
    await lake.append(batch(2, [{ time: noon, id: 2 }]))
    expect(await counted(lake)).toEqual(['1,1', '2,1'])
    await lake.close()
    lake = await open(folder)
    expect(await counted(lake)).toEqual(['1,1', '2,1'])
    await lake.close()
  })

  test('keeps a batch once, however often and whenever it comes', async () => {
    const folder = scratch()
    let lake = await open(folder)
    const first = batch(5, [{ time: noon, id: 5 }])
    expect(await Promise.all([lake.append(first), lake.append(first)])).toEqual(['stored', 'repeated'])
    expect(await lake.append(first)).toBe('repeated')
    await lake.compact()
    expect(await lake.append(first)).toBe('repeated')
    await lake.close()
    lake = await open(folder)
    expect(await lake.append(first)).toBe('repeated')
    expect(await lake.append({ ...first, epoch: 2 })).toBe('stored')
    expect(await lake.append({ ...first, endpointId: 'b' })).toBe('stored')
    expect(await counted(lake)).toEqual(['5,3'])
    await lake.close()
  })

  test('a question that is asked while the log moves into the engine sees each row once', async () => {
    const lake = await open(scratch())
    for (let sequence = 1; sequence <= 20; sequence++) {
      await lake.append(batch(sequence, [{ time: noon, id: sequence }]))
      const moved = lake.compact()
      const counts = [1, 2, 3].map(() =>
        ask(lake, 'SELECT count(*)::INT, count(DISTINCT id)::INT FROM programs'),
      )
      expect(await Promise.all(counts)).toEqual([1, 2, 3].map(() => [[sequence, sequence]]))
      await moved
    }
    await lake.close()
  })

  test('keeps days apart, joins their small files, and counts', async () => {
    const lake = await open(scratch())
    for (let sequence = 1; sequence <= 8; sequence++) {
      await lake.append(
        batch(sequence, [
          { time: noon, id: sequence },
          { time: noon - day, id: -sequence },
        ]),
      )
      if (sequence === 7)
        await lake.append(batch(1, [{ time: noon, id: 1, name: 'example.test' }], { stream: 'names' }))
      await lake.compact()
    }
    await lake.append(batch(9, [{ time: noon, id: 9 }]))
    const { days, pending, unreadable } = await lake.statistics()
    expect(days.map(({ table, day, rows, files }) => ({ table, day, rows, files }))).toEqual([
      { table: 'names', day: '2026-03-10', rows: 1, files: 1 },
      { table: 'programs', day: '2026-03-09', rows: 8, files: 1 },
      { table: 'programs', day: '2026-03-10', rows: 8, files: 1 },
    ])
    expect(Math.min(...days.map(({ bytes }) => bytes))).toBeGreaterThan(0)
    expect(pending.rows).toBe(1)
    expect(unreadable).toEqual({})
    expect(await ask(lake, 'SELECT count(*)::INT, count(DISTINCT id)::INT FROM programs')).toEqual([[17, 17]])
    await lake.close()
  })

  test('removes whole days, table by table, and not from a view that is open', async () => {
    const lake = await open(scratch())
    const rows = [0, 1, 2, 3].map((ago) => ({ time: noon - ago * day, id: ago }))
    await lake.append(batch(1, rows))
    await lake.append(batch(1, rows, { stream: 'names' }))
    await lake.compact()
    const before = await lake.view()
    expect(await lake.expire('programs', 2, noon * 1000)).toBe(1)
    expect(await counted(lake)).toEqual(['0,1', '1,1', '2,1'])
    expect(await ask(lake, 'SELECT count(*)::INT FROM names')).toEqual([[4]])
    expect((await before.query('SELECT max(id)::INT FROM programs')).rows).toEqual([[3]])
    before.close()
    await lake.close()
  })

  test('a row with an impossible time, or none, counts for the day on which it came', async () => {
    const lake = await open(scratch())
    await lake.append(
      batch(1, [{ time: 1, id: 1 }, { time: noon * 9, id: 2 }, { id: 3 }, { time: 'soon', id: 4 }]),
    )
    await lake.compact()
    expect((await lake.statistics()).days).toMatchObject([{ day: '2026-03-10', rows: 4 }])
    expect((await ask(lake, 'SELECT time, id FROM programs ORDER BY id')).map(String)).toEqual([
      `1,1`,
      `${noon * 9},2`,
      ',3',
      ',4',
    ])
    await lake.close()
  })

  test('a poisoned line is kept aside and harms no other, and no row claims another device', async () => {
    const lake = await open(scratch())
    const lines = [
      '{"time":1,nonsense}',
      '{"id":1,"endpoint_id":"b","ep_name":"c"}',
      '{"id":2} {"id":3}',
      '{"id":4}',
    ]
    await lake.append(batch(1, [], { rows: Buffer.from(`${lines.join('\n')}\n`) }))
    const rows = async () =>
      (await ask(lake, 'SELECT endpoint_id, ep_name, id FROM programs ORDER BY id')).map(String)
    expect(await rows()).toEqual(['a,host-a,1', 'a,host-a,4'])
    await lake.compact()
    expect(await rows()).toEqual(['a,host-a,1', 'a,host-a,4'])
    expect((await lake.statistics()).unreadable).toEqual({ programs: 2 })
    await lake.close()
  })

  test('refuses what is no list of objects, and a table that it does not have', async () => {
    const lake = await open(scratch())
    for (const rows of ['', '{"id":1}', '[]\n', '{}\n', '{"id":1}\n\n'])
      await expect(lake.append(batch(1, [], { rows: Buffer.from(rows) }))).rejects.toMatchObject({
        kind: 'refused',
      })
    await expect(lake.append(batch(1, [{ id: 1 }], { stream: 'nothing' }))).rejects.toMatchObject({
      kind: 'refused',
    })
    expect(await lake.append(batch(1, [{ id: 1 }]))).toBe('stored')
    await lake.close()
  })

  test('a column that came later is NULL in what is older', async () => {
    const folder = scratch()
    const old = await open(folder, [{ name: 'programs', columns: { time: 'integer', id: 'integer' } }])
    await old.append(batch(1, [{ time: noon, id: 1 }]))
    await old.compact()
    await old.close()
    const lake = await open(folder, [programs, names])
    expect(await ask(lake, 'SELECT id::INT, path FROM programs')).toEqual([[1, null]])
    await lake.append(batch(2, [{ time: noon, id: 2, path: '/x' }]))
    expect(await ask(lake, 'SELECT id::INT, path FROM programs ORDER BY id')).toEqual([
      [1, null],
      [2, '/x'],
    ])
    await lake.close()
  })
})
