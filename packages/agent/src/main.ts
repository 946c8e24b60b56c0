import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { type AgentConfig, defaultDataFolder } from './config.ts'

// Compiled code is kept in the agent's own folder: a quicker start, and less memory.
enableCompileCache(join(process.env.QUARRY_AGENT_DATA || defaultDataFolder(), 'cache', 'code'))
const { takeConfig } = await import('./config.ts')
const { receiveSecrets } = await import('./receive-secrets.ts')
const { watchParent } = await import('./parent.ts')
const { startAgent, StartError } = await import('./start.ts')

/** A stop must not take longer than this, in milliseconds. */
const stopMillis = 1800

function kill(pid: number) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

const abort = new AbortController()
const stop = Promise.withResolvers<void>()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.resolve())
void stop.promise.then(() => abort.abort(new Error('the agent stops')))
if (process.env.QUARRY_PARENT === '1') watchParent(() => stop.resolve())

try {
  const config: AgentConfig = takeConfig(process.env)
  if (process.env.QUARRY_SECRETS === 'ipc')
    config.enrolmentToken = (await receiveSecrets()).QUARRY_ENROLMENT_TOKEN
  const agent = await startAgent(config, abort.signal)
  process.send?.({ type: 'ready', endpointId: agent.endpointId })
  await stop.promise
  setTimeout(() => {
    for (const pid of agent.pids()) kill(pid)
    process.exit(0)
  }, stopMillis).unref()
  await agent.close()
  process.exit(0)
} catch (error) {
  if (abort.signal.aborted) process.exit(0)
  console.error(error instanceof StartError ? error.message : error)
  process.exit(1)
}
