import { readdirSync } from 'node:fs'
import { z } from 'zod'
import type { Endpoint } from './endpoint.ts'
import * as values from './values.ts'

export type Json = Record<string, unknown>

type Direction = 'input' | 'output'

const refPrefix = '#/components/schemas/'

/** A reference to a component. */
export function ref(name: string): Json {
  return { $ref: `${refPrefix}${name}` }
}

/**
 * Turns the zod schemas of the endpoints into JSON schemas.
 * @returns those that go in and those that come out, by `<id>.<part>`, and the components that they refer to. A form that
 * goes in may differ from the one that comes out (defaults, conversions); then it has `Request` behind its name.
 */
export async function jsonSchemas(
  endpoints: Endpoint[],
): Promise<Record<Direction | 'named', Record<string, Json>>> {
  const names = await namedSchemas()
  const output = convert(endpoints, names, 'output')
  const input = convert(endpoints, names, 'input')
  const rename = renamer(input.components, output.components)
  const renamed = Object.entries(rename(input.components)).map(([name, schema]) => [newName(name), schema])
  return {
    input: rename(input.parts),
    output: output.parts,
    named: { ...output.components, ...Object.fromEntries(renamed) },
  }

  function newName(name: string): string {
    return (rename(ref(name)) as { $ref: string }).$ref.slice(refPrefix.length)
  }
}

/** Schemas that the contract exports by a name; each becomes a component. */
async function namedSchemas(): Promise<Map<z.ZodType, string>> {
  const folder = new URL('./endpoints/', import.meta.url)
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  const modules = await Promise.all(files.map((name) => import(new URL(name, folder).href)))
  const found = new Map<z.ZodType, string>()
  for (const module of [...modules, values] as Record<string, unknown>[]) {
    for (const [name, value] of Object.entries(module)) {
      if (value instanceof z.ZodType && !found.has(value)) found.set(value, name)
    }
  }
  return found
}

function convert(endpoints: Endpoint[], names: Map<z.ZodType, string>, io: Direction) {
  const registry = z.registry<{ id: string }>()
  for (const [schema, name] of names) registry.add(schema, { id: name })
  const found = partsOf(endpoints, io)
  for (const [id, schema] of found) if (!registry.has(schema)) registry.add(schema, { id })
  const { schemas } = z.toJSONSchema(registry, {
    io,
    unrepresentable: 'any',
    uri: (id) => `${refPrefix}${id}`,
  })
  const clean = Object.fromEntries(
    Object.entries(schemas).map(([id, schema]) => [id, withoutIds(schema as Json)]),
  )
  const parts = Object.fromEntries(
    found.map(([id, schema]) => {
      const registered = registry.get(schema)!.id
      // Parameters are listed one by one, so they are wanted as they are, not by name.
      const isNamed = registered !== id && /\.(body|output)$/.test(id)
      return [id, isNamed ? ref(registered) : clean[registered]!]
    }),
  )
  return { parts, components: usedBy(parts, clean) }
}

function partsOf(endpoints: Endpoint[], io: Direction): [string, z.ZodType][] {
  const kinds = io === 'output' ? (['output'] as const) : (['params', 'query', 'body'] as const)
  return endpoints.flatMap((spec) =>
    kinds.flatMap((kind): [string, z.ZodType][] => {
      const schema = spec[kind]
      return schema && !(schema instanceof z.ZodUndefined) ? [[`${spec.id}.${kind}`, schema]] : []
    }),
  )
}

function withoutIds({ $id: _id, $schema: _schema, ...schema }: Json): Json {
  return schema
}

/** Keeps the components that the parts reach, directly or through one another. */
function usedBy(parts: Record<string, Json>, components: Record<string, Json>): Record<string, Json> {
  const used: Record<string, Json> = {}
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value)) {
      if (key !== '$ref' || typeof inner !== 'string') visit(inner)
      else {
        const name = inner.slice(refPrefix.length)
        const component = components[name]
        if (!component || used[name]) continue
        used[name] = component
        visit(component)
      }
    }
  }
  visit(parts)
  return used
}

/**
 * Returns a function that renames, in schemas that go in, the references to components that look different when they come
 * out. One whose own form is the same still differs when it refers to one that does.
 */
function renamer(input: Record<string, Json>, output: Record<string, Json>): <T extends Json>(json: T) => T {
  const different = new Set<string>()
  const rename = <T extends Json>(json: T): T =>
    JSON.parse(JSON.stringify(json), (key, value) => {
      if (key !== '$ref' || typeof value !== 'string') return value
      return different.has(value.slice(refPrefix.length)) ? `${value}Request` : value
    }) as T
  for (let before = -1; before < different.size; ) {
    before = different.size
    for (const [name, schema] of Object.entries(input)) {
      const other = output[name]
      if (other && JSON.stringify(rename(schema)) !== JSON.stringify(other)) different.add(name)
    }
  }
  return rename
}
