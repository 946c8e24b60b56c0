import type { ResultItem } from '@quarry/schema/endpoints/run-results'
import { parseSophosPid } from '../../components/cells/sophos-pid.ts'
import type { Activity, ActivityKind } from './marks.ts'
import type { ProcessNode } from './process-tree.ts'

/** What is known of a process, the ones above and below it, and what they did. */
export interface Story {
  nodes: ProcessNode[]
  activities: Activity[]
}

const kinds: Record<string, ActivityKind> = {
  Process: 'process',
  Network: 'network',
  Ip: 'network',
  Listen: 'network',
  Dns: 'dns',
  Http: 'web',
  Url: 'web',
  Detections: 'detection',
  RuntimeIOCs: 'detection',
}

/** A kind by the name of its journal: file and directory changes have several names. */
function kindOf(subject: string): ActivityKind {
  return kinds[subject] ?? (/^(File|Director|Image)/.test(subject) ? 'file' : 'system')
}

const text = (value: unknown) => (value === null || value === undefined ? '' : String(value))
const number = (value: unknown) =>
  value === null || value === undefined || value === '' || Number.isNaN(Number(value))
    ? undefined
    : Number(value)

/** A `sophos_pid` counts in steps of 10 ms by the clock at boot; a start that was seen is told to the millisecond. */
const SAME_START_MS = 2000

function startOf(sophosPid: string, seenAt: number | undefined): number {
  const start = parseSophosPid(sophosPid)?.startedAt.getTime()
  if (start === undefined) return seenAt ?? 0
  return seenAt !== undefined && Math.abs(seenAt - start) < SAME_START_MS ? seenAt : start
}

/**
 * Makes a story of the rows of the shipped query `processes.process_story`: `started` and `ended` rows of each process, and
 * `activity` rows. The last program that a process started counts. Rows come in any order of processes, each one’s by time.
 */
export function readStory(items: readonly ResultItem[]): Story {
  const nodes = new Map<string, ProcessNode>()
  const activities: Activity[] = []
  for (const item of items) {
    const sophosPid = text(item.sophos_pid)
    const at = number(item.time_ms) ?? 0
    if (item.row_type === 'activity') {
      activities.push({
        at,
        sophosPid,
        kind: kindOf(text(item.subject)),
        action: text(item.action),
        object: text(item.object),
      })
      continue
    }
    const before = nodes.get(sophosPid)
    const node: ProcessNode = before ?? {
      sophosPid,
      parent: undefined,
      name: '',
      path: '',
      cmdLine: '',
      username: '',
      sha256: '',
      start: startOf(sophosPid, item.row_type === 'started' ? at : undefined),
      end: undefined,
      exitCode: undefined,
    }
    nodes.set(sophosPid, node)
    node.parent = text(item.parent_sophos_pid) || node.parent
    node.name = text(item.process_name) || node.name
    node.path = text(item.path) || node.path
    node.username = text(item.username) || node.username
    if (item.row_type === 'ended') {
      node.end = at
      node.exitCode = number(item.exit_code)
    } else {
      node.cmdLine = text(item.cmd_line) || node.cmdLine
      node.sha256 = text(item.sha256) || node.sha256
    }
  }
  activities.sort((a, b) => a.at - b.at)
  return { nodes: [...nodes.values()], activities }
}
