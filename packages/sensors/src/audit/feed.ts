import type { SensorLayer } from '@quarry/schema/events'
import { errno } from '../libc.ts'
import { NetlinkError } from '../netlink/netlink-socket.ts'
import { readText } from '../proc/proc-file.ts'
import { hostRoot, type SourceContext, SourceUnavailable } from '../source.ts'
import { AuditControl } from './control.ts'
import { holdAudit } from './hold.ts'
import { uncovered } from './read-along.ts'
import { silencesAll } from './rule.ts'
import type { AuditStatus } from './status.ts'
import { abis, type Call } from './syscalls.ts'

const LOCKED = 2
const PANIC = 2
const MULTICAST_GROUP = 1

/** Where records come from, however this host allows it. */
export interface AuditFeed {
  /** Gets the records. */
  control: AuditControl
  /** Asks for the state beside it. */
  query: AuditControl
  limits: readonly string[]
  refused: Partial<Record<SensorLayer, string>>
  /** Stops, and puts back what was changed on the host. */
  close(): void
}

/** Takes the audit of this kernel, or reads along where another program has it. @throws SourceUnavailable with the reason. */
export function openFeed(
  context: SourceContext,
  layers: ReadonlySet<SensorLayer>,
  calls: ReadonlySet<Call>,
): AuditFeed {
  const machine = abis[process.arch]
  if (!machine)
    throw new SourceUnavailable(`The numbers of the kernel's calls on ${process.arch} are not known.`)
  const query = openControl()
  try {
    const status = query.status()
    const rules = query.rules()
    if (rules.some(silencesAll))
      throw new SourceUnavailable(
        'A rule of the audit (-a never,task) keeps it from recording any process. Take it out of /etc/audit/rules.d and run augenrules --load.',
      )
    const holder = holderOf(hostRoot(context), status)
    if (holder !== undefined) {
      const missing = uncovered(rules, machine, layers, holder)
      if (Object.keys(missing.refused).length === layers.size)
        throw new SourceUnavailable(Object.values(missing.refused).join(' '))
      const control = new AuditControl(MULTICAST_GROUP)
      return { control, query, ...missing, close: () => closeAll(control, query) }
    }
    if (status.failure === PANIC)
      throw new SourceUnavailable(
        'The kernel is set to panic when it loses a record of the audit (auditctl -f 2), so that Quarry leaves it alone. Set auditctl -f 1 to allow it.',
      )
    return { ...holdAudit(context, query, status, machine, calls), query, refused: {} }
  } catch (error) {
    query.close()
    throw explained(error)
  }
}

function closeAll(...controls: AuditControl[]) {
  for (const control of controls) control.close()
}

function openControl(): AuditControl {
  try {
    return new AuditControl()
  } catch (error) {
    throw new SourceUnavailable(
      `The kernel offers no audit; it may have been built without, or started with audit=0. ${(error as Error).message}`,
    )
  }
}

/** Who has the audit, in words; undefined when it is free. A receiver that was killed has it no more. */
function holderOf(root: string, { pid, enabled }: AuditStatus): string | undefined {
  const name = pid === 0 ? undefined : readText(`${root}/proc/${pid}/comm`)?.trim()
  if (name !== undefined) return `${name} (process ${pid}) holds the audit`
  return enabled === LOCKED ? 'The audit is locked until the next boot (auditctl -e 2)' : undefined
}

function explained(error: unknown): unknown {
  if (!(error instanceof NetlinkError)) return error
  if (error.code === errno.EPERM)
    return new SourceUnavailable(
      'The audit needs the rights CAP_AUDIT_CONTROL and CAP_AUDIT_READ on the host itself: run the agent as root, not in a container.',
    )
  return new SourceUnavailable(`The audit cannot be used: ${error.message}`)
}
