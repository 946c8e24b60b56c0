import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fixtureRoot } from '../fixture.ts'
import { bootFromStat, keptBootTime, measureBootTime } from './boot-anchor.ts'
import { openHost } from './open-host.ts'

const bootId = '0b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9'
const anchor = 134399658216590000n
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quarry-boot-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('is measured exactly, in ticks of 100 ns since 1601', () => {
  // 1970-01-01 is 11,644,473,600 seconds after 1601-01-01.
  expect(measureBootTime(0, '0.00 0.00\n')).toBe(116444736000000000n)
  expect(measureBootTime(1795492021659, '1234.56 99.00\n')).toBe(
    116444736000000000n + 17954920216590000n - 12345600000n,
  )
  expect(bootFromStat('cpu 1\nbtime 1795461240\n')).toBe(116444736000000000n + 17954612400000000n)
})

test('is measured once for a boot and readable by everyone', () => {
  expect(keptBootTime(folder, bootId, () => anchor)).toBe(anchor)
  expect(keptBootTime(folder, bootId, () => 1n)).toBe(anchor)
  expect(statSync(join(folder, `boot-${bootId}`)).mode & 0o777).toBe(0o644)
})

test('another boot begins anew and removes the old one', () => {
  keptBootTime(folder, bootId, () => anchor)
  const next = bootId.replace('0b', '1c')
  expect(keptBootTime(folder, next, () => anchor + 1n)).toBe(anchor + 1n)
  expect(readdirSync(folder)).toEqual([`boot-${next}`])
})

test.each(['', 'nonsense', '12'])('a damaged file (%j) is made again', (text) => {
  writeFileSync(join(folder, `boot-${bootId}`), text)
  expect(keptBootTime(folder, bootId, () => anchor)).toBe(anchor)
})

test('is unknown where nothing can be kept', () => {
  writeFileSync(join(folder, 'file'), '')
  expect(keptBootTime(join(folder, 'file/below'), bootId, () => anchor)).toBeUndefined()
})

test('processes that begin at once agree', async () => {
  const script = `import { openHost } from '${import.meta.dirname}/open-host.ts'
    console.log(String(openHost({ cacheDir: '${folder}' }).bootFiletime()))`
  const outputs = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script])
      let text = ''
      for await (const chunk of child.stdout) text += chunk
      return text.trim()
    }),
  )
  expect(new Set(outputs).size).toBe(1)
  expect(outputs[0]).toMatch(/^\d{18}$/)
  expect(String(openHost({ cacheDir: folder }).bootFiletime())).toBe(outputs[0])
  expect(readdirSync(folder)).toHaveLength(1)
})

test('has a folder of its own, or none', () => {
  const kept = openHost({ cacheDir: join(folder, 'cache'), anchorDir: folder }).bootFiletime()
  expect(openHost({ anchorDir: folder }).bootFiletime()).toBe(kept)
  expect(openHost({ cacheDir: folder, anchorDir: null }).bootFiletime()).toBe(
    bootFromStat(readFileSync('/proc/stat', 'utf8')),
  )
})

test('is within a second of btime on this machine, and btime in a fixture', () => {
  const near = openHost({ cacheDir: folder }).bootFiletime() - openHost().bootFiletime()
  // btime is cut to whole seconds.
  expect(near).toBeGreaterThan(-10_100_000n)
  expect(near).toBeLessThan(20_100_000n)
  expect(openHost({ root: fixtureRoot, cacheDir: folder }).bootFiletime()).toBe(
    bootFromStat(openHost({ root: fixtureRoot }).read('/proc/stat')),
  )
})
