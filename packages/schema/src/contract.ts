import { readdirSync } from 'node:fs'
import type { Endpoint } from './endpoint.ts'

/** Reads every endpoint of the contract from the files of `endpoints/`, sorted by path and method. Node only. */
export async function allEndpoints(): Promise<Endpoint[]> {
  const folder = new URL('./endpoints/', import.meta.url)
  const modules = await Promise.all(
    readdirSync(folder)
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => import(new URL(name, folder).href) as Promise<Record<string, unknown>>),
  )
  const found = modules.flatMap((module) => Object.values(module)).filter(isEndpoint)
  return found.sort((a, b) => `${a.path} ${a.method}`.localeCompare(`${b.path} ${b.method}`))
}

function isEndpoint(value: unknown): value is Endpoint {
  return (
    typeof value === 'object' && value !== null && 'access' in value && 'path' in value && 'method' in value
  )
}
