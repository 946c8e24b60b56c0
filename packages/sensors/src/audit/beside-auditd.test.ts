// Beside the real auditd, which many hosts run: it keeps what it holds, and Quarry reads along.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lockAudit } from '../testing/audit-lock.ts'
import { eventually, watch } from '../testing/watch.ts'
import { AuditControl } from './control.ts'

const why = whyNot()
const rule = ['always,exit', '-F', 'arch=b64', '-S', 'execve,execveat', '-k', 'auditd-test']

function whyNot(): string | undefined {
  if (process.getuid?.() !== 0) return 'needs root'
  if (!existsSync('/sbin/auditd') || !existsSync('/sbin/auditctl')) return 'auditd is not installed'
  try {
    return stateOfAudit().pid === 0 ? undefined : 'another program holds the audit'
  } catch (error) {
    return (error as Error).message
  }
}

function stateOfAudit() {
  const control = new AuditControl()
  try {
    const {
      lost: _,
      backlog: __,
      ...status
    } = control.status() as ReturnType<AuditControl['status']> & {
      backlog?: number
    }
    return { ...status, rules: control.rules().map((rule) => rule.toString('base64')) }
  } finally {
    control.close()
  }
}

async function startAuditd(folder: string): Promise<ChildProcess> {
  const config = join(folder, 'etc')
  mkdirSync(join(config, 'plugins.d'), { recursive: true })
  writeFileSync(
    join(config, 'auditd.conf'),
    [
      ...[`log_file = ${folder}/audit.log`, 'log_format = RAW', 'flush = NONE', 'local_events = yes'],
      ...['write_logs = yes', `plugin_dir = ${config}/plugins.d`, 'name_format = NONE'],
      ...['space_left = 3', 'admin_space_left = 2', ''],
    ].join('\n'),
  )
  chmodSync(join(config, 'auditd.conf'), 0o640)
  writeFileSync(join(folder, 'audit.log'), '', { mode: 0o600 })
  const auditd = spawn('/sbin/auditd', ['-n', '-c', config], { stdio: 'ignore' })
  await eventually(() => stateOfAudit().pid === auditd.pid, 'auditd as the receiver')
  return auditd
}

test.skipIf(why)(
  `changes nothing where auditd runs, and both are told everything${why ? ` (skipped: ${why})` : ''}`,
  async () => {
    using _ = await lockAudit()
    const before = stateOfAudit()
    const folder = mkdtempSync(join(tmpdir(), 'quarry-auditd-'))
    const auditd = await startAuditd(folder)
    try {
      execFileSync('/sbin/auditctl', ['-a', ...rule])
      const held = stateOfAudit()
      {
        await using watched = await watch(['audit'])
        expect(watched.sensors.status().find(({ layer }) => layer === 'process')).toMatchObject({
          source: 'audit',
          limits: expect.arrayContaining([
            expect.stringContaining(`(process ${auditd.pid}) holds the audit`),
          ]),
        })
        // Its rules do not record connections: the layer is left to the next source.
        expect(
          watched.sensors
            .status()
            .find(({ layer }) => layer === 'network')
            ?.reasons.join(),
        ).toContain('-S connect,accept,accept4')
        const children = Array.from({ length: 50 }, (_, index) => spawn('/bin/true', [`beside-${index}`]))
        for (const [index, child] of children.entries()) {
          const { cmdLine } = await watched.first('exec', ({ process: { pid } }) => pid === child.pid)
          expect(cmdLine).toBe(`/bin/true beside-${index}`)
        }
        expect(stateOfAudit()).toEqual(held)
      }
      expect(stateOfAudit()).toEqual(held)
      const log = () => readFileSync(join(folder, 'audit.log'), 'utf8')
      await eventually(() => log().includes('beside-49'), 'the last program in the log of auditd')
      expect(new Set(log().match(/beside-\d+/g)).size).toBe(50)
    } finally {
      auditd.kill('SIGTERM')
      await once(auditd, 'exit')
      execFileSync('/sbin/auditctl', ['-d', ...rule])
      putBack(before)
      rmSync(folder, { recursive: true, force: true })
    }
    expect(stateOfAudit()).toEqual(before)
  },
)

/** What auditd itself leaves behind. */
function putBack({ enabled, backlogLimit, backlogWaitTime }: ReturnType<typeof stateOfAudit>) {
  const control = new AuditControl()
  control.set({ enabled, backlogLimit, backlogWaitTime })
  control.close()
}
