// `global_rep` on the device: what the server said, asked for where it has not yet; a query waits a moment for it.
import type { Host, ScoredFile } from '@quarry/tables/host-ports'
import { type Evidence, type Scored, unknown } from '../evidence.ts'
import type { KnownFiles } from './known-files.ts'

/** The package that a file belongs to. */
export interface Owner {
  package: string
  version: string
}

/** How long one query waits for answers of the server, in all. */
const patienceMillis = 2000
const pauseMillis = 25

/** The reputation of files for one query; `files` undefined: there is no server to ask. `waits`: for the server's answer, a moment. */
export function openGlobalReputation(files: KnownFiles | undefined, { waits = true } = {}) {
  let left = waits ? patienceMillis : 0
  const pause = new Int32Array(new SharedArrayBuffer(4))

  return function globalReputation(host: Host, file: ScoredFile, owner: Owner | undefined): Scored {
    if (!files) return unknown('no_server', 'Nobody was asked: no agent with a server runs on these data.')
    const before = files.of(file.sha256)
    if (before) return scored(before)
    files.want({ sha256: file.sha256, ...sha1Of(host, file), path: file.path, ...owner })
    while (left > 0 && files.isOnline()) {
      Atomics.wait(pause, 0, 0, pauseMillis)
      left -= pauseMillis
      const known = files.of(file.sha256)
      if (known) return scored(known)
    }
    return unknown('asked', 'The server was asked and has not answered yet; ask again later.')
  }
}

function sha1Of(host: Host, { image }: ScoredFile) {
  try {
    const { sha1 } = host.hash(image, ['sha1'])
    return sha1 ? { sha1 } : {}
  } catch {
    return {}
  }
}

function scored({ globalRep, data }: { globalRep: number; data: string }): Scored {
  if (globalRep < 0)
    return unknown('no_source', 'Nobody was asked: the server has no source of reputation that answers.')
  return { score: globalRep, evidence: JSON.parse(data) as Evidence[] }
}
