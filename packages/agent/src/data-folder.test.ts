import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDataFolder } from './data-folder.ts'
import { StartError } from './start-error.ts'
import { tempFolder } from './testing/temp-folder.ts'

test('makes a folder for its owner alone', () => {
  const path = join(tempFolder(), 'deep', 'agent')
  openDataFolder(path).close()
  expect(statSync(path).mode & 0o777).toBe(0o700)
})

test('closes a folder that was open to others', () => {
  const path = join(tempFolder(), 'agent')
  mkdirSync(path)
  chmodSync(path, 0o777)
  openDataFolder(path).close()
  expect(statSync(path).mode & 0o777).toBe(0o700)
})

test('a second agent is told who has the folder, and may have it afterwards', () => {
  const path = tempFolder()
  const first = openDataFolder(path)
  expect(() => openDataFolder(path)).toThrow(
    new StartError(`Another agent (process ${process.pid}) uses the folder ${path}; stop it first.`),
  )
  first.close()
  openDataFolder(path).close()
})

test('the lock of another process holds, and goes with kill -9', async () => {
  const path = tempFolder()
  const program = `
    const { openDataFolder } = await import(${JSON.stringify(new URL('./data-folder.ts', import.meta.url).href)})
    globalThis.folder = openDataFolder(${JSON.stringify(path)})
    console.log('locked')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program])
  await once(child.stdout, 'data')
  expect(() => openDataFolder(path)).toThrow(`Another agent (process ${child.pid}) uses the folder`)
  child.kill('SIGKILL')
  await once(child, 'close')
  openDataFolder(path).close()
})

test('a path that is no folder is a sentence', () => {
  const path = join(tempFolder(), 'file')
  writeFileSync(path, '')
  expect(() => openDataFolder(path)).toThrow(/^The agent's folder .*file cannot be used: /)
})
