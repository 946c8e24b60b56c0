import { readText } from '../proc/proc-file.ts'
import { readStat } from '../proc/process-stat.ts'
import { AuditControl } from './control.ts'
import { dropState, type KeptState, readState } from './kept-state.ts'
import type { AuditSettings, AuditStatus } from './status.ts'

/** Names this boot: rules and settings do not outlive it. */
export const bootId = (root: string): string =>
  (readText(`${root}/proc/sys/kernel/random/boot_id`) ?? '').trim()

/**
 * Puts back what an earlier process changed in the kernel's audit and could not undo, because it was killed. Does nothing while that
 * process lives. @throws NetlinkError when the kernel refuses; what was kept stays for the next start.
 */
export function restoreAudit(root: string, stateDir: string): void {
  const state = readState(stateDir)
  if (!state) return
  if (state.bootId === bootId(root)) {
    const holder = readStat(root, state.holder.pid)
    // One that was killed together with its parent may wait long for somebody to take note of its end.
    if (holder?.startTicks === state.holder.startTicks && !holder.zombie) return
    const control = new AuditControl()
    try {
      putBack(control, state)
    } finally {
      control.close()
    }
  }
  dropState(stateDir)
}

/** Deletes our rules and sets again what was before, where nobody has set another value since. */
export function putBack(control: AuditControl, state: KeptState): void {
  for (const rule of state.rules) control.delete(Buffer.from(rule, 'base64'))
  const now = control.status()
  // Only the receiver itself may resign; for one that was killed, whoever takes its place.
  if (now.pid === state.holder.pid) {
    if (now.pid !== process.pid) control.set({ pid: process.pid })
    control.set({ pid: 0 })
  }
  const settings = unchangedSince(now, state)
  if (Object.keys(settings).length > 0) control.set(settings)
}

function unchangedSince(now: AuditStatus, { before, after }: KeptState): AuditSettings {
  const settings: AuditSettings = {}
  for (const [name, value] of Object.entries(after) as [keyof AuditSettings, number][])
    if (now[name] === value && before[name] !== undefined) settings[name] = before[name]
  return settings
}
