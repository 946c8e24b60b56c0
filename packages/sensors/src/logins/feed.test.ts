import type { SensorEvent } from '@quarry/schema/events'
import { expect, test } from 'vitest'
import type { SourceContext } from '../source.ts'
import { LoginFeed } from './feed.ts'
import { utmpType } from './read-utmp.ts'

test.each([-3_600_000, 3_600_000])(
  'a record is told although the clock was set by %i ms meanwhile',
  (step) => {
    const events: SensorEvent[] = []
    const feed = new LoginFeed({
      root: '/',
      emit: (event: SensorEvent) => void events.push(event),
    } as unknown as SourceContext)
    const now = Date.now()
    feed.record({ type: utmpType.user, pid: 1, user: 'eve', terminal: 'tty1', host: '', at: now }, false)
    feed.tick(now)
    expect(events).toEqual([])
    feed.tick(now + step)
    expect(events).toMatchObject([{ type: 'login', at: now, eventId: 4624, user: 'eve' }])
  },
)
