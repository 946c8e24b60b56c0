import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { networkInterfaces } from 'node:os'

const program = new URL('./hold.ts', import.meta.url).pathname
const HOLDERS = 4

/** An address of this machine that is no loopback, so that the shipped query shows it; else the loopback. */
export function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  return all.find((one) => one.family === 'IPv4' && !one.internal)?.address ?? '127.0.0.1'
}

/** Opens connections between processes' own ends until `count` sockets stand, beside four that listen. */
export async function holdSockets(count: number, address: string): Promise<AsyncDisposable> {
  const holders = await Promise.all(
    Array.from({ length: HOLDERS }, async () => {
      const child = spawn(process.execPath, [program, address, String(count / 2 / HOLDERS)], {
        stdio: ['pipe', 'pipe', 'inherit'],
      })
      const ended = once(child, 'exit')
      await Promise.race([
        once(child.stdout, 'data'),
        ended.then(() => {
          throw new Error('A process that should hold sockets ended')
        }),
      ])
      return { child, ended }
    }),
  )
  return {
    async [Symbol.asyncDispose]() {
      for (const { child } of holders) child.stdin.end()
      await Promise.all(holders.map(({ ended }) => ended))
    },
  }
}
