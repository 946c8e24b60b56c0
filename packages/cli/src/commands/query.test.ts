import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { createIocList } from '@quarry/schema/endpoints/ioc-lists'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Quarry, startQuarry, waitForDevices } from '../../../devkit/src/index.ts'

let quarry: Quarry
const ports: number[] = []
const listeners = [createServer(), createServer()]

beforeAll(async () => {
  quarry = await startQuarry({ agents: 1 })
  await waitForDevices(quarry.call, 1)
  for (const listener of listeners) {
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
    ports.push((listener.address() as { port: number }).port)
  }
  const values = ports.map((port) => ({ type: 'port' as const, value: String(port) }))
  await quarry.call(createIocList, { body: { name: 'Doors', values } })
})
afterAll(async () => {
  for (const listener of listeners) listener.close()
  await quarry[Symbol.asyncDispose]()
})

async function query(...args: string[]) {
  const { id, secret } = quarry.clientCredentials
  const env = { ...process.env, QUARRY_URL: quarry.url, QUARRY_CLIENT_ID: id, QUARRY_CLIENT_SECRET: secret }
  const main = new URL('../main.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [main, 'query', ...args, '--format', 'json'], { env })
  const code = new Promise<number | null>((resolve) => child.on('close', resolve))
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { out, err, code: await code }
}
const portsIn = (out: string) =>
  (JSON.parse(out) as { local_port: number }[]).map((row) => row.local_port).sort((a, b) => a - b)
const sorted = () => ports.toSorted((a, b) => a - b)

test('a variable has one value, several, or an IOC list', async () => {
  const [one, two] = ports
  const of = (...options: string[]) => query('network.sockets_on_port', ...options)
  const found = await Promise.all([
    of('--var', `port=${one}`),
    of('--var', `port=${one}`, '--var', `port=${two}`),
    of('--list', 'port=Doors'),
  ])
  expect(found.map(({ out }) => portsIn(out))).toEqual([[one], sorted(), sorted()])
  expect(found.map(({ code }) => code)).toEqual([0, 0, 0])
})

test.each([
  [['--list', 'port=Nothing'], /No IOC list has the name or id “Nothing”/],
  [['--list', 'port=Doors', '--var', 'port=1'], /The variable “port” has both values and a list/],
  [['--var', 'port'], /A variable is written name=value, not “port”/],
])('what is wrong is told: %j', async (args, message) => {
  const { err, code } = await query('network.sockets_on_port', ...args)
  expect([err, code]).toEqual([expect.stringMatching(message), 1])
})
