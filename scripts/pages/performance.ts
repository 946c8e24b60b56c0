import { globSync, readFileSync } from 'node:fs'
import type { Page } from '../gen.ts'
import { page, table } from '../markdown.ts'

interface Result {
  bench: string
  at: string
  commit: string
  machine: Record<string, unknown>
  params: Record<string, unknown>
  figures: Record<string, number>
  peers: Record<string, Record<string, number>>
  goals: Record<string, { max?: number; min?: number; met: boolean }>
}

const folder = new URL('../../docs/measured/', import.meta.url)

/** `docs/performance.md`: the last full run of each benchmark. */
export default async function performancePage(): Promise<Page[]> {
  const results = globSync('*.json', { cwd: folder })
    .sort()
    .map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Result)
  const text = page(
    '# Performance',
    'The last full run of each benchmark, as it came out. Run them yourself with `npm run bench -- <name>`.',
    ...results.flatMap(section),
  )
  return [{ path: 'docs/performance.md', text }]
}

function section(result: Result): string[] {
  const { cpu, cores, memoryGiB, kernel, node } = result.machine
  const figures = Object.entries(result.figures).map(([name, value]) => {
    const goal = result.goals[name]
    const wanted = goal
      ? `${goal.max !== undefined ? `≤ ${goal.max}` : `≥ ${goal.min}`}: ${goal.met ? 'met' : 'missed'}`
      : ''
    return [`\`${name}\``, String(value), wanted]
  })
  const peers = Object.entries(result.peers).flatMap(([peer, values]) =>
    Object.entries(values).map(([name, value]) => [`\`${name}\` of ${peer}`, String(value), '']),
  )
  const params = Object.entries(result.params)
  const lists = params.filter((param): param is [string, Record<string, unknown>[]] => isTable(param[1]))
  const others = Object.fromEntries(params.filter(([, value]) => !isTable(value)))
  return [
    `## ${result.bench}`,
    `${result.at}, commit ${result.commit}, on ${cpu}, ${cores} cores, ${memoryGiB} GiB, Linux ${kernel}, Node ${node}. Parameters: \`${JSON.stringify(others)}\`.`,
    table(['figure', 'value', 'goal'], [...figures, ...peers]),
    ...lists.flatMap(([name, rows]) => [
      `${name}:`,
      table(
        Object.keys(rows[0]!),
        rows.map((row) => Object.values(row).map(String)),
      ),
    ]),
  ]
}

/** Whether a parameter is a list of rows, which reads better as a table. */
const isTable = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every((row) => typeof row === 'object' && row !== null)
