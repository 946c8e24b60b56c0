import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { openSensors } from '@quarry/sensors'
import { defineBench, median } from '../scripts/define-bench.ts'

/** Processor time of one call in nanoseconds, by kind. */
interface Costs {
  nothing: number
  read: number
  datagram: number
  program: number
}

const watchers = [undefined, 'bpf', 'audit'] as const

export default defineBench({
  name: 'overhead',
  description:
    'Processor time of one system call of a program in C, without sensors, with those in the kernel (BPF), and with the audit instead: what being watched costs the others. Needs root.',
  goals: { addedPerCallNs: { max: 100 } },
  async run({ quick, progress }) {
    const calls = quick ? 300_000 : 2_000_000
    const repeats = quick ? 3 : 9
    const folder = mkdtempSync(join(tmpdir(), 'quarry-overhead-'))
    const program = join(folder, 'calls')
    try {
      const source = fileURLToPath(new URL('./overhead/calls-load.c', import.meta.url))
      execFileSync('cc', ['-O1', '-o', program, source], { stdio: 'inherit' })
      const costs = new Map<string | undefined, Costs[]>(watchers.map((name) => [name, []]))
      for (let round = 0; round < repeats; round++) {
        for (const name of watchers) costs.get(name)!.push(await measure(program, calls, name, folder))
        progress(`${round + 1} of ${repeats} rounds`)
      }
      const middle = (name: string | undefined, kind: keyof Costs) =>
        median(costs.get(name)!.map((cost) => cost[kind]))
      const of = (name: string | undefined) => ({
        callNs: middle(name, 'nothing'),
        readNs: middle(name, 'read'),
        datagramNs: middle(name, 'datagram'),
        programUs: middle(name, 'program') / 1000,
      })
      const watched = of('bpf')
      const alone = of(undefined)
      return {
        params: { calls, repeats },
        figures: { ...watched, addedPerCallNs: watched.callNs - alone.callNs },
        peers: { unwatched: alone, audit: of('audit') },
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
})

async function measure(program: string, calls: number, name: string | undefined, stateDir: string) {
  const sensors = name
    ? await openSensors({
        emit: () => undefined,
        isOwn: () => false,
        stateDir: join(stateDir, name),
        log: () => undefined,
        only: [name],
      })
    : undefined
  try {
    if (sensors && !sensors.status().some(({ source }) => source === name))
      throw new Error(`The source ${name} cannot be opened here: ${sensors.status()[0]?.reasons.join(' ')}`)
    const { stdout } = await promisify(execFile)(program, [String(calls)])
    return JSON.parse(stdout) as Costs
  } finally {
    await sensors?.close()
  }
}
