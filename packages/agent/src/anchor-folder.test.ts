import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { anchorFolder } from './anchor-folder.ts'

const why = process.geteuid?.() === 0 ? undefined : 'needs root'

test.skipIf(why)(`root makes the shared folder, readable by everyone${why ? ` (${why})` : ''}`, () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'quarry-anchor-')), 'quarry')
  expect(anchorFolder('/own', folder)).toBe(folder)
  expect(statSync(folder).mode & 0o777).toBe(0o755)
  rmSync(join(folder, '..'), { recursive: true })
})

test('a folder that cannot be made leaves one’s own', () => {
  expect(anchorFolder('/own', '/proc/self/nothing/here')).toBe('/own')
  expect(anchorFolder(null, '/proc/self/nothing/here')).toBe(null)
})

test.skipIf(why)(
  `another user uses it only once it has the time of this boot${why ? ` (${why})` : ''}`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'quarry-anchor-'))
    chmodSync(folder, 0o755)
    mkdirSync(join(folder, 'sub'))
    process.seteuid!(65_534)
    try {
      expect(anchorFolder('/own', folder)).toBe('/own')
    } finally {
      process.seteuid!(0)
    }
    expect(existsSync(folder)).toBe(true)
    rmSync(folder, { recursive: true })
  },
)
