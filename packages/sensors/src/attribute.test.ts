import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { expect, test } from 'vitest'
import { Attribution } from './attribute.ts'
import { readRef } from './proc/process-stat.ts'
import { openKernelLookup } from './sockets/kernel-lookup.ts'

test('knows each side of a connection that events told of, and asks for no other', () => {
  const flows = new Attribution()
  const process = { pid: 7, startTicks: 70 }
  const ends = {
    source: '192.0.2.1',
    sourcePort: 5000,
    destination: '192.0.2.2',
    destinationPort: 80,
    protocol: 6,
  }
  flows.note({ type: 'connection', at: 1, process, direction: 'inbound', netns: 99, ...ends })
  const served = { protocol: 6, local: '192.0.2.2', localPort: 80, remote: '192.0.2.1', remotePort: 5000 }
  expect(flows.whoseFlow(served)).toEqual(process)
  expect(flows.whoseFlow({ ...served, netns: 99 })).toEqual(process)
  const other = { protocol: 6, local: '192.0.2.1', localPort: 5000, remote: '192.0.2.2', remotePort: 80 }
  expect(flows.whoseFlow(other)).toBeUndefined()
})

test('asks the kernel whose a connection is that no event told of', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const client = connect(port, '127.0.0.1')
  await once(client, 'connect')
  const kernel = openKernelLookup('')
  const flows = new Attribution(kernel.lookup)
  const key = {
    protocol: 6,
    local: '127.0.0.1',
    localPort: client.localPort!,
    remote: '127.0.0.1',
    remotePort: port,
  }
  expect(flows.whoseFlow(key)).toEqual(readRef('', process.pid))
  kernel.close()
  client.destroy()
  server.close()
})
