import { column, defineTable } from '../define-table.ts'
import { askedPids } from '../proc/pids.ts'
import { imageHash, imagePath, statOf } from '../proc/process-facts.ts'
import { pidOf, sophosPid } from '../proc/sophos-pid.ts'
import { scoreColumns, scoreNames, scoresOf } from '../scores/score-columns.ts'

/** The processes asked for by pid, or by the pid within a `sophos_pid`; undefined for all. */
function askedFor(pids: readonly number[] | undefined, sophosPids: readonly string[] | undefined) {
  return pids ?? sophosPids?.flatMap((text) => pidOf(text) ?? [])
}

export default defineTable({
  name: 'sophos_process_properties',
  description: 'Running processes with the hash, the reputation and the scores of their programs.',
  platforms: ['linux'],
  columns: {
    pid: column.bigint('Id of the process.', { index: true }),
    sophos_pid: column.text(
      'Pid and start, which tell the process apart from all others that ever bore its pid.',
      {
        index: true,
        aliases: ['sophosPID'],
        pivotType: 'sophosPid',
      },
    ),
    path: column.text('Path of the program; empty for a kernel thread.', {
      aliases: ['pathname'],
      pivotType: 'filePath',
    }),
    sha256: column.text(
      'SHA-256 of the program; empty for a kernel thread, NULL when it could not be read.',
      {
        pivotType: 'sha256',
      },
    ),
    ...scoreColumns,
  },
  examples: [
    'SELECT p.name, s.sha256, s.ml_score FROM processes p JOIN sophos_process_properties s USING (pid) WHERE s.ml_score >= 30',
  ],
  estimatedRows: 300,

  rows(host, scan) {
    const usesScores = scoreNames.some((name) => scan.uses(name))
    const usesHash = scan.uses('sha256') || (usesScores && host.ports.scores !== undefined)
    const usesImage = usesHash || usesScores || scan.uses('path')

    function rowOf(pid: number) {
      const stat = statOf(host, scan, pid)
      if (!stat) return undefined
      const path = usesImage ? imagePath(host, scan, pid) : undefined
      const sha256 = usesHash && path ? imageHash(host, scan, pid, path) : path
      return {
        pid,
        sophos_pid: sophosPid(pid, host.bootFiletime(), stat.startTicks),
        path,
        sha256,
        ...(usesScores &&
          scoresOf(host, { path: path ?? '', image: `/proc/${pid}/exe`, sha256: sha256 ?? '' })),
      }
    }

    function* all() {
      for (const pid of askedPids(host, scan, undefined)) {
        const row = rowOf(pid)
        if (row) yield row
      }
    }

    const asked = askedFor(scan.integers('pid'), scan.texts('sophos_pid'))
    if (!asked) return all()
    // In a join, a process is asked for again with each of its sockets.
    const kept = scan.once(
      `rows.${usesImage}.${usesHash}.${usesScores}`,
      () => new Map<number, ReturnType<typeof rowOf>>(),
    )
    return askedPids(host, scan, asked).flatMap((pid) => {
      if (!kept.has(pid)) kept.set(pid, rowOf(pid))
      return kept.get(pid) ?? []
    })
  },
})
