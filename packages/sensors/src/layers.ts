import { type SensorLayer, type SensorStatus, sensorLayers } from '@quarry/schema/events'
import { sentence } from './load-sources.ts'
import { type OpenSource, type Source, type SourceContext, SourceUnavailable } from './source.ts'

/** A source at work, and for which layers. */
export interface Active {
  source: Source
  open: OpenSource
  layers: Set<SensorLayer>
}

/** Turns of the source of processes in a row, and their time: others, who write what was read, must have their turn too. */
const CATCH_UP_TURNS = 50
const CATCH_UP_MILLIS = 250

interface LayerState {
  active?: Active
  reasons: Map<string, string>
  lost: number
}

/** Decides which source watches which layer, and takes the next one when a source fails. */
export class Layers {
  #sources: readonly Source[]
  #context: SourceContext
  #changed: () => void
  #states = new Map<SensorLayer, LayerState>()
  #active = new Set<Active>()

  /** @param sources by rank, the best first. @param reasons why some are not among them, told for each layer. */
  constructor(
    sources: readonly Source[],
    context: SourceContext,
    reasons: readonly string[],
    changed: () => void,
  ) {
    this.#sources = sources
    this.#context = context
    this.#changed = changed
    for (const layer of sensorLayers)
      this.#states.set(layer, { reasons: new Map(reasons.map((reason) => [reason, reason])), lost: 0 })
  }

  get active(): ReadonlySet<Active> {
    return this.#active
  }

  /** Opens for each layer that nobody watches the best source that can be opened and has not failed for it before. */
  async fill(): Promise<void> {
    for (const source of this.#sources) {
      const wanted = source.layers.filter((layer) => this.#wants(layer, source))
      if (wanted.length > 0) await this.#open(source, wanted)
    }
    this.#changed()
  }

  /** Layers whose source tells only what happens, not what is there already. */
  blind(): Set<SensorLayer> {
    return new Set(
      [...this.#active].filter(({ source }) => !source.findsExisting).flatMap(({ layers }) => [...layers]),
    )
  }

  /** Reads what the source of processes has, within bounds. One that fails does so again when its turn comes, and is replaced then. */
  catchUp(): void {
    const until = performance.now() + CATCH_UP_MILLIS
    for (const { layers, open } of this.#active) {
      if (!layers.has('process') || !open.drain) continue
      try {
        for (let count = 0; count < CATCH_UP_TURNS && open.drain() && performance.now() < until; count++);
      } catch {
        // As said.
      }
    }
  }

  /** Ends a source that failed, for a reason, and opens the next ones for its layers. */
  async replace(failed: Active, error: unknown): Promise<void> {
    if (!this.#active.has(failed)) return
    const reason = `The source ${failed.source.name} stopped working: ${sentence(error)}`
    this.#context.log(reason)
    for (const layer of failed.layers) this.#states.get(layer)?.reasons.set(failed.source.name, reason)
    await this.#close(failed)
    await this.fill()
  }

  /** Asks each source what it lost, and adds it up. Returns the layers that lost something. */
  collectLost(active: Active): Set<SensorLayer> {
    const layers = new Set<SensorLayer>()
    for (const [layer, count] of Object.entries(active.open.lost()) as [SensorLayer, number][]) {
      const state = this.#states.get(layer)
      if (!state || count <= 0) continue
      state.lost += count
      layers.add(layer)
    }
    return layers
  }

  status(): SensorStatus[] {
    return [...this.#states].map(([layer, { active, reasons, lost }]) => ({
      layer,
      ...(active && { source: active.source.name }),
      limits: active ? [...active.source.limits, ...(active.open.limits?.[layer] ?? [])] : [],
      reasons: [...reasons.values()],
      lost,
    }))
  }

  async close(): Promise<void> {
    for (const active of [...this.#active]) await this.#close(active)
  }

  #wants(layer: SensorLayer, source: Source): boolean {
    const state = this.#states.get(layer)
    return state !== undefined && !state.active && !state.reasons.has(source.name)
  }

  async #open(source: Source, wanted: readonly SensorLayer[]) {
    // Open for other layers already: it is opened anew for all of them, since a source is opened once.
    const before = [...this.#active].find((active) => active.source === source)
    if (before) await this.#close(before)
    const layers = new Set([...wanted, ...(before?.layers ?? [])])
    try {
      const open = await source.open(this.#context, layers)
      const active: Active = { source, open, layers }
      for (const [layer, reason] of Object.entries(open.refused ?? {}) as [SensorLayer, string][]) {
        if (layers.delete(layer)) this.#states.get(layer)?.reasons.set(source.name, reason)
      }
      this.#active.add(active)
      for (const layer of layers) this.#states.get(layer)!.active = active
    } catch (error) {
      const reason =
        error instanceof SourceUnavailable
          ? sentence(error)
          : `The source ${source.name} failed: ${sentence(error)}`
      for (const layer of layers) this.#states.get(layer)?.reasons.set(source.name, reason)
      this.#context.log(`${source.name}: ${reason}`)
    }
  }

  async #close(active: Active) {
    this.#active.delete(active)
    for (const layer of active.layers) {
      const state = this.#states.get(layer)
      if (state?.active === active) state.active = undefined
    }
    try {
      this.collectLost(active)
      await active.open.close()
    } catch (error) {
      this.#context.log(`Closing the source ${active.source.name} failed: ${sentence(error)}`)
    }
  }
}
