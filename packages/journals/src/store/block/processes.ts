import { needleText } from '../row-text.ts'
import type { KeptValue } from '../types.ts'
import { type Dictionary, fromJson } from './dictionary.ts'
import { planesOf, toPlanes, unzigzag, zigzag } from './numbers.ts'

/** What is known about a row when a process first appears in it. */
export interface Sight {
  /** Milliseconds since 1970. */
  time: number
  /** Place of the row's own process in the block's list of processes; −1 in that list itself. */
  own: number
}

export interface PackedProcesses {
  count: number
  odd: [place: number, json: string][]
  /** Ticks below a step of 10 ms: the same for all processes of a boot. */
  phases: number[]
  streams: Buffer[]
}

const MOST_PHASES = 250
/** 10 ms steps from 1601 to 1970. */
const UNIX_EPOCH = 1_164_447_360_000

export interface Parsed {
  pid: number
  /** 10 ms steps since 1601. */
  step: number
  phase: number
}

/** Takes `<pid>:<ticks>` apart; undefined for anything that could not be put together again exactly. */
export function parseSophosPid(value: KeptValue): Parsed | undefined {
  if (typeof value !== 'string') return undefined
  const match = /^(0|[1-9]\d{0,9}):(0|[1-9]\d{0,18})$/.exec(value)
  if (match === null) return undefined
  const ticks = match[2]!
  if (ticks.length <= 5) return { pid: Number(match[1]), step: 0, phase: Number(ticks) }
  return { pid: Number(match[1]), step: Number(ticks.slice(0, -5)), phase: Number(ticks.slice(-5)) }
}

/**
 * Packs processes: one that is in the list `known` is its distance there; of the others the pid as the difference to the one
 * before, and the start as the difference to the time of the row that it first appears in, for a process begins with an event.
 */
export function packProcesses(
  values: readonly KeptValue[],
  sights: readonly Sight[],
  known: ReadonlyMap<KeptValue, number> | undefined,
): PackedProcesses {
  const odd: [number, string][] = []
  const phases: number[] = []
  const distances: number[] = []
  const pids: number[] = []
  const starts: number[] = []
  const phaseOf: number[] = []
  let before = 0
  for (const [place, value] of values.entries()) {
    const sight = sights[place]!
    const at = known?.get(value)
    if (at !== undefined) {
      distances.push(1 + zigzag(sight.own - at))
      continue
    }
    const parsed = parseSophosPid(value)
    let phase = parsed === undefined ? -1 : phases.indexOf(parsed.phase)
    if (parsed !== undefined && phase < 0 && phases.length < MOST_PHASES)
      phase = phases.push(parsed.phase) - 1
    if (parsed === undefined || phase < 0) {
      odd.push([place, needleText(value)])
      continue
    }
    if (known) distances.push(0)
    pids.push(zigzag(parsed.pid - before))
    before = parsed.pid
    starts.push(zigzag(stepAt(sight) - parsed.step))
    phaseOf.push(phase)
  }
  return {
    count: values.length,
    odd,
    phases,
    streams: [toPlanes(distances), toPlanes(pids), toPlanes(starts), toPlanes(phaseOf)],
  }
}

/** Reads what `packProcesses` wrote. */
export function openProcesses(
  packed: PackedProcesses,
  sightOf: (place: number) => Sight,
  known: Dictionary | undefined,
): Dictionary {
  const { count, odd, phases, streams } = packed
  const oddValues = new Map(odd.map(([place, json]) => [place, fromJson(json)]))
  const distances = known && planesOf(streams[0]!, count - odd.length)
  let own = count - odd.length
  if (distances) for (const distance of distances) if (distance > 0) own--
  const [pidSteps, starts, phaseOf] = [1, 2, 3].map((index) => planesOf(streams[index]!, own))
  const pids = new Float64Array(count)
  const steps = new Float64Array(count)
  const phaseAt = new Float64Array(count)
  /** Place in the list of known processes, where it is one; −1 for a process of its own, −2 for an odd value. */
  const places = new Int32Array(count).fill(-1)
  for (const place of oddValues.keys()) places[place] = -2
  let pid = 0
  let next = 0
  let regular = 0
  for (let place = 0; place < count; place++) {
    if (places[place] === -2) continue
    const distance = distances ? distances[regular++]! : 0
    if (distance > 0) {
      places[place] = sightOf(place).own - unzigzag(distance - 1)
      continue
    }
    pid += unzigzag(pidSteps![next]!)
    pids[place] = pid
    steps[place] = stepAt(sightOf(place)) - unzigzag(starts![next]!)
    phaseAt[place] = phases[phaseOf![next]!]!
    next++
  }
  const valueAt = (id: number): KeptValue => {
    const at = places[id]!
    if (at === -1) return `${pids[id]}:${ticksText(steps[id]!, phaseAt[id]!)}`
    return at === -2 ? oddValues.get(id)! : known!.valueAt(at)
  }
  /** Without making a text of each. */
  const find = (wanted: ReadonlySet<KeptValue>) => {
    const wantedSteps = new Set<number>()
    for (const value of wanted) wantedSteps.add(parseSophosPid(value)?.step ?? -1)
    const found: number[] = []
    for (let id = 0; id < count; id++)
      if ((places[id] !== -1 || wantedSteps.has(steps[id]!)) && wanted.has(valueAt(id))) found.push(id)
    return found
  }
  return { count, valueAt, find }
}

const stepAt = ({ time }: Sight) => Math.floor(time / 10) + UNIX_EPOCH

const ticksText = (step: number, phase: number) =>
  step === 0 ? `${phase}` : `${step}${String(phase).padStart(5, '0')}`
