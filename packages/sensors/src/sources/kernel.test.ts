import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SensorEvent } from '@quarry/schema/events'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openAlone } from '../testing/open-alone.ts'
import source from './kernel.ts'

let root: string
let stateDir: string
const put = (path: string, text: string) => writeFileSync(join(root, 'proc', path), text)
const told = (events: SensorEvent[]): Record<string, string | number>[] =>
  events.flatMap((event) => (event.type === 'system' ? [{ event: event.event, ...event.data }] : []))

/** A /proc of its own for what cannot be done to the machine that others use too. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'quarry-kernel-'))
  stateDir = join(root, 'state')
  for (const folder of [stateDir, join(root, 'proc/sys/kernel/random'), join(root, 'proc/self')])
    mkdirSync(folder, { recursive: true })
  put('sys/kernel/random/boot_id', 'first\n')
  put('sys/kernel/osrelease', '6.1.0\n')
  put('cmdline', 'ro quiet\n')
  put('modules', 'ext4 1000 1 - Live 0x0\n')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

test('tells a boot once, and when the one before was last seen', async () => {
  const before = Date.now()
  const first = await openAlone(source, { root, stateDir })
  await first.close()
  const again = await openAlone(source, { root, stateDir })
  await again.close()
  put('sys/kernel/random/boot_id', 'second\n')
  const second = await openAlone(source, { root, stateDir })
  await second.close()
  expect(told(first.events)).toEqual([
    { event: 'boot', bootId: 'first', kernel: '6.1.0', commandLine: 'ro quiet' },
  ])
  expect(told(again.events)).toEqual([])
  expect(told(second.events)).toMatchObject([{ event: 'boot', bootId: 'second' }])
  expect(told(second.events)[0]?.previousSeenAt).toBeGreaterThanOrEqual(before)
})

test('tells modules that come and go', async () => {
  const alone = await openAlone(source, { root, stateDir })
  alone.events.length = 0
  put('modules', 'ext4 1000 1 - Live 0x0\nrootkit 16384 0 - Live 0x0 (OE)\ncoming 1 0 - Loading 0x0\n')
  alone.open.tick?.(Date.now())
  put('modules', 'rootkit 16384 0 - Live 0x0 (OE)\n')
  alone.open.tick?.(Date.now())
  await alone.close()
  expect(told(alone.events)).toEqual([
    { event: 'module_loaded', name: 'rootkit', size: 16384, taints: 'OE' },
    { event: 'module_unloaded', name: 'ext4' },
  ])
})

test('tells steps of the clock, not its slewing', async () => {
  let bootAt = Date.now() - 1_000_000
  const alone = await openAlone(source, { root, stateDir, wallMillis: () => bootAt })
  alone.events.length = 0
  for (const move of [0.5, -999, 3_600_000, 0, -3_600_000]) {
    bootAt += move
    alone.open.tick?.(Date.now())
  }
  await alone.close()
  expect(told(alone.events).map(({ event, stepMillis }) => [event, stepMillis])).toEqual([
    ['clock_step', 3_600_000],
    ['clock_step', -3_600_000],
  ])
})

test.skipIf(process.getuid?.() !== 0)('tells real mounts (needs root)', async () => {
  const point = join(root, 'a mount')
  mkdirSync(point)
  const alone = await openAlone(source, { stateDir })
  alone.events.length = 0
  execFileSync('mount', ['-t', 'tmpfs', 'quarry-test', point])
  alone.open.tick?.(Date.now())
  execFileSync('umount', [point])
  alone.open.tick?.(Date.now())
  await alone.close()
  const mine = told(alone.events).filter(({ path }) => path === point)
  expect(mine).toMatchObject([
    { event: 'mounted', path: point, fileSystem: 'tmpfs', source: 'quarry-test', root: '/' },
    { event: 'unmounted', path: point },
  ])
})
