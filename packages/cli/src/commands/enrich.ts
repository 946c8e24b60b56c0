import { readFileSync } from 'node:fs'
import { type Call, type Cell, type Input, PivotType } from '@quarry/schema'
import { Tlp } from '@quarry/schema/connectors/tlp'
import { type ConnectorSummary, listConnectors } from '@quarry/schema/endpoints/connectors'
import { createEnrichments, type EnrichmentItem } from '@quarry/schema/endpoints/enrichments'
import { connect } from '../connect.ts'
import { defineCommand, option, type Terminal } from '../define-command.ts'
import { format } from '../output/formats.ts'
import { type RowWriter, rowWriter } from '../output/row-writer.ts'
import { UsageError } from '../usage-error.ts'

export default defineCommand({
  name: 'enrich',
  description: 'Asks the connectors of the server about a value.',
  arguments: [
    { name: 'type', description: `What the value is: ${PivotType.options.join(', ')}.` },
    { name: 'value', description: 'The value; - reads values from the input, one a line.' },
  ],
  options: {
    format,
    connector: option.list('code', 'Connector to ask; may be repeated. All that are ready when left out.'),
    refresh: option.flag('Ask again though an answer is kept.'),
    tlp: option.text('marking', `Marking of the value: ${Tlp.options.join(', ')}.`),
  },
  examples: [
    'quarry enrich ipAddress 8.8.8.8',
    'quarry enrich sha256 9f2c…41 --connector virustotal --format json',
    'cut -f1 hashes.txt | quarry enrich sha256 - --connector circl_hashlookup --format csv',
  ],
  async run([type, value = ''], { format, connector: codes, refresh, tlp }, terminal) {
    const pivotType = PivotType.safeParse(type)
    if (!pivotType.success)
      throw new UsageError(`There is no type “${type}”. There are: ${PivotType.options.join(', ')}.`)
    const marking = Tlp.optional().safeParse(tlp)
    if (!marking.success) throw new UsageError(`--tlp takes one of ${Tlp.options.join(', ')}.`)
    const values = value === '-' ? linesOf(readFileSync(0, 'utf8')) : [value]
    const call = await connect(terminal.env)
    const connectors = await choose(call, pivotType.data, codes, terminal)
    const writer = rowWriter(format, terminal.out)
    const fields = connectors.length === 1 ? fieldsOf(connectors[0]!, pivotType.data) : undefined
    writer.columns([
      ...(fields
        ? ['value', 'status', 'verdict', ...fields]
        : ['connector', 'value', 'status', 'verdict', 'answer']),
      'explanation',
      'fetchedAt',
    ])
    let answered = 0
    let unanswered = 0
    for (const connector of connectors) {
      for (let at = 0; at < values.length; at += 1000) {
        const body = { type: pivotType.data, values: values.slice(at, at + 1000), refresh, tlp: marking.data }
        for await (const item of answersOf(call, { connectorId: connector.id, ...body })) {
          write(writer, connector, fields, item)
          if (item.status === 'found' || item.status === 'notFound') answered++
          else unanswered++
        }
      }
    }
    writer.end()
    return unanswered === 0 ? 0 : answered === 0 ? 1 : 2
  },
})

async function choose(
  call: Call,
  type: PivotType,
  codes: string[],
  terminal: Terminal,
): Promise<ConnectorSummary[]> {
  const { items } = await call(listConnectors, { query: { type } })
  const asking = items.filter(({ kind }) => kind !== 'link')
  const missing = codes.find((code) => !asking.some((each) => each.code === code))
  if (missing !== undefined)
    throw new UsageError(
      `No connector “${missing}” takes ${type}. There are: ${asking.map(({ code }) => code).join(', ')}.`,
    )
  if (codes.length > 0) return asking.filter(({ code }) => codes.includes(code))
  const ready = asking.filter(({ state }) => state.code === 'ready')
  if (ready.length === 0) throw new UsageError(`No connector is ready to be asked about ${type}.`)
  if (terminal.interactive) terminal.err(`Asking ${ready.map(({ name }) => name).join(', ')}.\n`)
  return ready
}

type Asking = NonNullable<Input<typeof createEnrichments>['body']>

/** Asks, and asks again for what was pending, until all is answered. */
async function* answersOf(call: Call, asking: Asking): AsyncGenerator<EnrichmentItem> {
  let { values } = asking
  let refresh = asking.refresh
  while (values.length > 0) {
    const { items } = await call(createEnrichments, { body: { ...asking, values, refresh } })
    const pending = items.filter(({ status }) => status === 'pending').map((item) => item.value)
    yield* items.filter(({ status }) => status !== 'pending')
    values = pending
    refresh = false
  }
}

function fieldsOf({ fields }: ConnectorSummary, type: PivotType): string[] {
  return fields.filter(({ types }) => types.includes(type)).map(({ name }) => name)
}

function write(
  writer: RowWriter,
  connector: ConnectorSummary,
  fields: string[] | undefined,
  item: EnrichmentItem,
) {
  const { value, status, verdict = null, explanation = null, fetchedAt = null } = item
  const cells = fields
    ? [value, status, verdict, ...fields.map((name) => cellOf(item.fields[name]))]
    : [connector.code, value, status, verdict, answerOf(item)]
  writer.row([...cells, explanation, fetchedAt])
}

function cellOf(value: EnrichmentItem['fields'][string] | undefined): Cell {
  if (value === undefined) return null
  return Array.isArray(value) ? value.join(', ') : typeof value === 'boolean' ? String(value) : value
}

function answerOf({ fields }: EnrichmentItem): Cell {
  const parts = Object.entries(fields).map(([name, value]) => `${name}: ${cellOf(value)}`)
  return parts.length > 0 ? parts.join('; ') : null
}

function linesOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
