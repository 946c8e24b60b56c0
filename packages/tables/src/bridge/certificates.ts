import { once } from 'node:events'
import { isIP } from 'node:net'
import { connect, type DetailedPeerCertificate } from 'node:tls'
import { within } from './failure.ts'
import type { CertificateRequest } from './messages.ts'

/** Asks a TLS server for its certificates without judging them: its own first, then the chain that leads to a root. */
export async function certificates({ host, port, millis }: CertificateRequest): Promise<Uint8Array[]> {
  const socket = connect({
    host,
    port,
    rejectUnauthorized: false,
    ...(isIP(host) === 0 && { servername: host }),
  })
  socket.on('error', () => {})
  try {
    await within(millis!, once(socket, 'secureConnect'), () => socket.destroy())
    const chain: Uint8Array[] = []
    const seen = new Set<string>()
    let one: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true)
    // The last certificate names itself as its issuer.
    while (one?.raw && !seen.has(one.fingerprint256)) {
      seen.add(one.fingerprint256)
      chain.push(new Uint8Array(one.raw))
      one = one.issuerCertificate
    }
    return chain
  } finally {
    socket.destroy()
  }
}
