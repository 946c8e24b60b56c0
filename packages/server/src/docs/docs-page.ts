import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Endpoint } from '@quarry/schema'
import { allEndpoints } from '@quarry/schema/contract'
import { nounOf, type OpenApi, openApi } from '@quarry/schema/openapi'
import { html, type Markup, raw, rich } from './markup.ts'
import { anchorOf, typeOf } from './schema-type.ts'

type Json = Record<string, unknown>

/**
 * Makes the readable reference of the API: one page that needs nothing but itself.
 * @param url where the API is reached
 * @returns the page, and the content security policy under which it works: its own style sheet by hash, and nothing else
 */
export async function docsPage(url: string): Promise<{ html: string; policy: string }> {
  const [document, endpoints] = [await openApi(url), await allEndpoints()]
  const css = readFileSync(join(import.meta.dirname, 'docs.css'), 'utf8')
  const hash = createHash('sha256').update(css).digest('base64')
  const byNoun = Object.entries(Object.groupBy(endpoints, nounOf)).sort(([a], [b]) => a.localeCompare(b))
  const schemas = Object.entries(document.components.schemas).sort(([a], [b]) => a.localeCompare(b))

  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Quarry API</title>
<style>${raw(css)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the reference</a>
<nav aria-label="Parts of the API">
<p class="brand"><a href="#main">Quarry API</a></p>
<ul>${byNoun.map(
    ([noun, specs]) => html`<li><a href="#${noun}">${titleOf(noun)}</a> <span>${specs!.length}</span></li>`,
  )}<li><a href="#schemas">Schemas</a> <span>${schemas.length}</span></li></ul>
</nav>
<main id="main">
<h1>The HTTP API</h1>
<p>${rich(document.info.description)}</p>
<p>The same as a document for programs: <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1).</p>
${byNoun.map(
  ([noun, specs]) => html`<section id="${noun}" aria-label="${titleOf(noun)}"><h2>${titleOf(noun)}</h2>
${specs!.map((spec) => operation(spec, document))}</section>`,
)}
<section id="schemas" aria-label="Schemas"><h2>Schemas</h2>
${schemas.map(([name, schema]) => component(name, schema))}</section>
</main>
</body>
</html>
`
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
  return { html: page.text, policy }
}

/** `liveDiscover.runs` becomes `Live discover: runs`. */
function titleOf(noun: string): string {
  const words = noun.replaceAll('.', ': ').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function operation(spec: Endpoint, document: OpenApi): Markup {
  const found = document.paths[spec.path]![spec.method.toLowerCase()] as {
    parameters: { name: string; in: string; required: boolean; description?: string; schema: Json }[]
    requestBody?: { content: Record<string, { schema: Json }> }
    responses: Record<string, { description?: string; content?: Record<string, { schema: Json }> }>
  }
  const [type, body] = Object.entries(found.requestBody?.content ?? {})[0] ?? []
  const answers = Object.entries(found.responses).filter(([status]) => status !== 'default')
  return html`<article id="${spec.id}">
<h3><a href="#${spec.id}"><span class="method ${spec.method.toLowerCase()}">${spec.method}</span> <code>${spec.path}</code></a></h3>
<p>${rich(spec.description)}</p>
<p class="access">${accessOf(spec)}</p>
${
  found.parameters.length > 0 &&
  html`<h4>Parameters</h4><table><thead><tr><th>Name</th><th>In</th><th>Type</th><th>Meaning</th></tr></thead><tbody>
${found.parameters.map(
  (p) => html`<tr><td><code>${p.name}</code>${p.required && html` <em>required</em>`}</td><td>${p.in}</td>
<td>${typeOf(p.schema)}</td><td>${rich(p.description ?? '')}</td></tr>`,
)}</tbody></table>`
}
${body && html`<h4>Body <small>${type}</small></h4>${shape(body.schema)}`}
<h4>Answers</h4>
<dl>${answers.map(
    ([status, answer]) =>
      html`<dt>${status}</dt><dd>${rich(answer.description ?? '')}${
        Number(status) < 300 &&
        Object.entries(answer.content ?? {}).map(
          ([kind, { schema }]) => html` <small>${kind}</small>${shape(schema)}`,
        )
      }</dd>`,
  )}</dl>
</article>`
}

function accessOf(spec: Endpoint): Markup {
  if (spec.access === 'public') return html`Needs no sign-in.`
  if (spec.access === 'signedIn') return html`For anyone who is signed in.`
  return html`Needs the permission <code>${spec.access}</code>.`
}

function component(name: string, schema: Json): Markup {
  return html`<article id="${anchorOf(name)}"><h3><a href="#${anchorOf(name)}">${name}</a></h3>
${typeof schema.description === 'string' && html`<p>${rich(schema.description)}</p>`}${shape(schema)}</article>`
}

/** An object as a table of its fields, anything else as its type. */
function shape(schema: Json): Markup {
  const fields = Object.entries((schema.properties ?? {}) as Record<string, Json>)
  if (fields.length === 0) return html`<p class="type">${typeOf(schema)}</p>`
  const required = (schema.required ?? []) as string[]
  return html`<table><thead><tr><th>Field</th><th>Type</th><th>Meaning</th></tr></thead><tbody>
${fields.map(
  ([
    name,
    field,
  ]) => html`<tr><td><code>${name}</code>${required.includes(name) && html` <em>required</em>`}</td>
<td>${typeOf(field)}</td><td>${rich(String(field.description ?? ''))}</td></tr>`,
)}</tbody></table>`
}
