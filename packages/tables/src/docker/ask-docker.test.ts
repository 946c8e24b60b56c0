import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openEngine } from '../engine/engine.ts'
import { openHost } from '../host/open-host.ts'
import containers from '../tables/docker_containers.ts'
import version from '../tables/docker_version.ts'
import { openDocker } from '../testing/open-stubbed.ts'

async function asked(root: string) {
  const host = openHost({ root, platform: 'linux' })
  const engine = await openEngine({ tables: [version], host })
  const rows = engine.all('SELECT * FROM docker_version')
  const warnings = engine.lastWarnings.map((warning) => warning.message)
  engine.close()
  host.close()
  return { rows, warnings }
}

test('a machine without Docker has none, and that is no fault', async () => {
  const root = mkdtempSync(join(tmpdir(), 'quarry-docker-'))
  expect(await asked(root)).toEqual({ rows: [], warnings: [] })
  rmSync(root, { recursive: true })
})

test('a socket that nobody answers is a warning', async () => {
  const root = mkdtempSync(join(tmpdir(), 'quarry-docker-'))
  const folder = join(root, 'var/run')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'docker.sock'), '')
  expect(await asked(root)).toEqual({
    rows: [],
    warnings: ['Docker gave no answer, and what it knows is left out: not a socket.'],
  })
  rmSync(root, { recursive: true })
})

test('an answer that is none is a warning, once', async () => {
  const { engine } = await openDocker(containers, {
    'GET /containers/json?all=1': { body: '<html>' },
  })
  expect(engine.all('SELECT pid FROM docker_containers')).toEqual([])
  expect(engine.lastWarnings.map((warning) => warning.message)).toEqual([
    'Docker gave no answer, and what it knows is left out: its answer is no JSON.',
  ])
})
