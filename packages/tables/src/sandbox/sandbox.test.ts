import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Limits, QueryEnd, WireValue } from '@quarry/schema/agent/query'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { openSandboxes, type Sandboxes } from './sandbox.ts'

const cacheDir = mkdtempSync(join(tmpdir(), 'quarry-sandbox-'))
const tables = new URL('./hostile-tables.ts', import.meta.url).href
const options = { host: { dataDirs: [], cacheDir }, tables }
let sandboxes: Sandboxes
beforeAll(() => {
  sandboxes = openSandboxes(options)
})
afterAll(async () => {
  await sandboxes.close()
  rmSync(cacheDir, { recursive: true })
})

const generous: Limits = {
  cpuShare: 4,
  memoryBytes: 128 << 20,
  resultBytes: 10_000_000,
  resultRows: 100_000,
  seconds: 60,
}
const numbers = 'WITH RECURSIVE t(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM t)'

async function run(sql: string, limits: Partial<Limits> = {}, signal?: AbortSignal) {
  const rows: WireValue[][] = []
  const end = await sandboxes.run(
    { sql, readable: [], limits: { ...generous, ...limits } },
    { columns() {}, rows: (batch) => void rows.push(...batch) },
    signal,
  )
  return { end, rows }
}

const exists = (pid: number) => {
  try {
    // A zombie is dead, whoever has yet to collect it.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'))
  } catch {
    return false
  }
}

describe('a query', () => {
  test('gives columns, rows and what it cost', async () => {
    const columns: unknown[] = []
    const rows: unknown[] = []
    const end = await sandboxes.run(
      { sql: "SELECT n, 'é' AS t FROM numbers LIMIT 2", readable: [], limits: generous },
      { columns: (some) => columns.push(...some), rows: (some) => void rows.push(...some) },
    )
    expect(columns).toEqual([
      { name: 'n', type: 'bigint', origin: 'numbers.n' },
      { name: 't', type: 'text' },
    ])
    expect(rows).toEqual([
      [0, 'é'],
      [1, 'é'],
    ])
    expect(end).toMatchObject({
      status: 'succeeded',
      warnings: [],
      stats: { rows: 2, bytes: 18, pausedMillis: 0 },
    })
    expect(end.stats.cpuMillis).toBeGreaterThan(0)
    expect(end.stats.wallMillis).toBeGreaterThan(0)
  })

  test('takes the process of the one before, when that was small', async () => {
    const pid = async () => (await run("SELECT value FROM around WHERE name = 'pid'")).rows[0]![0]
    expect(await pid()).toBe(await pid())
  })

  test('knows nothing of its parent’s environment, and steps back behind everything else', async () => {
    process.env.QUARRY_SECRET_OF_TEST = 'x'
    const { rows } = await run('SELECT name, value FROM around')
    const around = Object.fromEntries(rows)
    expect(Object.keys(around).filter((name) => name.startsWith('env ') && name !== 'env TZ')).toEqual([
      'env PATH',
      'env MALLOC_ARENA_MAX',
    ])
    expect(around).toMatchObject({ priority: '10', oom: '900', cwd: '/' })
  })

  test('runs beside others', async () => {
    const stop = new AbortController()
    const long = run(`${numbers} SELECT count(*) FROM t`, {}, stop.signal)
    expect((await run('SELECT 1')).rows).toEqual([[1]])
    const [a, b] = await Promise.all([run('SELECT 2'), run('SELECT 3')])
    expect([a.rows, b.rows]).toEqual([[[2]], [[3]]])
    stop.abort()
    expect((await long).end.status).toBe('canceled')
  })

  test('waits for its reader', async () => {
    const batches: number[] = []
    let release = () => {}
    const ended = sandboxes.run(
      { sql: `${numbers} SELECT i, printf('%01000d', i) FROM t`, readable: [], limits: generous },
      {
        columns() {},
        rows(rows) {
          batches.push(rows.length)
          return batches.length === 1 ? new Promise<void>((resolve) => (release = resolve)) : undefined
        },
      },
    )
    await vi.waitFor(() => expect(batches).toHaveLength(1), 20_000)
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(batches).toHaveLength(1)
    release()
    const end = await ended
    expect(end.warnings.map((one) => one.code)).toEqual(['limited_bytes'])
    expect(batches.reduce((sum, count) => sum + count)).toBe(end.stats.rows)
  })

  test('is refused as the engine refuses it', async () => {
    expect((await run('SELECT * FROM nowhere')).end).toMatchObject({
      status: 'failed',
      error: { code: 'sql' },
    })
    expect((await run('SELECT 1')).rows).toEqual([[1]])
  })
})

describe('a query that does harm', () => {
  const cases: [string, string, Partial<Limits>, Partial<QueryEnd>][] = [
    ['loops in SQL', `${numbers} SELECT count(*) FROM t`, { seconds: 0.5 }, { status: 'timedOut' }],
    ['loops in a table', 'SELECT n FROM spins', { seconds: 0.5 }, { status: 'timedOut' }],
    [
      'sorts without end',
      `${numbers} SELECT i FROM (SELECT i FROM t LIMIT 10000000) ORDER BY -i`,
      { memoryBytes: 32 << 20 },
      { status: 'failed' },
    ],
    ['fills the heap', 'SELECT n FROM eats_heap', { memoryBytes: 48 << 20 }, { status: 'failed' }],
    [
      'fills memory beside the heap',
      'SELECT count(*) FROM eats_buffers',
      { memoryBytes: 48 << 20 },
      { status: 'failed' },
    ],
    ['dies', 'SELECT n FROM dies', {}, { status: 'failed' }],
  ]
  const codes = ['time_limit', 'time_limit', 'memory_limit', 'memory_limit', 'memory_limit', 'crashed']
  test.each(cases.map((one, index) => [...one, codes[index]!] as const))(
    '%s',
    async (_, sql, limits, end, code) => {
      const found = await run(sql, limits)
      expect(found.end).toMatchObject({ ...end, error: { code } })
      expect((await run('SELECT 1')).rows).toEqual([[1]])
    },
  )

  test('returns a gigabyte: it is cut at the limit', async () => {
    const { end, rows } = await run(`${numbers} SELECT printf('%0100000d', i) FROM t LIMIT 10000`, {
      resultBytes: 5_000_000,
    })
    expect(end.warnings.map((one) => one.code)).toEqual(['limited_bytes'])
    expect(rows).toHaveLength(49)
  })

  test('keeps the rows that came before it was killed', async () => {
    const { end, rows } = await run('SELECT n FROM numbers WHERE n < 3 UNION ALL SELECT n FROM spins', {
      seconds: 1,
      resultRows: 3,
    })
    expect(end.status).toBe('timedOut')
    expect(rows.length).toBeLessThanOrEqual(3)
    expect(end.stats.rows).toBe(rows.length)
  })

  test.each([
    ['asked', `${numbers} SELECT count(*) FROM t`],
    ['killed, when it cannot hear', 'SELECT n FROM spins'],
  ])('ends when canceled: %s', async (_, sql) => {
    const stop = new AbortController()
    const running = run(sql, {}, stop.signal)
    setTimeout(() => stop.abort(), 300)
    expect((await running).end).toMatchObject({ status: 'canceled' })
  })

  test('is slowed to its share, not killed', async () => {
    const { end } = await run(`${numbers} SELECT count(*) FROM t`, { cpuShare: 0.1, seconds: 4 })
    expect(end.status).toBe('timedOut')
    expect(end.stats.pausedMillis).toBeGreaterThan(500)
    // A second at once, a tenth of what follows, and the kernel's steps.
    expect(end.stats.cpuMillis).toBeLessThan(2200)
  })
})

describe('the end', () => {
  const children = new Set<ReturnType<typeof spawn>>()
  afterEach(() => {
    for (const child of children) child.kill('SIGKILL')
  })

  test('close() cancels what runs and leaves no process', async () => {
    const own = openSandboxes(options)
    const end = own.run(
      { sql: 'SELECT n FROM spins', readable: [], limits: generous },
      { columns() {}, rows() {} },
    )
    await new Promise((resolve) => setTimeout(resolve, 200))
    const pids = own.pids()
    expect(pids.length).toBeGreaterThan(0)
    await own.close()
    expect((await end).status).toBe('canceled')
    expect(pids.filter(exists)).toEqual([])
    expect(own.pids()).toEqual([])
  })

  test('spare processes go when nothing is asked', async () => {
    const own = openSandboxes({ ...options, spareMillis: 200 })
    await own.run({ sql: 'SELECT 1', readable: [], limits: generous }, { columns() {}, rows() {} })
    await vi.waitFor(() => expect(own.pids()).toEqual([]), 20_000)
    await own.close()
  })

  test.each(['SELECT n FROM spins', `${numbers} SELECT count(*) FROM t`])(
    'no process outlives a parent that was killed: %s',
    async (sql) => {
      const parent = spawn(process.execPath, [join(import.meta.dirname, 'orphan-maker.ts'), sql, cacheDir], {
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      children.add(parent)
      let said = ''
      parent.stdout.setEncoding('utf8').on('data', (text: string) => {
        said = text.trimEnd().split('\n').at(-1)!
      })
      const stateOf = (pid: number) =>
        /^State:\s+(\w)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]
      // The query has used up its burst and is stopped: it could not notice anything by itself.
      await vi.waitFor(() => expect(said.split(' ').map(Number).map(stateOf)).toContain('T'), {
        timeout: 25_000,
        interval: 20,
      })
      const pids = said.split(' ').map(Number)
      parent.kill('SIGKILL')
      await vi.waitFor(() => expect(pids.filter(exists)).toEqual([]), 5000)
    },
  )
})
