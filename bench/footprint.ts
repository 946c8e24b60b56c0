import { setTimeout as sleep } from 'node:timers/promises'
import { type Quarry, startQuarry, waitForDevices } from '@quarry/devkit'
import { defineBench, median } from '../scripts/define-bench.ts'
import { sandboxesOf, usageOf } from './capture/usage.ts'

const windowMillis = 5000

/** Waits until the agent holds no process for questions any more, where there is time, and is at rest. */
async function rest(quarry: Quarry, quick: boolean) {
  await sleep(quick ? 5000 : 15_000)
  while (!quick && sandboxesOf(quarry.agents[0]!.pid).length > 0) await sleep(1000)
  await sleep(2000)
}

/** Share of one CPU over some windows of time: what else happens on the machine is recorded too, so the middle one counts. */
async function cpuPercent(pid: number, windows: number): Promise<number> {
  const shares: number[] = []
  for (let count = 0; count < windows; count++) {
    const before = usageOf(pid).cpuSeconds
    await sleep(windowMillis)
    shares.push(((usageOf(pid).cpuSeconds - before) / windowMillis) * 100_000)
  }
  return median(shares)
}

export default defineBench({
  name: 'footprint',
  description:
    'What an agent that records and is asked nothing takes of its machine, with all its processes, and how soon it is there.',
  goals: { agentIdleRssMiB: { max: 100 }, agentIdleCpuPercent: { max: 1 } },
  async run({ quick, progress }) {
    const windows = quick ? 2 : 7
    await using quarry = await startQuarry({ agents: 1, agentEnv: { QUARRY_RECORDING: 'on' } })
    await waitForDevices(quarry.call, 1)
    await rest(quarry, quick)
    const first = usageOf(quarry.agents[0]!.pid)
    progress(`first start: ${first.pssMiB.toFixed(0)} MiB in ${first.processes} processes`)
    const startMs: number[] = []
    for (let count = 0; count < (quick ? 1 : 5); count++) {
      await quarry.agents[0]!.stop()
      const begun = performance.now()
      await quarry.restartAgent(0)
      await waitForDevices(quarry.call, 1)
      startMs.push(performance.now() - begun)
    }
    await rest(quarry, quick)
    const { pid } = quarry.agents[0]!
    const idle = usageOf(pid)
    progress(`later starts: ${idle.pssMiB.toFixed(0)} MiB in ${idle.processes} processes`)
    const agentIdleCpuPercent = await cpuPercent(pid, windows)
    return {
      params: {
        memory: 'PSS, summed over the agent and all its processes',
        root: process.getuid?.() === 0,
        sandboxes: sandboxesOf(pid).length,
        cpuWindows: `${windows} of ${windowMillis / 1000} s`,
      },
      figures: {
        agentIdleRssMiB: idle.pssMiB,
        agentFirstStartRssMiB: first.pssMiB,
        agentIdleCpuPercent,
        serverIdleRssMiB: usageOf(quarry.server.pid).pssMiB,
        startMs: median(startMs),
      },
    }
  },
})
