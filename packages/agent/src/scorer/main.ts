// The process that scores programs in the background: at the lowest priority, with limits of its own, and gone when it has nothing to do.
import { setPriority } from 'node:os'
import { openScoring, type Scoring } from '@quarry/scoring'
import { type OpenHost, openHost } from '@quarry/tables/host'
import type { FromScorer, ToScorer } from './messages.ts'

const idleMillis = 20_000
const lowest = 19

let scoring: Scoring | undefined
let host: OpenHost | undefined
const end = () => process.exit(0)
const idle = setTimeout(end, idleMillis)
const tell = (message: FromScorer) => process.send?.(message)

process.on('disconnect', end)
process.on('message', (message: ToScorer) => {
  idle.refresh()
  if (message.type === 'setup') {
    setPriority(lowest)
    host = openHost({ dataDirs: message.dataDirs, cacheDir: message.cacheDir })
    scoring = openScoring(message.cacheDir)
    scoring.prepare(host)
    tell({ type: 'ready' })
  } else if (host && scoring) {
    const scores = scoring.of(host, message.file)
    tell({ type: 'scored', id: message.id, ...(scores && { scores }) })
  }
  idle.refresh()
})
