// Asks the server about files for the queries of this device, which only read what is kept, and write down what they miss.

import type { ServerMessage } from '@quarry/schema/agent/messages'
import { maxAskedFiles } from '@quarry/schema/agent/reputation'
import { type KnownFiles, openKnownFiles } from '@quarry/scoring/known-files'
import type { Log } from './log.ts'
import { messageOf } from './start-error.ts'

/** A question that came lately may want answers at any moment. */
const eagerMillis = 100
const calmMillis = 5000
const staysEagerMillis = 10_000
/** A server that has not answered by then has lost the question. */
const answerMillis = 60_000

export interface FileReputation {
  /** The link is up, or down. */
  connect(send: ((frame: string) => void) | undefined): void
  /** A question came: look often for a while. */
  hurry(): void
  put(files: Extract<ServerMessage, { type: 'reputation.put' }>['files']): void
  /** The server knows better now: forgets what it said. */
  reset(): void
  close(): void
}

/** Opens the asking on the cache folder; without a folder that can be written nothing is asked, and the log says so. */
export function openFileReputation(cacheDir: string, log: Log): FileReputation {
  let send: ((frame: string) => void) | undefined
  let files: KnownFiles | undefined
  let eagerUntil = 0
  let askedAt = Number.NEGATIVE_INFINITY
  let timer: NodeJS.Timeout | undefined

  /** Works on the file; gives up for good where that fails. */
  function attempt<T>(work: (files: KnownFiles) => T): T | undefined {
    if (!files) return undefined
    try {
      return work(files)
    } catch (error) {
      log.error(`The reputation of files is not kept any more: ${messageOf(error)}`)
      files.close()
      files = undefined
      return undefined
    }
  }

  function look() {
    clearTimeout(timer)
    const isWaiting = performance.now() - askedAt < answerMillis
    const wanted = send && !isWaiting ? attempt((open) => open.wanted(maxAskedFiles)) : undefined
    if (wanted && wanted.length > 0) {
      askedAt = performance.now()
      send?.(JSON.stringify({ type: 'reputation.ask', files: wanted }))
    }
    timer = setTimeout(look, performance.now() < eagerUntil ? eagerMillis : calmMillis)
    timer.unref()
  }

  try {
    files = openKnownFiles(cacheDir)
    files.setOnline(false)
  } catch (error) {
    log.error(`The reputation of files cannot be kept: ${messageOf(error)}`)
  }
  look()

  return {
    connect(next) {
      send = next
      askedAt = Number.NEGATIVE_INFINITY
      attempt((open) => open.setOnline(next !== undefined))
      look()
    },
    hurry() {
      eagerUntil = performance.now() + staysEagerMillis
      look()
    },
    put(known) {
      attempt((open) => open.put(known))
      askedAt = Number.NEGATIVE_INFINITY
      look()
    },
    reset: () => attempt((open) => open.forget()),
    close() {
      clearTimeout(timer)
      attempt((open) => open.setOnline(false))
      files?.close()
      files = undefined
    },
  }
}
