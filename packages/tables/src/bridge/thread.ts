import { type MessagePort, workerData } from 'node:worker_threads'
import { certificates } from './certificates.ts'
import { failureOf } from './failure.ts'
import { http } from './http.ts'
import type { BridgeSetup, Call, Reply } from './messages.ts'
import { openStreams } from './streams.ts'

/** The thread of the bridge: it answers one call after the other. */
const setup = workerData as BridgeSetup
const port: MessagePort = setup.port
const signal = new Int32Array(setup.signal)
const streams = openStreams()

async function answer(what: Call): Promise<unknown> {
  switch (what.do) {
    case 'http':
      return http(what.request)
    case 'certificates':
      return certificates(what.request)
    case 'open':
      return streams.open(what)
    case 'write':
      return streams.write(what)
    case 'read':
      return streams.read(what)
    case 'close':
      return streams.close(what)
  }
}

function reply(message: Reply) {
  port.postMessage(message)
  Atomics.add(signal, 0, 1)
  Atomics.notify(signal, 0)
}

port.on('message', ({ id, what }: { id: number; what: Call }) => {
  answer(what).then(
    (value) => reply({ id, value }),
    (error: unknown) => reply({ id, failure: failureOf(error) }),
  )
})
