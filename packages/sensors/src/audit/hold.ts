import { readRef } from '../proc/process-stat.ts'
import { hostRoot, type SourceContext } from '../source.ts'
import { AuditControl } from './control.ts'
import { dropState, type KeptState, keepState } from './kept-state.ts'
import { multicastReaders } from './multicast-readers.ts'
import { bootId, putBack } from './put-back.ts'
import { encodeRule } from './rule.ts'
import type { AuditSettings, AuditStatus } from './status.ts'
import { type Abi, type Call, rulesFor } from './syscalls.ts'

/** Records that may wait in the kernel: 140,000 of a storm of 20,000 connections went through it without loss. */
const BACKLOG = 65536
const settings: AuditSettings = { enabled: 1, rateLimit: 0, backlogLimit: BACKLOG, backlogWaitTime: 0 }

/**
 * Makes this process the receiver of the audit and adds the rules. What was before is written down first, so that the next start can
 * put it back after a kill. When anything fails, it is put back at once.
 */
export function holdAudit(
  context: SourceContext,
  query: AuditControl,
  before: AuditStatus,
  machine: readonly Abi[],
  calls: ReadonlySet<Call>,
): { control: AuditControl; limits: string[]; close(): void } {
  const root = hostRoot(context)
  const rules = rulesFor(machine, calls).map(encodeRule)
  const { enabled, rateLimit, backlogLimit, backlogWaitTime } = before
  const state: KeptState = {
    bootId: bootId(root),
    holder: readRef(root, process.pid) ?? { pid: process.pid, startTicks: 0 },
    before: { enabled, rateLimit, backlogLimit, backlogWaitTime },
    after: settings,
    rules: rules.map((rule) => rule.toString('base64')),
  }
  keepState(context.stateDir, state)
  const control = new AuditControl()
  const close = () => {
    try {
      putBack(query, state)
      dropState(context.stateDir)
    } finally {
      control.close()
      query.close()
    }
  }
  try {
    query.set(settings)
    control.set({ pid: process.pid })
    for (const rule of rules) query.add(rule)
  } catch (error) {
    close()
    throw error
  }
  return { control, limits: limitsOf(root, before), close }
}

function limitsOf(root: string, before: AuditStatus): string[] {
  const limits = [
    'While Quarry holds the audit, records that other programs write to it do not reach the kernel’s log.',
  ]
  if (before.enabled === 0)
    limits.push(
      'Processes that ran before the audit was first switched on are not recorded by it. Add audit=1 to the kernel’s command line to have it on from the boot.',
    )
  const readers = multicastReaders(root)
  if (readers.length > 0)
    limits.push(
      `${readers.join(', ')} keeps a copy of each record and may fill the system journal: systemctl mask --now systemd-journald-audit.socket stops that.`,
    )
  return limits
}
