import { type ActivityKind, activityKinds } from './marks.ts'

/** What the address of a process page keeps. */
export interface ProcessSearch {
  /** The run that asked the device; without it the page asks anew. */
  run?: string | undefined
  /** The window on show, in milliseconds since 1970. */
  from?: number | undefined
  to?: number | undefined
  /** Kinds of activity that are left out. */
  hide?: ActivityKind[] | undefined
  /** The process whose activity alone is listed. */
  only?: string | undefined
}

/** Reads the search part of the address; what it does not know is dropped. */
export function parseProcess(search: Record<string, unknown>): ProcessSearch {
  const { run, from, to, hide, only } = search
  const hidden = Array.isArray(hide) ? activityKinds.filter((kind) => hide.includes(kind)) : []
  const window = typeof from === 'number' && typeof to === 'number' && from < to ? { from, to } : {}
  return {
    ...(typeof run === 'string' && /^[0-9a-f-]{36}$/.test(run) && { run }),
    ...window,
    ...(hidden.length > 0 && { hide: hidden }),
    ...(typeof only === 'string' && /^\d+:\d+$/.test(only) && { only }),
  }
}
