import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Load, type LoadSize, runLoads } from './loads.ts'
import { measure } from './usage.ts'

const daemon = '/usr/sbin/auditd'
const control = '/usr/sbin/auditctl'
const key = 'quarry-bench'
const drainMillis = 3000
/** As much as Quarry's own use of the audit gives the kernel to keep. */
const backlog = 65_536

/**
 * Lets auditd record the same load under the same kind of rules. It runs in the foreground (`-f` would print instead of log) with a configuration of its own, and what
 * was changed in the kernel is put back.
 * @returns its figures, or why it cannot take part.
 */
export async function captureWithAuditd(
  folder: string,
  size: LoadSize,
  progress: (line: string) => void,
): Promise<Record<string, number> | string> {
  install()
  if (!existsSync(daemon) || !existsSync(control)) return 'auditd is not installed (Debian: auditd).'
  const before = status()
  if (before.pid !== 0) return `Process ${before.pid} holds the audit of this kernel.`
  if (auditctl('-l').trim() !== 'No rules') return 'The audit of this kernel has rules of somebody else.'
  const settings = join(folder, 'auditd')
  mkdirSync(settings, { mode: 0o700 })
  const log = join(settings, 'audit.log')
  writeFileSync(join(settings, 'auditd.conf'), configuration(log), { mode: 0o600 })
  const child = spawn(daemon, ['-n', '-s', 'nochange', '-c', settings], { stdio: 'ignore' })
  const rules = rulesFor(folder)
  try {
    for (let tries = 0; status().pid !== child.pid; tries++) {
      if (tries > 50 || child.exitCode !== null) return 'auditd did not start.'
      await sleep(100)
    }
    auditctl('-b', String(backlog))
    auditctl('--backlog_wait_time', '0')
    auditctl('--reset-lost')
    for (const rule of rules) auditctl('-a', ...rule)
    auditctl('-e', '1')
    let load: Load | undefined
    const usage = await measure(child.pid!, async () => {
      load = await runLoads(folder, size, `audit${process.pid}`)
      await sleep(drainMillis)
    })
    const lost = status().lost ?? 0
    const figures = {
      ...(await countInLog(log, load!)),
      lost,
      cpuSeconds: usage.cpuSeconds,
      rssMiB: usage.rssMiB,
    }
    progress(`auditd: ${JSON.stringify(figures)}`)
    return figures
  } finally {
    for (const rule of rules) auditctl('-d', ...rule)
    auditctl('-e', String(before.enabled ?? 0))
    auditctl('-b', String(before.backlog_limit ?? 64))
    auditctl('--backlog_wait_time', String(before.backlog_wait_time ?? 15_000))
    child.kill('SIGTERM')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }
}

function install() {
  if (existsSync(daemon) || !existsSync('/usr/bin/apt-get')) return
  try {
    // Without a start of its service: it is ours alone.
    execFileSync('apt-get', ['-q', 'install', '-y', '--no-install-recommends', 'auditd'], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
      stdio: 'ignore',
    })
  } catch {
    // Then it is missing, which is said.
  }
}

function auditctl(...args: string[]): string {
  try {
    return execFileSync(control, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return ''
  }
}

function status(): Record<string, number> {
  return Object.fromEntries(
    [...auditctl('-s').matchAll(/^(\w+) (\d+)/gm)].map(([, name, value]) => [name, Number(value)]),
  )
}

/** What Quarry records of the same load, in the language of audit rules. It has none for DNS. */
function rulesFor(folder: string): string[][] {
  const rule = (...parts: string[]) => ['always,exit', '-F', 'arch=b64', ...parts, '-F', `key=${key}`]
  return [
    rule('-S', 'execve', '-S', 'execveat'),
    rule('-S', 'connect', '-S', 'accept', '-S', 'accept4'),
    rule('-S', 'openat', '-S', 'creat', '-S', 'unlink', '-S', 'unlinkat', '-F', `dir=${folder}`),
  ]
}

const configuration = (log: string) => `log_file = ${log}
log_format = RAW
log_group = root
local_events = yes
write_logs = yes
flush = INCREMENTAL_ASYNC
freq = 50
max_log_file = 900
num_logs = 2
max_log_file_action = IGNORE
space_left = 75
space_left_action = IGNORE
admin_space_left = 50
admin_space_left_action = IGNORE
disk_full_action = IGNORE
disk_error_action = IGNORE
priority_boost = 4
q_depth = 2000
overflow_action = IGNORE
`

/** Looks for each thing that the load programs did in auditd's log, by its own id. */
async function countInLog(log: string, load: Load): Promise<Record<string, number>> {
  const starts = new Set<string>()
  const whole = new Set<string>()
  const files = new Set<string>()
  let connections = 0
  const to = new RegExp(
    `type=SOCKADDR .*saddr=0200${load.listener.toString(16).padStart(4, '0').toUpperCase()}7F000001`,
  )
  let pending = ''
  for await (const line of createInterface({ input: createReadStream(log, 'latin1') })) {
    const start = new RegExp(`--load=${load.id}\\.(\\d+)`).exec(line)
    if (start && line.startsWith('type=EXECVE')) {
      starts.add(start[1]!)
      if (new RegExp(`a3="x+\\.${start[1]}"`).test(line)) whole.add(start[1]!)
    }
    if (to.test(line)) connections++
    // The record of the call comes before those of its paths.
    if (line.startsWith('type=SYSCALL')) pending = /syscall=(\d+)/.exec(line)?.[1] ?? ''
    const file = /type=PATH .*name="[^"]*\/(file-\d+)".*nametype=(CREATE|DELETE)/.exec(line)
    if (file && pending) files.add(`${file[1]} ${file[2]}`)
  }
  return {
    execSeen: starts.size,
    execWholeCommandLines: whole.size,
    connectSeen: connections,
    fileSeen: files.size,
  }
}
