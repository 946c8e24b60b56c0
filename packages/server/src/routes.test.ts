import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type ErrorCode, errors } from '@quarry/schema'
import { allEndpoints } from '@quarry/schema/contract'
import { expect, test } from 'vitest'
import { readRoutes } from './app.ts'
import { harnessErrors } from './error-reply.ts'

const endpoints = await allEndpoints()
const packages = join(import.meta.dirname, '../..')

test('every endpoint of the contract is served, and nothing else', async () => {
  const served = (await readRoutes()).map((route) => route.spec.id).sort()
  expect(served).toEqual(endpoints.map((spec) => spec.id).sort())
})

test('ids and addresses of endpoints are unique', () => {
  const ids = endpoints.map((spec) => spec.id)
  const addresses = endpoints.map((spec) => `${spec.method} ${spec.path}`)
  expect([new Set(ids).size, new Set(addresses).size]).toEqual([ids.length, addresses.length])
})

test('a route is in a file of its own, named after what it does', async () => {
  const files = globSync('routes/**/*.ts', { cwd: import.meta.dirname, exclude: ['**/*.test.ts'] })
  const names = files.map((file) => basename(file, '.ts')).sort()
  const verbs = endpoints.map((spec) => kebab(spec.id.split('.').at(-1)!)).sort()
  expect(names).toEqual(verbs)
})

test('every error of the table is thrown somewhere', () => {
  const source = sourcesOf(['server', 'sql', 'schema'])
  const unused = Object.keys(errors).filter(
    (code) => !new RegExp(`(AppError|super)\\([^)]*'${code}'`).test(source),
  )
  expect(unused).toEqual([])
})

test('an error that one route throws is among the errors of its endpoint', async () => {
  for (const file of globSync('routes/**/*.ts', { cwd: import.meta.dirname, exclude: ['**/*.test.ts'] })) {
    const path = join(import.meta.dirname, file)
    const { spec } = (await import(path)).default as { spec: (typeof endpoints)[number] }
    const thrown = [...readFileSync(path, 'utf8').matchAll(/new AppError\(\s*'(\w+)'/g)].map(
      (match) => match[1],
    )
    const allowed: readonly ErrorCode[] = [...spec.errors, ...harnessErrors]
    expect([file, thrown.filter((code) => !allowed.includes(code as ErrorCode))]).toEqual([file, []])
  }
})

test('every error of the table is listed by an endpoint or belongs to the harness', () => {
  const listed = new Set<string>([...harnessErrors, ...endpoints.flatMap((spec) => spec.errors)])
  expect(Object.keys(errors).filter((code) => !listed.has(code))).toEqual([])
})

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function sourcesOf(names: string[]): string {
  const files = names.flatMap((name) =>
    globSync(`${name}/src/**/*.ts`, { cwd: packages, exclude: ['**/*.test.ts'] }),
  )
  return files.map((file) => readFileSync(join(packages, file), 'utf8')).join('\n')
}
