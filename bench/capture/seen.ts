import type { Load } from './loads.ts'

/** Connections that fit into one statement of 50,000 characters. */
const together = 1800

/** Answers a statement with the numbers of its only row. */
export type Ask = (sql: string) => Promise<Record<string, number>>

/** Counts in SQL what of a load is in the journals: each thing that a load program did is looked for by its own id. */
export async function countSeen(ask: Ask, load: Load): Promise<Record<string, number>> {
  const since = Math.floor(load.began / 1000) - 1
  const numbers = (count: number) =>
    `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${count - 1})`
  const figures: Record<string, number> = {}

  Object.assign(
    figures,
    await ask(`${numbers(load.processes)},
      starts AS MATERIALIZED (SELECT cmd_line, sophos_pid, sha256 FROM sophos_process_journal
        WHERE time > ${since} AND event_type = 0 AND cmd_line LIKE '%--load=${load.id}.%'),
      ends AS MATERIALIZED (SELECT sophos_pid FROM sophos_process_journal
        WHERE time > ${since} AND event_type = 1 AND process_name = 'true')
      SELECT count(DISTINCT n.i) AS execSeen,
        count(DISTINCT iif(s.cmd_line LIKE '%x.' || n.i, n.i, NULL)) AS execWholeCommandLines,
        count(DISTINCT iif(s.sha256 IS NOT NULL, n.i, NULL)) AS execWithHash,
        count(DISTINCT iif(e.sophos_pid IS NOT NULL, n.i, NULL)) AS exitSeen
      FROM n JOIN starts s ON regex_match(s.cmd_line, '--load=${load.id}\\.(\\d+) ', 1) = n.i || ''
      LEFT JOIN ends e ON e.sophos_pid = s.sophos_pid`),
  )
  Object.assign(
    figures,
    await ask(`${numbers(load.files)},
      changes AS MATERIALIZED (SELECT path, event_type FROM sophos_file_journal
        WHERE time > ${since} AND path LIKE '${load.folder}/%')
      SELECT count(DISTINCT n.i || iif(c.event_type = 2, 'd', 'c')) AS fileSeen
      FROM n JOIN changes c ON c.path = '${load.folder}/file-' || n.i AND c.event_type IN (0, 2, 3)`),
  )
  if (load.questions > 0)
    Object.assign(
      figures,
      await ask(`${numbers(load.questions)},
        asked AS MATERIALIZED (SELECT name, answers, sophos_pid FROM sophos_dns_journal
          WHERE time > ${since} AND name LIKE '%.${load.id}.example')
        SELECT count(DISTINCT n.i) AS dnsSeen,
          count(DISTINCT iif(a.answers = '192.0.2.1', n.i, NULL)) AS dnsWithAnswer,
          count(DISTINCT iif(a.sophos_pid IS NOT NULL, n.i, NULL)) AS dnsWithProcess
        FROM n JOIN asked a ON a.name = 'q' || n.i || '.${load.id}.example'`),
    )
  Object.assign(figures, await countConnections(ask, load, since))
  return figures
}

async function countConnections(ask: Ask, load: Load, since: number): Promise<Record<string, number>> {
  const sums: Record<string, number> = {}
  const to = `destination = '127.0.0.1' AND destination_port = ${load.listener}`
  for (let first = 0; first < load.connections.length; first += together) {
    const part = load.connections.slice(first, first + together)
    const list = part.map(({ port, sent, received }, i) => `[${first + i},${port},${sent},${received}]`)
    const counts = await ask(`WITH made AS MATERIALIZED (
        SELECT value ->> 0 AS i, value ->> 1 AS port, value ->> 2 AS sent, value ->> 3 AS received
        FROM json_each('[${list.join(',')}]')),
      began AS MATERIALIZED (SELECT source_port, direction FROM sophos_ip_journal
        WHERE time > ${since} AND ${to}),
      flows AS MATERIALIZED (SELECT source_port, data_sent, data_recv FROM sophos_network_journal
        WHERE time > ${since} AND ${to} AND direction = 'outbound')
      SELECT
        (SELECT count(DISTINCT i) FROM made JOIN began ON source_port = port AND direction = 'outbound') AS connectSeen,
        (SELECT count(DISTINCT i) FROM made JOIN began ON source_port = port AND direction = 'inbound') AS acceptSeen,
        (SELECT count(DISTINCT i) FROM made JOIN flows
          ON source_port = port AND data_sent = sent AND data_recv = received) AS flowsWithBytes`)
    for (const [name, count] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + count
  }
  return sums
}
