// `npm start`: sets up, then runs the server and one agent for this machine until it is told to stop.
import { spawn } from 'node:child_process'
import { createWriteStream, mkdirSync, renameSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { buildConsole, environment, installPackages, node24, root } from './setup.mjs'

const secretNames = ['QUARRY_ADMIN_PASSWORD', 'QUARRY_CLIENT_ID', 'QUARRY_CLIENT_SECRET']
const secrets = Object.fromEntries(secretNames.map((name) => [name, process.env[name]]))
for (const name of secretNames) delete process.env[name]

const data = resolve(root, process.env.QUARRY_DATA || '.quarry')
const maxLogBytes = 10_000_000
let stopping = false
const children = new Set()

installPackages()
buildConsole()

const server = start('server', 'packages/server/src/main.ts', {
  QUARRY_DATA: data,
  QUARRY_LOCAL_AGENT: '1',
  QUARRY_SECRETS: 'ipc',
})
server.send({ type: 'secrets', ...secrets })
server.once('exit', (code) => {
  if (!stopping && code !== 1)
    console.error(`The server ended unexpectedly (${code ?? 'by a signal'}); its log is in ${data}/logs.`)
  void stop(stopping ? 0 : 1)
})
server.on('message', (message) => {
  if (message.type !== 'ready') return
  console.log(`Quarry is at ${message.url}`)
  if (message.firstPassword)
    console.log(`Sign in as admin with the one-time password ${message.firstPassword} (shown this once).`)
  startAgent(message.url, message.enrolmentToken)
})

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stop(0))

/** Starts the agent of this machine; when it ends by itself it is started again, a little later each time. */
function startAgent(url, token, failures = 0) {
  const begun = Date.now()
  const agent = start('agent', 'packages/agent/src/main.ts', {
    QUARRY_SERVER: url,
    QUARRY_AGENT_DATA: join(data, 'agent'),
    QUARRY_HIDDEN_FOLDERS: data,
    QUARRY_PARENT: '1',
    QUARRY_SECRETS: 'ipc',
    ...(process.env.QUARRY_TLS_CERT && { QUARRY_CA: resolve(process.env.QUARRY_TLS_CERT) }),
  })
  agent.send({ type: 'secrets', ...(token && { QUARRY_ENROLMENT_TOKEN: token }) })
  agent.once('exit', (code) => {
    if (stopping) return
    const next = Date.now() - begun > 60_000 ? 0 : failures + 1
    const wait = Math.min(60, 2 ** next)
    console.error(
      `The agent ended (${code ?? 'by a signal'}); it starts again in ${wait} s. Its log is in ${data}/logs.`,
    )
    setTimeout(() => !stopping && startAgent(url, token, next), wait * 1000)
  })
}

/** Starts one part as a process of its own. Its JSON lines go to its log file, its sentences to our stderr. */
function start(name, main, extra) {
  const child = spawn(node24, [join(root, main)], {
    cwd: root,
    env: environment(extra),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  children.add(child)
  child.once('exit', () => children.delete(child))
  let log
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => {
      if (!line.startsWith('{')) return void console.error(line)
      log ??= openLog(name)
      log.write(`${line}\n`)
    })
  return child
}

function openLog(name) {
  const path = join(data, 'logs', `${name}.log`)
  const none = { write() {} }
  try {
    mkdirSync(join(data, 'logs'), { recursive: true, mode: 0o700 })
    if (statSync(path, { throwIfNoEntry: false })?.size > maxLogBytes) renameSync(path, `${path}.1`)
  } catch {
    return none
  }
  return createWriteStream(path, { flags: 'a', mode: 0o600 }).on('error', () => {})
}

/** Asks every part to end, waits, ends by force what has not ended after 5 s, and exits. */
async function stop(code) {
  if (stopping) return
  stopping = true
  const ended = [...children].map((child) => new Promise((done) => child.once('exit', done)))
  for (const child of children) child.kill('SIGTERM')
  const force = setTimeout(() => {
    for (const child of children) child.kill('SIGKILL')
  }, 5000)
  await Promise.all(ended)
  clearTimeout(force)
  process.exit(code)
}
