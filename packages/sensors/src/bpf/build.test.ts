import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { build, clangVersion, hashPrograms, hashSources } from './build.ts'

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const record = JSON.parse(readFileSync(file('sensor.bpf.json'), 'utf8')) as {
  clang: string
  sources: string
  programs: Record<string, string>
}

test('the object was built of these sources: else run node packages/sensors/src/bpf/build.ts', () => {
  expect(record.sources).toBe(hashSources())
  expect(record.programs).toEqual(hashPrograms(file('sensor.bpf.o')))
})

test('building it anew gives the same instructions', ({ skip }) => {
  const version = clangVersion()
  if (!version) skip('clang is not installed.')
  if (version !== record.clang) skip(`clang ${version} is not the ${record.clang} that built the object.`)
  const folder = mkdtempSync(join(tmpdir(), 'quarry-bpf-'))
  try {
    build(join(folder, 'object.o'))
    expect(hashPrograms(join(folder, 'object.o'))).toEqual(record.programs)
  } catch (error) {
    // The compiler alone, without the headers of libbpf.
    if (/bpf_helpers\.h|llvm-strip/.test(String(error))) skip('libbpf-dev or llvm is not installed.')
    throw error
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
