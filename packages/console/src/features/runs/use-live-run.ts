import { urlOf } from '@quarry/schema'
import { RunEvent, streamRun } from '@quarry/schema/endpoints/run-results'
import { getRun, type Run } from '@quarry/schema/endpoints/runs'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { callKey } from '../../api.ts'
import { applyEvent, type LiveRun, NOTHING_YET } from './live-run.ts'

const EVENTS = RunEvent.options.map((option) => option.shape.event.value)
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 15_000

export type Link = 'live' | 'reconnecting' | 'ended'

/**
 * Follows a run by its stream until it ends; opens none for a run that has ended.
 * @param first the run as it was read when the page opened.
 */
export function useLiveRun(first: Run): LiveRun & { run: Run; link: Link } {
  const cache = useQueryClient()
  const [live, setLive] = useState<LiveRun>({ ...NOTHING_YET, runAt: Date.now(), rows: first.resultCount })
  const [broken, setBroken] = useState(false)
  const finished = first.status === 'finished' || live.ended

  useEffect(() => {
    if (finished) return
    let source: EventSource | undefined
    let wait = FIRST_WAIT_MS
    let timer: ReturnType<typeof setTimeout> | undefined

    const open = () => {
      source = new EventSource(urlOf(streamRun, { params: { id: first.id } }))
      source.onopen = () => {
        wait = FIRST_WAIT_MS
        setBroken(false)
      }
      source.onerror = () => {
        setBroken(true)
        // The browser itself tries again after a lost connection, but never after an answer that is an error.
        if (source?.readyState !== EventSource.CLOSED) return
        timer = setTimeout(open, wait)
        wait = Math.min(wait * 2, LONGEST_WAIT_MS)
      }
      for (const name of EVENTS) source.addEventListener(name, onEvent)
    }
    const onEvent = ({ data }: MessageEvent<string>) => {
      const event = RunEvent.safeParse(JSON.parse(data))
      if (!event.success) return
      if (event.data.event === 'run')
        cache.setQueryData(callKey(getRun, { params: { id: first.id } }), event.data.run)
      setLive((before) => applyEvent(before, event.data, Date.now()))
    }
    open()
    return () => {
      clearTimeout(timer)
      source?.close()
    }
  }, [first.id, finished, cache])

  // The stream says only that the run has ended; how, the run itself says.
  useEffect(() => {
    if (live.ended) void cache.invalidateQueries({ queryKey: callKey(getRun, { params: { id: first.id } }) })
  }, [live.ended, first.id, cache])

  const run = first.status === 'finished' ? first : (live.run ?? first)
  return {
    ...live,
    run,
    rows: Math.max(live.rows, run.resultCount),
    link: finished ? 'ended' : broken ? 'reconnecting' : 'live',
  }
}
