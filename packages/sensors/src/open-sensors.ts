import { mkdirSync } from 'node:fs'
import type { SensorEvent, SensorLayer, SensorStatus } from '@quarry/schema/events'
import { Attribution } from './attribute.ts'
import { BootClock } from './clock.ts'
import { Layers } from './layers.ts'
import { loadSources, sentence } from './load-sources.ts'
import { startLoop } from './loop.ts'
import { KnownProcesses } from './proc/known-processes.ts'
import { RecentProcesses } from './recent-processes.ts'
import { KnownListeners } from './resync/known-listeners.ts'
import { Resync } from './resync/resync.ts'
import { hostRoot, type Source, type SourceContext } from './source.ts'

export interface SensorOptions {
  /** Takes each event. Called from this thread, many times at once; must be quick. */
  emit(event: SensorEvent): void
  /** Process ids of the agent itself, whose own doings are left out. */
  isOwn(pid: number): boolean
  /** Folder where sources keep what they changed on the host, so that the next start puts it back. Made when absent. */
  stateDir: string
  log(message: string): void
  /** Names of the sources that may be used; all when absent. */
  only?: readonly string[]
  /** Folder in front of every path of the host; `/` when absent. */
  root?: string
}

export interface Sensors {
  /** How each layer is watched right now. */
  status(): SensorStatus[]
  /** Calls `listener` whenever another source takes over or events were lost. */
  onChange(listener: () => void): void
  /** Ends all sources and puts back what they changed on the host. */
  close(): Promise<void>
}

/**
 * Watches this host with the best sources that it allows, until closed. Resolves when they are open; what runs and is connected
 * already follows as events with `found`. Never rejects because of a source: a layer that nobody can watch says why in the status.
 */
export async function openSensors(options: SensorOptions): Promise<Sensors> {
  const libc = await loadLibc(options.log)
  const clock = new BootClock(libc)
  const kernel = libc ? await openLookup(hostRoot({ root: options.root ?? '/' }), options.log) : undefined
  const attribution = new Attribution(kernel?.lookup)
  const listeners = new Set<() => void>()
  const changed = () => {
    for (const listener of listeners) listener()
  }

  const processes = new KnownProcesses()
  const known = new KnownListeners()
  const recent = new RecentProcesses()
  const emit = (event: SensorEvent) => {
    recent.note(event)
    if (event.process && options.isOwn(event.process.pid)) return
    if (!processes.note(event)) return
    if (!known.note(event)) return
    attribution.note(event)
    options.emit(event)
  }
  const context: SourceContext = {
    emit,
    isOwn: options.isOwn,
    wallMillis: (bootNanos) => clock.wallMillis(bootNanos),
    stateDir: options.stateDir,
    log: options.log,
    whoseFlow: (key) => attribution.whoseFlow(key),
    processOf: (pid) => recent.of(pid),
    catchUp: () => layers.catchUp(),
    root: options.root ?? '/',
  }

  const { sources, failed } = await loadSources()
  for (const source of sources) restore(source, context)
  const allowed = options.only ? sources.filter(({ name }) => options.only?.includes(name)) : sources
  mkdirSync(options.stateDir, { recursive: true, mode: 0o700 })
  const layers = new Layers(allowed, context, failed, changed)
  await layers.fill()
  const resync = new Resync({
    root: hostRoot(context),
    processes,
    listeners: known,
    attribution,
    emit,
    failed: (error) => options.log(`What runs on this host could not be read again: ${sentence(error)}`),
  })
  resync.request(layers.blind())
  const stop = startLoop({
    libc,
    clock,
    active: () => layers.active,
    async failed(active, error) {
      await layers.replace(active, error)
      resync.request([...active.layers].filter((layer) => layers.blind().has(layer)))
    },
    everySecond: () => {
      const lost = new Set<SensorLayer>()
      for (const active of layers.active) for (const layer of layers.collectLost(active)) lost.add(layer)
      if (lost.size > 0) changed()
      resync.request([...lost].filter((layer) => layers.blind().has(layer)))
      resync.poll()
    },
  })
  return {
    status: () => layers.status(),
    onChange: (listener) => void listeners.add(listener),
    async close() {
      await stop()
      await resync.settled()
      await layers.close()
      kernel?.close()
    },
  }
}

/** Without it, only flows that the events told of have a process. */
async function openLookup(root: string, log: (message: string) => void) {
  try {
    return (await import('./sockets/kernel-lookup.ts')).openKernelLookup(root)
  } catch (error) {
    log(`The kernel cannot be asked whose a connection is: ${sentence(error)}`)
    return undefined
  }
}

/** What an earlier process left behind is put back also for sources that are not used now. */
function restore(source: Source, context: SourceContext) {
  try {
    source.restore?.(context)
  } catch (error) {
    context.log(
      `What the source ${source.name} had changed on this host could not be put back: ${sentence(error)}`,
    )
  }
}

/** Sources that need the C library say so by themselves; polling works without. */
async function loadLibc(log: (message: string) => void) {
  try {
    return (await import('./libc.ts')).libc
  } catch (error) {
    log(`The C library could not be loaded, so that only polling is left: ${sentence(error)}`)
    return undefined
  }
}
