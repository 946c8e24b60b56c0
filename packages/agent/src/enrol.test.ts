import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openDeviceKey } from './device-key.ts'
import { enrol } from './enrol.ts'
import { readFacts } from './facts/facts.ts'
import { selfSigned } from './testing/certificate.ts'
import { openPeer, type PeerOptions } from './testing/peer.ts'
import { tempFolder } from './testing/temp-folder.ts'

async function setUp(options?: PeerOptions) {
  const peer = await openPeer(options)
  onTestFinished(() => peer.close())
  const { publicKey } = openDeviceKey(join(tempFolder(), 'device-key.pem'))
  return { peer, enrolment: { server: peer.url, token: 'let-me-in', publicKey, facts: readFacts() } }
}

test('buys a device for the key; the same key gets the same device', async () => {
  const { peer, enrolment } = await setUp()
  const identity = await enrol(enrolment)
  expect(identity.server).toBe(peer.url)
  expect(peer.devices.get(identity.endpointId)).toBe(enrolment.publicKey)
  expect(await enrol(enrolment)).toEqual(identity)
})

test('a wrong token is the server’s error', async () => {
  const { enrolment } = await setUp()
  await expect(enrol({ ...enrolment, token: 'guess' })).rejects.toMatchObject({
    code: 'bad_enrolment_token',
    message: 'The enrolment token is unknown.',
  })
})

test('something that is no Quarry server is named', async () => {
  const { peer, enrolment } = await setUp()
  await peer.close()
  await expect(enrol(enrolment)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})

test('over TLS the certificate must chain to the pinned one', async () => {
  const tls = selfSigned()
  const { enrolment } = await setUp({ tls })
  await expect(enrol(enrolment)).rejects.toThrow(/self-signed/)
  await expect(enrol({ ...enrolment, ca: selfSigned().cert })).rejects.toThrow()
  expect(await enrol({ ...enrolment, ca: tls.cert })).toMatchObject({ server: enrolment.server })
})
