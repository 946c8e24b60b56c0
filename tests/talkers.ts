/** JavaScript that opens 13 sockets to other machines in a namespace with 203.0.113.9 and 2001:db8::9, and two to loopback. */
export const talkers = `
const net = require('node:net'), dgram = require('node:dgram')
const open = []
const listen = (host) => new Promise((done) => { const s = net.createServer((c) => open.push(c)).listen(0, host, () => done(s.address().port)) })
const connect = (port, host) => new Promise((done) => { const c = net.connect(port, host, () => done(open.push(c))) })
;(async () => {
  const four = await listen('203.0.113.9'), six = await listen('2001:db8::9'), loop = await listen('127.0.0.1')
  for (let i = 0; i < 5; i++) await connect(four, '203.0.113.9')
  await connect(six, '2001:db8::9'); await connect(loop, '127.0.0.1')
  const udp = dgram.createSocket('udp4'); udp.connect(5353, '203.0.113.9', () => { open.push(udp); console.log('ready') })
})()
setInterval(() => {}, 1000)`
