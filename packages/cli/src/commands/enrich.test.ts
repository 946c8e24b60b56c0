import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { createConnector } from '@quarry/schema/endpoints/connectors'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Quarry, startQuarry } from '../../../devkit/src/index.ts'

let quarry: Quarry
let calls = 0
const service = createServer((request, response) => {
  calls++
  const known = request.url === '/8.8.8.8'
  response.statusCode = known ? 200 : 404
  response.end(known ? JSON.stringify({ country: 'US', ports: [53, 443] }) : '{}')
})

beforeAll(async () => {
  quarry = await startQuarry({ agents: 0 })
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
  const place = `127.0.0.1:${(service.address() as AddressInfo).port}`
  const response = {
    notFound: [{ status: [404] }],
    fields: {
      country: { path: 'country', label: 'Country' },
      ports: { path: 'ports', label: 'Ports', type: 'list' },
    },
  }
  const lookups = [{ types: ['ipAddress'], request: { url: `http://${place}/{value}` }, response }]
  const what = { id: 'mine', name: 'Mine', description: 'Mine.', kind: 'http' }
  await quarry.call(createConnector, {
    body: { definition: { ...what, hosts: [place], allowPrivate: true, lookups } },
  })
})
afterAll(async () => {
  service.close()
  await quarry[Symbol.asyncDispose]()
})

async function enrich(args: string[], input = '') {
  const { id, secret } = quarry.clientCredentials
  const env = { ...process.env, QUARRY_URL: quarry.url, QUARRY_CLIENT_ID: id, QUARRY_CLIENT_SECRET: secret }
  const main = new URL('../main.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [main, 'enrich', ...args], { env })
  child.stdin.end(input)
  const code = new Promise<number | null>((resolve) => child.on('close', resolve))
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { out, err, code: await code }
}

test('a value is asked about, its fields are columns', async () => {
  const { out, code } = await enrich(['ipAddress', '8.8.8.8', '--connector', 'mine', '--format', 'json'])
  expect(JSON.parse(out)).toEqual([
    {
      value: '8.8.8.8',
      status: 'found',
      verdict: null,
      country: 'US',
      ports: '53, 443',
      explanation: null,
      fetchedAt: expect.any(String),
    },
  ])
  expect(code).toBe(0)
})

test('values come from the input; what is kept is not asked again, and what was refused is told', async () => {
  const before = calls
  const args = ['ipAddress', '-', '--connector', 'mine', '--format', 'csv']
  const { out, code } = await enrich(args, '8.8.8.8\n10.0.0.1\n\n9.9.9.9\n')
  expect(out.split('\r\n').map((line) => line.split(',').slice(0, 2).join(' '))).toEqual([
    'value status',
    '8.8.8.8 found',
    '10.0.0.1 refused',
    '9.9.9.9 notFound',
    '',
  ])
  expect([code, calls - before]).toEqual([2, 1])
})

test.each([
  [['hostname', 'x'], /There is no type “hostname”/],
  [
    ['ipAddress', '8.8.8.8', '--connector', 'nothing'],
    /No connector “nothing” takes ipAddress\. There are: .*mine/,
  ],
  [['ipAddress', '8.8.8.8', '--tlp', 'white'], /--tlp takes one of clear, green/],
])('what is wrong is told: %j', async (args, message) => {
  const { err, code } = await enrich(args)
  expect([err, code]).toEqual([expect.stringMatching(message), 1])
})
