// `npm run agent`: sets up, then runs the agent of this machine for the server of `QUARRY_SERVER` until it is told to stop.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { environment, installPackages, node24, root } from './setup.mjs'

const QUARRY_ENROLMENT_TOKEN = process.env.QUARRY_ENROLMENT_TOKEN
delete process.env.QUARRY_ENROLMENT_TOKEN

installPackages()

const agent = spawn(node24, [join(root, 'packages/agent/src/main.ts')], {
  cwd: root,
  env: environment({ QUARRY_PARENT: '1', QUARRY_SECRETS: 'ipc' }),
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
})
// The token goes by the channel: an environment can be read by others for as long as the process lives.
agent.send({ type: 'secrets', ...(QUARRY_ENROLMENT_TOKEN && { QUARRY_ENROLMENT_TOKEN }) })
agent.on('message', (message) => {
  if (message.type === 'ready') console.log(`The agent runs; this device is ${message.endpointId}.`)
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => agent.kill('SIGTERM'))
agent.once('exit', (code) => process.exit(code ?? 1))
