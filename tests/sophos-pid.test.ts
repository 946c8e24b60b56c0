import { runLocally } from '@quarry/agent/run-locally'
import { ask, startQuarry, waitForDevices } from '@quarry/devkit'
import { expect, test } from 'vitest'

const why = process.geteuid?.() === 0 ? undefined : 'needs root'

test.skipIf(why)(
  `a process has one sophos_pid, whichever agent is asked, after a restart and without a server${why ? ` (${why})` : ''}`,
  { timeout: 120_000 },
  async () => {
    await using quarry = await startQuarry({ agents: 2 })
    await waitForDevices(quarry.call, 2)
    const sql = `SELECT sophos_pid FROM sophos_process_properties WHERE pid = ${process.pid}`
    const before = (await ask(quarry.call, sql)).rows.map((row) => row.sophos_pid)
    await quarry.agents[0]!.stop('SIGKILL')
    await quarry.restartAgent(0)
    const after = (await ask(quarry.call, sql)).rows.map((row) => row.sophos_pid)
    const alone: unknown[] = []
    for await (const event of runLocally(sql)) if (event.type === 'rows') alone.push(...event.rows.flat())

    const all = [...before, ...after, ...alone]
    expect(all).toHaveLength(5)
    expect(new Set(all).size).toBe(1)
    expect(String(all[0])).toMatch(new RegExp(`^${process.pid}:1\\d{17}$`))
  },
)
