import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { linkPath, maxFrameBytes } from '@quarry/schema/agent/messages'
import {
  deleteEndpoint,
  type EndpointFilter,
  getEndpoint,
  listEndpoints,
} from '@quarry/schema/endpoints/endpoints'
import { createRun, getRun } from '@quarry/schema/endpoints/runs'
import { countTables, listTables } from '@quarry/schema/endpoints/tables'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import { openTestDevice, testEnd, testFacts } from '../../../devkit/src/test-device.ts'
import { startTestServer, type TestServer } from '../../../devkit/src/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

const device = (id: string) => server.call(getEndpoint, { params: { id } })
const isOnline = async (id: string, wanted: boolean) => {
  while ((await device(id)).online !== wanted) await new Promise((resolve) => setTimeout(resolve, 10))
}

/** Opens a bare socket and returns it with its first message. */
async function stranger(): Promise<{ socket: WebSocket; challenge: Record<string, unknown> }> {
  const socket = new WebSocket(server.url.replace('http', 'ws') + linkPath)
  socket.on('error', () => {})
  const [data] = await once(socket, 'message')
  return { socket, challenge: JSON.parse(String(data)) }
}

describe('whoever connects', () => {
  test('gets a challenge that never comes twice', async () => {
    const [one, two] = await Promise.all([stranger(), stranger()])
    expect(one.challenge.type).toBe('challenge')
    expect(Buffer.from(String(one.challenge.nonce), 'base64').length).toBe(32)
    expect(one.challenge.nonce).not.toBe(two.challenge.nonce)
    one.socket.terminate()
    two.socket.terminate()
  })

  test('is refused without the key of the device, or with an id that nobody has', async () => {
    const real = await server.device('real')
    const { privateKey } = generateKeyPairSync('ed25519')
    const thief = openTestDevice(server.url, real.endpointId, privateKey, testFacts('thief'))
    await expect(thief.link()).rejects.toThrow('bad_signature')
    const nobody = openTestDevice(server.url, randomUUID(), privateKey, testFacts('nobody'))
    await expect(nobody.link()).rejects.toThrow('unknown_device')
    expect(await device(real.endpointId)).toMatchObject({ online: false, hostname: 'real' })
  })

  test.each([
    ['no JSON', 'hello'],
    ['another message first', JSON.stringify({ type: 'started', runId: randomUUID() })],
    ['a message that does not exist', JSON.stringify({ type: 'root', __proto__: 1 })],
    ['a binary frame', Buffer.from([1, 2, 3])],
    ['half a megabyte', JSON.stringify({ type: 'hello', filler: 'x'.repeat(500_000) })],
    ['a frame beyond the limit', 'x'.repeat(maxFrameBytes + 1)],
  ])('is closed when it answers with %s, and nobody else is hurt', async (_, frame) => {
    const good = await server.device('bystander')
    await good.link()
    const { socket } = await stranger()
    socket.send(frame)
    const [code] = await once(socket, 'close')
    expect([1008, 1009]).toContain(code)
    expect((await device(good.endpointId)).online).toBe(true)
    good.cut()
  })

  test('must speak this version of the link', async () => {
    const { socket } = await stranger()
    const hello = {
      type: 'hello',
      protocol: 99,
      endpointId: randomUUID(),
      signature: 'AA==',
      facts: testFacts('x'),
    }
    socket.send(JSON.stringify(hello))
    const [data] = await once(socket, 'message')
    expect(JSON.parse(String(data))).toMatchObject({ type: 'refuse', code: 'protocol' })
    socket.terminate()
  })
})

describe('a device', () => {
  test('is online while it is linked, with the facts that it told last', async () => {
    const begun = Date.now()
    const web = await server.device('web')
    expect(await device(web.endpointId)).toMatchObject({ online: false, health: { overall: 'unknown' } })
    await web.link()
    expect(await device(web.endpointId)).toMatchObject({
      online: true,
      health: { overall: 'good', threats: { status: 'unknown' } },
      os: { platform: 'linux', isServer: true },
      agent: { state: 'ok', version: '0.0.0-test' },
    })
    web.cut()
    await isOnline(web.endpointId, false)
    const seen = Date.parse((await device(web.endpointId)).lastSeenAt!)
    expect(seen).toBeGreaterThanOrEqual(begun)
    expect(seen).toBeLessThanOrEqual(Date.now())
  })

  test.each([
    [
      'a second hello',
      (facts = testFacts('x')) => ({
        type: 'hello',
        protocol: 1,
        endpointId: randomUUID(),
        signature: '',
        facts,
      }),
    ],
    ['a sequence of 0', () => ({ type: 'batch', runId: randomUUID(), sequence: 0, rows: [] })],
    ['rows that are no rows', () => ({ type: 'batch', runId: randomUUID(), sequence: 1, rows: [1] })],
    ['a run id that is none', () => ({ type: 'started', runId: '../../etc/passwd' })],
    [
      'a field that does not exist',
      () => ({ type: 'started', runId: randomUUID(), endpointId: randomUUID() }),
    ],
  ])('that sends %s is closed with bad_message', async (_, message) => {
    const bad = await server.device('bad')
    await bad.link()
    bad.sendRaw(JSON.stringify(message()))
    expect(await bad.closed()).toBe(1008)
    expect(bad.received.at(-1)).toMatchObject({ type: 'refuse', code: 'bad_message' })
  })

  test('whose key a second machine uses keeps its link; the second is refused and the device marked', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const first = await server.device('first', {}, { publicKey, privateKey })
    await first.link()
    const second = openTestDevice(server.url, first.endpointId, privateKey, testFacts('second'))
    await expect(second.link()).rejects.toThrow('device_cloned')
    expect(await device(first.endpointId)).toMatchObject({
      online: true,
      hostname: 'first',
      agent: { state: 'cloned' },
      health: { overall: 'bad' },
    })
    const bad = await server.call(listEndpoints, { query: { healthStatus: 'bad' } })
    expect(bad.items.map(({ id }) => id)).toEqual([first.endpointId])
  })

  test('whose first link is dead is let in again', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const first = await server.device('hung', {}, { publicKey, privateKey })
    await first.link()
    first.hang()
    const again = openTestDevice(server.url, first.endpointId, privateKey, testFacts('back'))
    await again.link()
    expect(await device(first.endpointId)).toMatchObject({
      online: true,
      hostname: 'back',
      agent: { state: 'ok' },
    })
    again.cut()
  })

  test('that is forgotten loses its link and its part in runs, and its key opens nothing', async () => {
    const gone = await server.device('gone')
    await gone.link()
    const { id } = await server.call(createRun, {
      body: {
        adHocQuery: { name: 'x', template: 'SELECT 1' },
        matchEndpoints: { filters: [{ ids: [gone.endpointId] }] },
      },
    })
    await gone.query(id)
    const closed = gone.closed()
    await server.call(deleteEndpoint, { params: { id: gone.endpointId } })
    expect(await closed).toBe(1008)
    expect(await server.call(getRun, { params: { id } })).toMatchObject({
      status: 'finished',
      result: 'failed',
      endpointCounts: { total: 1, statuses: { finished: { failed: { total: 1 } } } },
    })
    await expect(gone.link()).rejects.toThrow('unknown_device')
    await expect(device(gone.endpointId)).rejects.toMatchObject({ code: 'endpoint_not_found' })
  })

  test('describes its tables, which are counted over devices', async () => {
    const split = { name: 'split', signature: 'split(text)', description: 'Cuts a text.' }
    const table = {
      name: 'processes',
      description: 'Running processes.',
      platforms: ['linux' as const],
      columns: [
        { name: 'path', type: 'text' as const, description: 'Path.', pivotType: 'filePath' as const },
      ],
      examples: [],
    }
    const [one, two] = [await server.device('t1'), await server.device('t2')]
    for (const each of [one, two]) {
      await each.link()
      each.send({ type: 'tables', tables: [table], functions: [split] })
      // Messages of a link are taken in order: once this is acknowledged the tables are kept.
      const run = await server.call(createRun, {
        body: {
          adHocQuery: { name: 'x', template: 'SELECT 1' },
          matchEndpoints: { filters: [{ ids: [each.endpointId] }] },
        },
      })
      each.send({ type: 'batch', runId: run.id, sequence: 1, rows: [], end: testEnd() })
      await each.acked(run.id, 1)
    }
    const { items, functions } = await server.call(listTables, {})
    expect(functions).toEqual([split])
    expect(items).toMatchObject([{ name: 'processes', devices: 2, columns: [{ pivotType: 'filePath' }] }])

    const count = (filter: EndpointFilter) =>
      server.call(countTables, { body: { matchEndpoints: { filters: [filter] } } })
    const three = await server.device('t3')
    // The third has never told what it has.
    const ids = [one.endpointId, three.endpointId]
    expect(await count({ ids })).toEqual({ devices: 1, items: [{ name: 'processes', devices: 1 }] })
    expect(await count({ ids: [three.endpointId] })).toEqual({ devices: 0, items: [] })
    expect(await count({ groupNameContains: 'nowhere' })).toEqual({ devices: 0, items: [] })
    const all = await server.call(countTables, { body: { matchEndpoints: { all: true } } })
    expect(all).toEqual({ devices: 2, items: [{ name: 'processes', devices: 2 }] })
  })
})
