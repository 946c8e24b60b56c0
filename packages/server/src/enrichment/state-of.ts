import type { Quota } from '@quarry/schema/endpoints/connectors'
import type { LiveConnector } from './connectors.ts'
import { restTrouble } from './lane.ts'
import type { Lanes } from './lanes.ts'
import type { Files } from './offline/files.ts'
import type { Secrets } from './secrets.ts'
import { Trouble } from './trouble.ts'

interface Parts {
  secrets: Secrets
  files: Files
  lanes: Lanes
}

/** Says why a connector cannot be asked before somebody does something about it; undefined when it can. */
export function unready(
  { secrets, files }: Pick<Parts, 'secrets' | 'files'>,
  live: LiveConnector,
): Trouble | undefined {
  const { id, connector, settings } = live
  if (settings.enabled === false) return new Trouble('disabled', `${connector.name} is switched off.`)
  if (connector.kind === 'link') return undefined
  if (connector.kind === 'http') {
    const missing = Object.entries(connector.secrets).find(
      ([name, { required }]) => required && secrets.open(id, name) === undefined,
    )
    return (
      missing &&
      new Trouble('needsSecret', `${connector.name} needs its ${missing[1].label}, which is not set.`)
    )
  }
  if (connector.kind === 'iocLists' || files.has(connector.file)) return undefined
  return new Trouble('needsFile', `Put the file ${connector.file} into ${files.folder} on the server.`)
}

/** What is left of the daily quota; undefined for connectors that send nothing. */
export function quotaOf({ lanes }: Pick<Parts, 'lanes'>, live: LiveConnector): Quota | undefined {
  if (live.connector.kind !== 'http') return undefined
  const { usedToday } = lanes.of(live)
  const { perDay } = live.connector.limits
  const resetsAt = new Date(Math.ceil((Date.now() + 1) / 86_400_000) * 86_400_000).toISOString()
  return {
    usedToday,
    resetsAt,
    ...(perDay !== undefined && { perDay, left: Math.max(0, perDay - usedToday) }),
  }
}

/** The state of a connector, for a list of them. */
export function stateOf(parts: Parts, live: LiveConnector) {
  const trouble = unready(parts, live)
  if (trouble) return { code: trouble.reason as 'disabled', message: trouble.message }
  const quota = quotaOf(parts, live)
  if (quota?.left === 0)
    return { code: 'quotaUsed' as const, message: 'The quota of today is used up.', until: quota.resetsAt }
  const rest = live.connector.kind === 'http' ? parts.lanes.of(live).rest : undefined
  if (!rest) return { code: 'ready' as const, message: 'Ready.' }
  const code = rest.reason === 'rateLimited' ? ('waiting' as const) : rest.reason
  return { code, message: restTrouble(rest).message, until: new Date(rest.until).toISOString() }
}
