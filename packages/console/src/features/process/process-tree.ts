/** A process as the page draws it. Times are milliseconds since 1970. */
export interface ProcessNode {
  sophosPid: string
  parent: string | undefined
  name: string
  path: string
  cmdLine: string
  username: string
  sha256: string
  start: number
  /** Undefined while it runs, or when its end was not seen. */
  end: number | undefined
  exitCode: number | undefined
}

export interface TreeRow {
  node: ProcessNode
  depth: number
  kind: 'ancestor' | 'focus' | 'descendant'
  /** How many processes lie below it. */
  below: number
}

/**
 * Puts processes in the order in which they are drawn: the ancestors from the oldest, the process itself, then what it started, each
 * under its parent, by time. A process that is its own ancestor, which only damaged data can say, is drawn once.
 * @param folded processes whose children are not drawn
 */
export function treeRows(
  nodes: readonly ProcessNode[],
  focus: string,
  folded: ReadonlySet<string> = new Set(),
): TreeRow[] {
  const byPid = new Map(nodes.map((node) => [node.sophosPid, node]))
  const children = new Map<string, ProcessNode[]>()
  for (const node of byPid.values()) {
    if (node.parent === undefined) continue
    const list = children.get(node.parent)
    if (list) list.push(node)
    else children.set(node.parent, [node])
  }
  for (const list of children.values()) list.sort((a, b) => a.start - b.start)

  const seen = new Set<string>([focus])
  const chain: ProcessNode[] = []
  for (let at = byPid.get(focus)?.parent; at !== undefined && !seen.has(at); at = byPid.get(at)?.parent) {
    seen.add(at)
    const node = byPid.get(at)
    if (!node) break
    chain.unshift(node)
  }
  const rows: TreeRow[] = chain.map((node, depth) => ({ node, depth, kind: 'ancestor', below: 0 }))
  const self = byPid.get(focus)
  if (self) walk(self, chain.length)
  return rows

  function walk(top: ProcessNode, topDepth: number) {
    const open = [{ node: top, depth: topDepth }]
    for (let next = open.pop(); next; next = open.pop()) {
      const { node, depth } = next
      const kept = (children.get(node.sophosPid) ?? []).filter(({ sophosPid }) => !seen.has(sophosPid))
      rows.push({
        node,
        depth,
        kind: node === top ? 'focus' : 'descendant',
        below: countBelow(node),
      })
      if (folded.has(node.sophosPid)) continue
      for (const child of kept.toReversed()) {
        seen.add(child.sophosPid)
        open.push({ node: child, depth: depth + 1 })
      }
    }
  }

  function countBelow(node: ProcessNode): number {
    const met = new Set([node.sophosPid])
    const open = [node.sophosPid]
    for (let next = open.pop(); next !== undefined; next = open.pop())
      for (const { sophosPid } of children.get(next) ?? [])
        if (!met.has(sophosPid)) {
          met.add(sophosPid)
          open.push(sophosPid)
        }
    return met.size - 1
  }
}
