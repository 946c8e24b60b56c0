import { writeSync } from 'node:fs'
import module from 'node:module'
import type { Table } from '../define-table.ts'
import { type Engine, openEngine } from '../engine/engine.ts'
import type { Ports } from '../host/host.ts'
import { openHost } from '../host/open-host.ts'
import { type ChildSetup, encodeFrame, type Frame, type Order, type SandboxHost } from './frames.ts'
import { openOrders } from './orders.ts'

/** What a module with tables exports. */
interface TablesModule {
  allTables(): Promise<Table[]>
  openPorts?(host: SandboxHost): Partial<Ports>
}

const OUTPUT = 3
const POLL_EVERY_MS = 20

/** The life of a sandbox process: set up, then one query after the other until the parent closes its input. */
export async function serve(): Promise<void> {
  const orders = openOrders()
  const setup = (await orders.next()) as ChildSetup | undefined
  if (!setup) return
  const engine = await openFor(setup)
  // The first statement pays for what is compiled late; better now than when somebody waits.
  engine.all('SELECT 1')
  send({ ready: true })
  // The process will be killed one day, and would not write its compiled code then.
  module.flushCompileCache()
  for (;;) {
    const order = (await orders.next()) as Order | undefined
    if (!order) process.exit(0)
    // A cancel that comes after its query ended has nothing to do.
    if ('run' in order) runOne(engine, order, () => orders.poll())
  }
}

async function openFor({ host: options, tables }: ChildSetup): Promise<Engine> {
  const { allTables, openPorts } = (await import(tables)) as TablesModule
  const host = openHost({ ...options, ports: openPorts?.(options) })
  return openEngine({ tables: await allTables(), host })
}

function runOne(engine: Engine, order: { run: Parameters<Engine['run']>[0] }, poll: () => unknown) {
  let canceled = false
  let next = 0
  const end = engine.run(
    order.run,
    {
      columns: (columns) => send({ columns }),
      rows: (rows, bytes) => send({ rows, bytes }),
    },
    {
      canceled() {
        const now = performance.now()
        if (!canceled && now >= next) {
          next = now + POLL_EVERY_MS
          canceled = poll() !== undefined
        }
        return canceled
      },
    },
  )
  send({ end })
}

const pause = new Int32Array(new SharedArrayBuffer(4))

/** Writes to the parent and waits until it has taken everything: a query cannot run ahead of its reader. */
function send(frame: Frame) {
  const bytes = encodeFrame(frame)
  for (let offset = 0; offset < bytes.length; ) {
    try {
      offset += writeSync(OUTPUT, bytes, offset)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') process.exit(0)
      Atomics.wait(pause, 0, 0, 5)
    }
  }
}
