import { closeSync } from 'node:fs'
import { toBytePath } from '../fanotify/byte-path.ts'
import { readText } from '../proc/proc-file.ts'
import { hostRoot, type OpenSource, type SourceContext, SourceUnavailable } from '../source.ts'
import { inotify, said } from './calls.ts'
import { WatchedChanges } from './changes.ts'
import { parseEvents } from './parse-events.ts'
import { places } from './places.ts'
import { Watches } from './watches.ts'

const bufferBytes = 64 * 1024
const readsInARow = 4
/** More folders than this are not watched; nor more than a share of what the user may have in all. */
const mostFolders = 4000
const share = 0.25

/** Watches the places where changes tell the most. @throws SourceUnavailable */
export function openWatches(context: SourceContext, most = mayWatch()): OpenSource {
  const fd = inotify.open()
  if (fd < 0) throw new SourceUnavailable(`This host lets no folder be watched (error ${inotify.errno()}).`)
  const root = hostRoot(context)
  const watches = new Watches(fd, most, toBytePath(context.stateDir))
  for (const [pattern, depth] of places) watches.addPlace(root, pattern, depth)
  if (watches.count === 0) {
    closeSync(fd)
    throw new SourceUnavailable('None of the folders that inotify would watch may be read here.')
  }
  const changes = new WatchedChanges(context, watches, toBytePath(root))
  const buffer = Buffer.alloc(bufferBytes)
  let lost = 0
  const round = () => {
    const length = inotify.read(fd, buffer)
    const at = Date.now()
    for (const event of parseEvents(buffer, length)) {
      if (event.mask & said.overflow) lost++
      else changes.handle(event, at)
    }
    return length > 0
  }
  return {
    fds: [fd],
    limits: { file: limitsOf(watches) },
    drain() {
      for (let count = 0; count < readsInARow; count++) if (!round()) return false
      return true
    },
    tick: (now) => changes.tick(now),
    lost() {
      const file = lost
      lost = 0
      return file > 0 ? { file } : {}
    },
    close: () => closeSync(fd),
  }
}

function limitsOf({ count, left }: Watches): string[] {
  const folders = `Only ${count.toLocaleString('en')} folders are watched: settings, programs, starting places, temporary folders and the upper ones of homes. What changes elsewhere is not seen.`
  return left === 0
    ? [folders]
    : [folders, `${left.toLocaleString('en')} more of them found no place or may not be read.`]
}

function mayWatch(): number {
  const allowed = Number(readText('/proc/sys/fs/inotify/max_user_watches') ?? 8192)
  return Math.min(mostFolders, Math.max(1, Math.floor(allowed * share)))
}
