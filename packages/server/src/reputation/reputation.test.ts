import type { ServerMessage } from '@quarry/schema/agent/messages'
import type { AskedFile, KnownFile } from '@quarry/schema/agent/reputation'
import { createIocList } from '@quarry/schema/endpoints/ioc-lists'
import {
  getReputation,
  getReputationSettings,
  listReputationDifferences,
  updateReputationSettings,
} from '@quarry/schema/endpoints/reputation'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestDevice } from '../../../devkit/src/test-device.ts'
import { startTestServer, type TestServer } from '../../../devkit/src/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

const hash = (letter: string) => letter.repeat(64)
type Put = Extract<ServerMessage, { type: 'reputation.put' }>

/** Asks about a file and resolves to what the server says of it. */
async function ask(device: TestDevice, file: AskedFile): Promise<KnownFile> {
  const before = device.received.length
  device.send({ type: 'reputation.ask', files: [file] })
  const { files } = await device.wait(
    (message): message is Put =>
      message.type === 'reputation.put' &&
      device.received.indexOf(message) >= before &&
      message.files.some(({ sha256 }) => sha256 === file.sha256),
  )
  return files[0]!
}

async function linked(hostname: string) {
  const device = await server.device(hostname)
  await device.link()
  return device
}

test('finds the device whose package file is another than everyone else’s', async () => {
  const sshd = { path: '/usr/sbin/sshd', package: 'openssh-server', version: '1:9.2' }
  const devices = await Promise.all(['a', 'b', 'c', 'd'].map((name) => linked(`web-${name}`)))
  for (const device of devices.slice(0, 3)) await ask(device, { sha256: hash('1'), ...sshd })
  const usual = await ask(devices[0]!, { sha256: hash('1'), ...sshd })
  expect(usual).toMatchObject({ globalRep: -1, devices: 3, data: '[]' })
  expect(Math.abs(Date.now() - usual.firstSeenAt)).toBeLessThan(60_000)

  const other = await ask(devices[3]!, { sha256: hash('2'), ...sshd })
  expect(other).toMatchObject({ globalRep: 35, devices: 1 })
  expect(JSON.parse(other.data)).toEqual([
    {
      source: 'fleet',
      code: 'doubtful',
      worth: 35,
      text: '3 of your devices have another file at /usr/sbin/sshd with openssh-server 1:9.2.',
    },
  ])
  // Another version may differ, and so may a file that no package owns.
  await ask(devices[3]!, { sha256: hash('3'), ...sshd, version: '1:9.3' })
  await ask(devices[3]!, { sha256: hash('4'), path: '/opt/tool' })
  expect((await server.call(listReputationDifferences, {})).items).toEqual([
    {
      ...sshd,
      sha256: hash('2'),
      usualSha256: hash('1'),
      usualDevices: 3,
      endpoints: [{ id: devices[3]!.endpointId, hostname: 'web-d' }],
    },
  ])
  for (const device of devices) device.cut()
})

test('new sources make devices forget, and the block list wins over the allow list', async () => {
  const device = await linked('db-1')
  expect(await ask(device, { sha256: hash('a') })).toMatchObject({ globalRep: -1 })
  const list = async (name: string, values: string[]) => {
    const body = { name, values: values.map((value) => ({ type: 'sha256' as const, value })) }
    return (await server.call(createIocList, { body })).list.id
  }
  const allowListId = await list('good', [hash('a'), hash('b')])
  const blockListId = await list('bad', [hash('b')])
  await server.call(updateReputationSettings, { body: { allowListId, blockListId } })
  await device.wait((message): message is ServerMessage => message.type === 'reputation.reset')
  expect(await server.call(getReputationSettings, {})).toEqual({ connectorIds: [], allowListId, blockListId })
  expect(await ask(device, { sha256: hash('a') })).toMatchObject({ globalRep: 95 })
  expect(await ask(device, { sha256: hash('b') })).toMatchObject({ globalRep: 5 })
  expect(await server.call(getReputation, { params: { sha256: hash('B') } })).toMatchObject({
    sha256: hash('b'),
    globalRep: 5,
    devices: 1,
    evidence: [{ code: 'blocked' }],
  })
  await expect(
    server.call(updateReputationSettings, { body: { allowListId: '00000000-0000-4000-8000-000000000000' } }),
  ).rejects.toMatchObject({ code: 'ioc_list_not_found' })
})
