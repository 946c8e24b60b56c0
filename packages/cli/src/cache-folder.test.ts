import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cacheFolder } from './cache-folder.ts'

test('is made for its owner alone, and left out where it cannot be', () => {
  const home = mkdtempSync(join(tmpdir(), 'quarry-cache-'))
  const folder = cacheFolder({ XDG_CACHE_HOME: home })
  expect(folder).toBe(join(home, 'quarry'))
  expect(statSync(folder!).mode & 0o777).toBe(0o700)
  writeFileSync(join(home, 'file'), '')
  expect(cacheFolder({ XDG_CACHE_HOME: join(home, 'file') })).toBeUndefined()
  rmSync(home, { recursive: true })
})
