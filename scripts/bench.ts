import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { cpus, release, totalmem } from 'node:os'
import type { Bench, Goal } from './define-bench.ts'

const folder = new URL('../bench/', import.meta.url)
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -3))
const [wanted, ...flags] = process.argv.slice(2)

const load = async (name: string) =>
  ((await import(new URL(`${name}.ts`, folder).href)) as { default: Bench }).default

if (wanted === undefined) {
  for (const name of names) console.log(`${name.padEnd(14)} ${(await load(name)).description}`)
} else if (!names.includes(wanted)) {
  console.error(`There is no benchmark “${wanted}”. There are: ${names.join(', ')}.`)
  process.exitCode = 1
} else {
  const bench = await load(wanted)
  const quick = flags.includes('--quick')
  const measured = await bench.run({ quick, progress: (line) => process.stderr.write(`${line}\n`) })
  const result = {
    bench: bench.name,
    at: new Date().toISOString(),
    commit: commit(),
    machine: machine(),
    ...measured,
    params: { ...measured.params, quick },
    figures: rounded(measured.figures),
    peers: Object.fromEntries(
      Object.entries(measured.peers ?? {}).map(([name, figures]) => [name, rounded(figures)]),
    ),
    goals: Object.fromEntries(
      Object.entries(bench.goals).map(([name, goal]) => [name, judge(goal, measured.figures[name])]),
    ),
  }
  if (!quick) {
    const out = new URL('../docs/measured/', import.meta.url)
    mkdirSync(out, { recursive: true })
    writeFileSync(new URL(`${bench.name}.json`, out), `${JSON.stringify(result, null, 2)}\n`)
  }
  console.log(JSON.stringify(result))
  process.exit(0)
}

function judge(goal: Goal, figure: number | undefined): Goal & { met: boolean } {
  const met = figure !== undefined && figure <= (goal.max ?? Infinity) && figure >= (goal.min ?? -Infinity)
  return { ...goal, met }
}

function rounded(figures: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, Number(value.toPrecision(4))]),
  )
}

function commit(): string {
  try {
    const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim()
    return (
      git('rev-parse', '--short', 'HEAD') +
      (git('status', '--porcelain', '--untracked-files=no') ? '+changes' : '')
    )
  } catch {
    return 'unknown'
  }
}

function machine() {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
  }
}
