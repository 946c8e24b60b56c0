import type { Facts } from '@quarry/schema/agent/facts'
import { readText } from '../read-text.ts'

type Capability = Facts['capabilities'][number]

/** Numbers of Linux capabilities, from capabilities(7). */
const CAP_DAC_READ_SEARCH = 2
const CAP_SYS_PTRACE = 19
const CAP_SYS_ADMIN = 21

/** What the agent's process may do, as /proc shows it. */
export interface Power {
  /** The effective capability set, a bit for each. */
  effective: bigint
  /** Whether process 2 is a kernel thread: only outside of containers. */
  seesHost: boolean
}

/** Reads what this very process may do. */
export function ownPower(): Power {
  const bits = /^CapEff:\s*([0-9a-f]+)$/m.exec(readText('/proc/self/status'))?.[1] ?? '0'
  return { effective: BigInt(`0x${bits}`), seesHost: readText('/proc/2/comm') === 'kthreadd' }
}

/** Says what the agent can and cannot see on this host, each with its reason. */
export function capabilities({ effective, seesHost }: Power): Capability[] {
  const has = (bit: number) => (effective >> BigInt(bit)) % 2n === 1n
  const need = (name: string, bits: number[], reason: string): Capability =>
    bits.every(has) ? { name, state: 'on' } : { name, state: 'limited', reason }
  return [
    seesHost
      ? { name: 'Processes', state: 'on' }
      : {
          name: 'Processes',
          state: 'limited',
          reason: 'The agent seems to run in a container and sees the processes of that container alone.',
        },
    need(
      'Programs, open files and sockets of other users',
      [CAP_SYS_PTRACE],
      'The agent does not run as root: of other users’ processes it sees neither path, open files nor which process owns a socket.',
    ),
    need(
      'Files of other users',
      [CAP_DAC_READ_SEARCH],
      'The agent does not run as root: files that only others may read have no hash and no content.',
    ),
    need(
      'Sockets of containers',
      [CAP_SYS_PTRACE, CAP_SYS_ADMIN],
      'The agent does not run as root: it cannot look into other network namespaces.',
    ),
    {
      name: 'Scores',
      state: 'off',
      reason: 'This version of the agent works out no scores yet; they are −1.',
    },
  ]
}
