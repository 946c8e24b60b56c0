import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { maxFrameBytes } from '@quarry/schema/agent/messages'
import { expect, onTestFinished, test } from 'vitest'
import { openDeviceKey } from './device-key.ts'
import { readFacts } from './facts/facts.ts'
import { type LinkOptions, linkAddress, type Order, openLink, type Refusal } from './link.ts'
import { openLog } from './log.ts'
import { selfSigned } from './testing/certificate.ts'
import { eventually } from './testing/eventually.ts'
import { openPeer, type PeerOptions } from './testing/peer.ts'
import { tempFolder } from './testing/temp-folder.ts'

async function setUp(options: PeerOptions & { link?: Partial<LinkOptions> } = {}) {
  const peer = await openPeer(options)
  const key = openDeviceKey(join(tempFolder(), 'device-key.pem'))
  const endpointId = randomUUID()
  peer.devices.set(endpointId, key.publicKey)
  const events: string[] = []
  const orders: Order[] = []
  const refusals: Refusal[] = []
  const open = (more: Partial<LinkOptions> = {}) => {
    const link = openLink({
      endpointId,
      server: peer.url,
      answer: key.answer,
      facts: readFacts,
      log: openLog('silent'),
      up: () => void events.push('up'),
      down: () => void events.push('down'),
      order: (order) => void orders.push(order),
      refusal: async (refusal) => {
        refusals.push(refusal)
        return false
      },
      ...options.link,
      ...more,
    })
    onTestFinished(() => link.close())
    return link
  }
  onTestFinished(() => peer.close())
  return { peer, open, endpointId, events, orders, refusals }
}

test('answers the challenge with a signature that holds, and says who it is', async () => {
  const { peer, open, endpointId, events } = await setUp()
  open()
  await peer.welcomed()
  expect(peer.heard[0]).toMatchObject({ type: 'hello', protocol: 1, endpointId, facts: readFacts() })
  await eventually(() => events.includes('up'))
})

test('connects again after the link broke, with its facts', async () => {
  const { peer, open, events } = await setUp()
  open()
  await peer.welcomed()
  peer.cut()
  await peer.welcomed(2)
  await eventually(() => events.length === 3)
  expect(events).toEqual(['up', 'down', 'up'])
  expect(peer.heard.filter(({ type }) => type === 'hello')).toHaveLength(2)
})

test('waits for a server that is not there yet', async () => {
  const { peer, open } = await setUp()
  await peer.close()
  open()
  const later = await openPeer({ port: peer.port, devices: peer.devices })
  onTestFinished(() => later.close())
  await later.welcomed()
})

test('hands over orders, and closes on a message that is none, then comes back', async () => {
  const { peer, open, orders } = await setUp()
  open()
  await peer.welcomed()
  const runId = randomUUID()
  peer.send({ type: 'cancel', runId })
  await eventually(() => orders.length === 1)
  expect(orders).toEqual([{ type: 'cancel', runId }])

  peer.send({ type: 'format-disk' })
  await peer.welcomed(2)
  peer.send({ type: 'cancel', runId: 'not an id' })
  await peer.welcomed(3)
  expect(orders).toHaveLength(1)
})

test('a frame beyond the bound breaks the link, not the agent', async () => {
  const { peer, open, orders } = await setUp()
  open()
  await peer.welcomed()
  peer.send({ type: 'cancel', runId: 'x'.repeat(maxFrameBytes) })
  await peer.welcomed(2)
  expect(orders).toEqual([])
})

test('gives a link up on which nothing comes any more', async () => {
  const { peer, open, events } = await setUp({ deaf: true, heartbeatSeconds: 0.05 })
  open()
  await peer.welcomed(2)
  expect(events.slice(0, 2)).toEqual(['up', 'down'])
})

test('a quiet link that answers pings is kept', async () => {
  const { peer, open, orders } = await setUp({ heartbeatSeconds: 0.05 })
  open()
  await peer.welcomed()
  await new Promise((done) => setTimeout(done, 500))
  expect(peer.welcomes).toBe(1)
  peer.send({ type: 'cancel', runId: randomUUID() })
  await eventually(() => orders.length === 1)
})

test('a refusal is handed over, and the next attempt is far off unless it is mended', async () => {
  const { peer, open, refusals } = await setUp()
  peer.refuse = { code: 'device_cloned', message: 'Another machine uses this key.' }
  open()
  await eventually(() => refusals.length === 1)
  await new Promise((done) => setTimeout(done, 600))
  expect(refusals).toEqual([{ type: 'refuse', ...peer.refuse }])
  expect(peer.heard).toHaveLength(1)
})

test('a mended refusal is tried again at once', async () => {
  const { peer, open } = await setUp()
  peer.refuse = { code: 'unknown_device', message: 'Nobody knows you.' }
  open({
    refusal: async () => {
      peer.refuse = undefined
      return true
    },
  })
  await peer.welcomed()
})

test('over TLS only the pinned certificate is good enough', async () => {
  const tls = selfSigned()
  const { peer, open, events } = await setUp({ tls })
  const wrong = open({ ca: selfSigned().cert })
  await new Promise((done) => setTimeout(done, 500))
  expect(peer.heard).toEqual([])
  wrong.close()
  open({ ca: tls.cert })
  await peer.welcomed()
  await eventually(() => events.includes('up'))
})

test.each([
  ['http://127.0.0.1:8490', 'ws://127.0.0.1:8490/agent/v1/link'],
  ['https://quarry.example.org/', 'wss://quarry.example.org/agent/v1/link'],
])('%s is linked at %s', (server, address) => {
  expect(linkAddress(server).href).toBe(address)
})
