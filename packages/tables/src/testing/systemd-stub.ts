import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { DbusValue } from '../dbus/wire.ts'

export interface StubUnit {
  /** As ListUnits gives it: `(ssssssouso)`. */
  listed: DbusValue[]
  /** Texts by interface and name, such as `org.freedesktop.systemd1.Unit FragmentPath`. */
  properties: Record<string, string>
}

/** Starts what answers as systemd, at its own socket or by its name on a bus. */
export async function startSystemd(
  units: StubUnit[],
  socket: string,
  bus: boolean,
): Promise<AsyncDisposable> {
  mkdirSync(dirname(socket), { recursive: true })
  const worker = new Worker(new URL('./systemd-thread.ts', import.meta.url), {
    workerData: { units, socket, bus },
  })
  await once(worker, 'message')
  return {
    async [Symbol.asyncDispose]() {
      await worker.terminate()
    },
  }
}

/** Starts a real bus of the system's kind, on which everyone may do everything. */
export async function startBus(socket: string): Promise<AsyncDisposable> {
  mkdirSync(dirname(socket), { recursive: true })
  const config = join(dirname(socket), 'bus.conf')
  const allow = ['own="*"', 'send_destination="*" eavesdrop="true"', 'eavesdrop="true"']
  writeFileSync(
    config,
    `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path=${socket}</listen><auth>EXTERNAL</auth>
<policy context="default">${allow.map((one) => `<allow ${one}/>`).join('')}</policy></busconfig>`,
  )
  const child: ChildProcess = spawn(
    'dbus-daemon',
    [`--config-file=${config}`, '--nofork', '--print-address'],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  const ended = once(child, 'exit')
  await Promise.race([once(child.stdout!, 'data'), ended])
  return {
    async [Symbol.asyncDispose]() {
      child.kill()
      await ended
    },
  }
}
