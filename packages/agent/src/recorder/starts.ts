import fileHashJournal from '@quarry/schema/journals/sophos_file_hash_journal'
import processJournal from '@quarry/schema/journals/sophos_process_journal'
import type { Drafts } from './drafts.ts'
import type { HashWaits } from './hashing/hash-waits.ts'
import type { Hashed, HashRequest } from './hashing/hasher.ts'
import type { KnownProcess, StartEvent } from './processes/known-process.ts'
import type { ProcessOutput } from './processes/process-table.ts'
import type { UserNames } from './processes/user-names.ts'
import { endRow, startRow } from './rows/process-row.ts'
import type { Out } from './rows/write-event.ts'
import type { ScoresOf } from './scores.ts'

/** Programs that are larger wait for the others, whose hashes take a moment each. */
const largeBytes = 16 << 20

export interface StartsOptions {
  out: Out
  waits: HashWaits
  drafts: Pick<Drafts, 'keep'>
  users: UserNames
  scores: ScoresOf
  /** Whether this file was journalled with this hash before: asked for what an earlier process had hashed. */
  knownImage(sha256: string, fileId: string): boolean
}

export interface Starts extends ProcessOutput {
  /** @param time of the row, in milliseconds since 1970; that of the event when left out. */
  started(process: KnownProcess, event: StartEvent, time?: number): void
}

/** A row in the line of its process; it has `write` once it may go. */
interface Job {
  write?: () => void
}

/** Writes the rows of processes. A start waits for its hash, and what comes next of the same process stands in line behind it. */
export function openStarts({ out, waits, drafts, users, scores, knownImage }: StartsOptions): Starts {
  const lines = new Map<string, Job[]>()

  function writeHash(process: KnownProcess, event: StartEvent, hashed: Hashed, time: number) {
    const { sha256, size, device, inode } = hashed
    out.append(fileHashJournal, time, {
      sophos_pid: process.id,
      path: event.path,
      file_id: `${device}:${inode}`,
      sha256,
      file_size: size,
    })
  }
  const isNews = ({ news, sha256, device, inode }: Hashed) =>
    news === 'read' || (news === 'cached' && !knownImage(sha256, `${device}:${inode}`))

  function advance(id: string, line: Job[]) {
    while (line[0]?.write) line.shift()?.write?.()
    if (line.length === 0) lines.delete(id)
  }

  return {
    started(process, event, time = event.at) {
      const row = startRow(process, event, users)
      const written = drafts.keep({
        subject: processJournal.subject,
        time,
        row: { ...row, ...scores(undefined) },
      })
      const write = (hashed?: Hashed) => {
        const { sha256 = null, size = row.file_size } = hashed ?? {}
        out.append(processJournal, time, { ...row, sha256, file_size: size, ...scores(hashed?.sha256) })
        written()
        if (hashed && isNews(hashed)) writeHash(process, event, hashed, time)
      }
      const line = lines.get(process.id) ?? []
      lines.set(process.id, line)
      const job: Job = {}
      line.push(job)
      waits.wait(
        imageOf(process, event),
        (hashed) => {
          job.write = () => write(hashed)
          advance(process.id, line)
        },
        (hashed) => writeHash(process, event, hashed, Date.now()),
      )
    },
    ended(process, event) {
      const row = endRow(process, event, users, scores(undefined))
      const write = () => out.append(processJournal, event.at, row)
      const line = lines.get(process.id)
      if (!line) return write()
      const written = drafts.keep({ subject: processJournal.subject, time: event.at, row })
      line.push({
        write() {
          write()
          written()
        },
      })
    },
  }
}

/** The ways to the program of a process. What is at its path may be another file by now, so the kernel's word decides. */
function imageOf(process: KnownProcess, event: StartEvent): HashRequest {
  const { path, parent, image } = event
  const programs = process.programs
  return {
    paths: [
      `/proc/${process.pid}/exe`,
      ...(path ? [path] : []),
      // A container's process that is gone: its parent has the same root folder as a rule.
      ...(path && parent ? [`/proc/${parent.pid}/root${path}`] : []),
    ],
    ...(image && { device: image.device, inode: image.inode }),
    sure: () => process.programs === programs,
    later: (event.type === 'exec' && event.found === true) || (image?.size ?? 0) > largeBytes,
  }
}
