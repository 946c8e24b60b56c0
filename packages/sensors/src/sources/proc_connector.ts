import type { ProcessRef } from '@quarry/schema/events'
import { sleptNanos } from '../clock.ts'
import { Connector } from '../connector/connector.ts'
import { ProcessEvents } from '../connector/process-events.ts'
import { libc } from '../libc.ts'
import { ProcessTable } from '../proc/process-table.ts'
import { readProcess, type StartedProcess } from '../proc/read-process.ts'
import { unprivilegedLimits } from '../proc/unprivileged.ts'
import { hostRoot, type Source } from '../source.ts'

/** Seconds between two looks for processes whose end was missed. */
const PRUNE_TICKS = 60

const source: Source = {
  name: 'proc_connector',
  layers: ['process'],
  rank: 30,
  limits: [
    'Program, command line and folder are read from /proc after a start was told, so that they are missing for processes that live a few milliseconds only. CPU time and memory of ended processes are not known.',
  ],

  async open(context) {
    const root = hostRoot(context)
    const connector = new Connector()
    const table = new ProcessTable(root)
    let slept = sleptNanos(libc)
    let ticks = 0
    const events = new ProcessEvents({
      root,
      table,
      emit: context.emit,
      wallMillis: context.wallMillis,
      sleptNanos: () => slept,
      execed(pid, at, ticks) {
        const started = readStarted(root, table, { pid, startTicks: ticks })
        table.set(started)
        context.emit({ type: 'exec', at, ...started })
      },
    })
    return {
      fds: [connector.fd],
      prompt: true,
      limits: { process: unprivilegedLimits },
      drain: () => connector.drain((event) => events.take(event)),
      tick(now) {
        slept = sleptNanos(libc)
        events.tick(now)
        if (++ticks % PRUNE_TICKS === 0) table.prune()
      },
      lost() {
        const process = connector.takeLost()
        return process > 0 ? { process } : {}
      },
      close: () => connector.close(),
    }
  },
}

/** What /proc says of a process that started a program; of one that is gone, what is left of it. */
function readStarted(root: string, table: ProcessTable, process: ProcessRef): StartedProcess {
  const before = table.peek(process.pid)
  const read = readProcess(root, process.pid)
  // A program has arguments or a path, unless the process is ending already.
  if (read && (read.path !== '' || read.cmdLine !== ''))
    return { ...read, parent: read.parent ?? before?.parent }
  return {
    comm: '',
    process,
    ...before,
    ...(read && { comm: read.comm, process: read.process }),
    path: '',
    cmdLine: '',
    image: undefined,
    incomplete: true,
  }
}

export default source
