import { connect, createServer, type Socket } from 'node:net'

/**
 * Holds TCP connections open until stdin ends: `hold.ts <address> <connections>`. Both ends are its own, so that each
 * connection counts as two sockets. Prints `ready` once all stand.
 */
const [address = '127.0.0.1', count = '0'] = process.argv.slice(2)
const held = new Set<Socket>()

const server = createServer((socket) => held.add(socket))
server.listen(0, address, async () => {
  const { port } = server.address() as { port: number }
  for (let opened = 0; opened < Number(count); opened++) {
    const socket = connect(port, address)
    held.add(socket)
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  }
  console.log('ready')
})

process.stdin.resume().once('end', () => process.exit(0))
