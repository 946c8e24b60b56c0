// Runs in a network and mount namespace of its own: a DNS server on 127.0.0.1, asked by c-ares (UDP and TCP) and by the C library.
const { createSocket } = require('node:dgram')
const { createServer } = require('node:net')
const { Resolver } = require('node:dns').promises
const { spawn } = require('node:child_process')
const { once } = require('node:events')

/** 192.0.2.7 for a question of type A; nothing for others; `big…` over UDP must be asked again over TCP; `gone…` does not exist. */
function answer(query, tcp) {
  let end = 12
  while (query[end] !== 0) end += query[end] + 1
  const first = query.toString('latin1', 13, 13 + query[12]).toLowerCase()
  const question = query.subarray(12, end + 5)
  const a = query.readUInt16BE(end + 1) === 1 && first !== 'gone'
  const truncated = first === 'big' && !tcp
  const header = Buffer.alloc(12)
  header.writeUInt16BE(query.readUInt16BE(0), 0)
  header.writeUInt16BE(0x8180 | (truncated ? 0x200 : 0) | (first === 'gone' ? 3 : 0), 2)
  header.writeUInt16BE(1, 4)
  header.writeUInt16BE(a && !truncated ? 1 : 0, 6)
  const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 7])
  return Buffer.concat([header, question, ...(a && !truncated ? [record] : [])])
}

async function main() {
  const udp = createSocket('udp4', (query, from) => {
    if (!query.includes('silent')) udp.send(answer(query, false), from.port, from.address)
  })
  udp.bind(53, '127.0.0.1')
  const tcp = createServer((socket) =>
    socket.on('data', (query) => {
      const message = answer(query.subarray(2), true)
      socket.write(Buffer.concat([Buffer.from([message.length >> 8, message.length & 255]), message]))
    }),
  ).listen(53, '127.0.0.1')
  await Promise.all([once(udp, 'listening'), once(tcp, 'listening')])
  const resolver = new Resolver({ timeout: 100, tries: 1 })
  resolver.setServers(['127.0.0.1'])
  await resolver.resolve4('Plain.quarry.test')
  await resolver.resolve4('big.quarry.test')
  await resolver.resolve6('gone.quarry.test').catch(() => {})
  await resolver.resolve4('silent.quarry.test').catch(() => {})
  const libc = spawn('getent', ['ahosts', 'libc.quarry.test'])
  await once(libc, 'exit')
  console.log(JSON.stringify({ libc: libc.pid }))
  process.exit(0)
}
main()
