import type { SensorLayer } from '@quarry/schema/events'

const calls =
  'What 32-bit programs send by UDP, and what any program sends or receives through io_uring other than by TCP, is not seen.'

/** What the programs in the kernel cannot tell, by layer. */
export function blindSpots(): Partial<Record<SensorLayer, readonly string[]>> {
  return {
    network: [
      calls,
      process.arch === 'x64'
        ? 'A connection that is accepted through io_uring is told when it ends.'
        : 'A connection that is accepted by a 32-bit program or through io_uring is told when it ends.',
      'A connection that is older than the recording is told with its end when a process of this device ends it, not when the other side resets it.',
    ],
    dns: [calls, 'Names that are asked for in encrypted form (DNS over TLS or HTTPS) are not seen.'],
  }
}
