import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ask, startQuarry, waitForDevices } from '@quarry/devkit'
import { createEnrolmentToken } from '@quarry/schema/endpoints/enrolment-tokens'
import { expect, test } from 'vitest'

test('the command that the console hands out enrols the device and runs its agent', {
  timeout: 120_000,
}, async () => {
  await using quarry = await startQuarry({ agents: 0 })
  const { secret } = await quarry.call(createEnrolmentToken, { body: { name: 'one device' } })
  const folder = mkdtempSync(join(tmpdir(), 'quarry-agent-command-'))
  const agent = spawn('npm', ['run', '--silent', 'agent'], {
    cwd: join(import.meta.dirname, '..'),
    env: {
      ...process.env,
      QUARRY_SERVER: quarry.url,
      QUARRY_ENROLMENT_TOKEN: secret,
      QUARRY_AGENT_DATA: folder,
    },
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  })
  try {
    const [line] = await once(agent.stdout, 'data')
    expect(String(line)).toMatch(/^The agent runs; this device is [0-9a-f-]{36}\.\n/)
    await waitForDevices(quarry.call, 1)
    const { rows } = await ask(quarry.call, 'SELECT 6 * 7 AS answer')
    expect(rows.map((row) => row.answer)).toEqual([42])
  } finally {
    // The group: npm and its shell hand no signal on.
    process.kill(-agent.pid!, 'SIGTERM')
    await once(agent, 'exit')
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
})
