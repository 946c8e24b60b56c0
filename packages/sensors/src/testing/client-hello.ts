import { once } from 'node:events'
import { Duplex } from 'node:stream'
import { connect } from 'node:tls'

/** The first bytes that a real TLS client sends. */
export async function clientHello(servername?: string): Promise<Buffer> {
  const wire = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      wire.emit('sent', chunk)
      done()
    },
  })
  const sent = once(wire, 'sent')
  const client = connect({ socket: wire, servername, ALPNProtocols: ['h2', 'http/1.1'] })
  client.on('error', () => {})
  const [bytes] = (await sent) as [Buffer]
  client.destroy()
  return bytes
}
