import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { localTables } from '@quarry/agent/local-tables'
import { allTables } from '@quarry/agent/tables'
import { openJournalPort } from '@quarry/journals/tables'
import { CatalogueQuery, categories } from '@quarry/schema'
import { openScoring } from '@quarry/scoring'
import { findVariables, lint, renderTemplate } from '@quarry/sql'
import { openEngine } from '@quarry/tables/engine'
import { openHost } from '@quarry/tables/host'
import { afterAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { makeCompromisedServer } from './compromised-server.ts'
import { recordPast } from './recorded-past.ts'

const folder = import.meta.dirname
const files = globSync('*/*.yaml', { cwd: folder }).sort()
const tables = await allTables()
const specs = await localTables()

const linuxServer = `${folder}/../packages/tables/fixtures/linux-server`
const roots: Record<string, string> = {
  'linux-server': linuxServer,
  'compromised-server': makeCompromisedServer(linuxServer),
}
const past = recordPast()
const caches = mkdtempSync(join(tmpdir(), 'quarry-catalogue-'))
const ports = { journals: openJournalPort(past) }
afterAll(() => {
  for (const folder of [roots['compromised-server']!, join(past, '..'), caches])
    rmSync(folder, { recursive: true, force: true })
})

const identity = {
  endpointId: '3f0d1f0e-8f0b-4c3e-9a53-0f5f6f1f7a10',
  tenantId: '0b5f2c4a-7d1e-4b6f-8a39-5c2d1e0f9b87',
  agentVersion: '1.2.3',
}
const openOn = (fixture: string) => {
  const root = roots[fixture]
  if (root === undefined) throw new Error(`There is no recorded host “${fixture}”.`)
  // The clean host stands for a device that scores nothing.
  const scores = fixture === 'compromised-server' && openScoring(caches)
  return openEngine({
    tables,
    host: openHost({ root, platform: 'linux', identity, ports: { ...ports, ...(scores && { scores }) } }),
  })
}
const engines = new Map<string, ReturnType<typeof openOn>>()
const engineOn = (fixture: string) => {
  const engine = engines.get(fixture) ?? openOn(fixture)
  engines.set(fixture, engine)
  return engine
}

test('there are queries in every category', () => {
  const found = new Set(files.map((file) => file.split('/')[0]))
  expect([...found].sort()).toEqual(Object.keys(categories).sort())
})

describe.each(files)('%s', (file) => {
  const query = CatalogueQuery.parse(parse(readFileSync(`${folder}/${file}`, 'utf8')))
  const render = (values: Record<string, string | number | boolean>) =>
    renderTemplate(
      query.sql,
      query.variables.map((v) => ({ ...v, value: v.value === undefined ? undefined : String(v.value) })),
      Object.entries(values).map(([name, value]) => ({ name, value: String(value) })),
    )

  test('is named after its path, and declares the variables that it uses', () => {
    expect(query.id).toBe(file.replace(/\.yaml$/, '').replaceAll('/', '.'))
    const used = new Set(findVariables(query.sql).map((use) => use.name))
    expect([...used].sort()).toEqual(query.variables.map((v) => v.name).sort())
  })

  test('the linter has nothing to say, and each described column is in the answer', async () => {
    const sql = render(Object.fromEntries(query.variables.map((v) => [v.name, v.value ?? '1'])))
    expect(lint(sql, specs)).toEqual([])
    const columns = await columnsOf(sql)
    expect(columns).toEqual(
      expect.arrayContaining(Object.keys(query.columns).filter((name) => name !== 'epName')),
    )
  })

  test('is proved by at least one test with a row', () => {
    expect(query.tests.some((proof) => proof.rows.length > 0)).toBe(true)
  })

  test.each(query.tests)(
    'finds the rows on $fixture with $variables',
    async ({ fixture, variables, rows }) => {
      const engine = await engineOn(fixture)
      const found = engine.all(render(variables))
      // A shipped query says itself how far back it looks.
      expect(engine.lastWarnings.map(({ code }) => code)).not.toContain('window_defaulted')
      for (const row of rows) expect(found).toContainEqual(expect.objectContaining(row))
      if (rows.length === 0) expect(found).toEqual([])
    },
  )
})

async function columnsOf(sql: string): Promise<string[]> {
  const names: string[] = []
  const engine = await engineOn('linux-server')
  const limits = { cpuShare: 1, memoryBytes: 256 << 20, resultBytes: 1_000_000, resultRows: 10, seconds: 20 }
  const end = engine.run(
    { sql, readable: ['process_envs', 'grep'], limits },
    { columns: (columns) => names.push(...columns.map((column) => column.name)), rows() {} },
  )
  expect(end.error).toBeUndefined()
  return names
}
