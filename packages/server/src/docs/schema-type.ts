import { html, type Markup, raw } from './markup.ts'

type Json = Record<string, unknown>

const deepest = 4

/** The address of a component on the page. */
export function anchorOf(name: string): string {
  return `schema-${name}`
}

/** A JSON schema as a short type, with links to the components that it names. */
export function typeOf(schema: Json, depth = 0): Markup {
  if (typeof schema.$ref === 'string') {
    const name = schema.$ref.split('/').at(-1)!
    return html`<a href="#${anchorOf(name)}">${name}</a>`
  }
  if (depth >= deepest) return html`…`
  if ('const' in schema) return html`<code>${JSON.stringify(schema.const)}</code>`
  if (Array.isArray(schema.enum))
    return list(
      schema.enum.map((value) => html`<code>${String(value)}</code>`),
      ' | ',
    )
  const options = (schema.anyOf ?? schema.oneOf) as Json[] | undefined
  if (options)
    return list(
      options.map((option) => typeOf(option, depth + 1)),
      ' | ',
    )
  const parts = schema.allOf as Json[] | undefined
  if (parts)
    return list(
      parts.map((part) => typeOf(part, depth + 1)),
      ' & ',
    )
  if (schema.type === 'array')
    return html`list of ${typeOf((schema.items ?? {}) as Json, depth + 1)}${bounds(schema)}`
  if (schema.type === 'object') return objectOf(schema, depth)
  return html`${String(schema.type ?? 'any')}${schema.format !== undefined && html` (${String(schema.format)})`}${bounds(schema)}`
}

function objectOf(schema: Json, depth: number): Markup {
  const fields = Object.entries((schema.properties ?? {}) as Record<string, Json>)
  const values = schema.additionalProperties
  if (fields.length === 0) {
    const isMap = typeof values === 'object' && values !== null
    return isMap ? html`map of ${typeOf(values as Json, depth + 1)}` : html`object`
  }
  const required = (schema.required ?? []) as string[]
  const shown = fields.map(
    ([name, field]) =>
      html`<code>${name}${!required.includes(name) && '?'}</code>: ${typeOf(field, depth + 1)}`,
  )
  return html`{ ${list(shown, ', ')} }`
}

/** JavaScript's own bounds of an integer say nothing to a reader. */
function bounds(schema: Json): Markup {
  const number = (key: string) => {
    const value = schema[key]
    return typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined
  }
  const from = number('minimum') ?? number('minLength') ?? number('minItems')
  const to = number('maximum') ?? number('maxLength') ?? number('maxItems')
  const by = schema.default === undefined ? '' : `, default ${JSON.stringify(schema.default)}`
  if (from === undefined && to === undefined) return html`${by}`
  return html`<small> ${from ?? ''}…${to ?? ''}${by}</small>`
}

function list(items: Markup[], separator: string): Markup {
  return raw(items.map((item) => item.text).join(separator))
}
