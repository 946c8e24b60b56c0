import { join } from 'node:path'
import type { SensorEvent } from '@quarry/schema/events'
import { toText } from '../fanotify/byte-path.ts'
import { type OpenSource, type Source, type SourceContext, SourceUnavailable } from '../source.ts'
import { BootMemory } from '../system/boot.ts'
import { ClockStep } from '../system/clock-step.ts'
import { Differences } from '../system/differences.ts'
import { type Mount, parseMountinfo } from '../system/mountinfo.ts'
import { type Module, parseModules } from '../system/parse-modules.ts'
import { readProc } from '../system/read-proc.ts'

type SystemEvent = Extract<SensorEvent, { type: 'system' }>

/** What the kernel shows about the machine: boots, steps of its clock, modules and mounts. It is read once a second. */
const source: Source = {
  name: 'kernel',
  layers: ['system'],
  rank: 10,
  limits: [
    'Modules and mounts are looked at once a second: what is there for less is not seen, nor which process it was.',
    'Mounts within a container are not seen.',
    'A module that hides itself from /proc/modules while it is loaded is not seen.',
  ],
  async open(context) {
    return new Kernel(context)
  },
}
export default source

class Kernel implements OpenSource {
  readonly fds = []
  readonly #context: SourceContext
  readonly #boot: BootMemory
  readonly #clock = new ClockStep()
  readonly #modules = new Differences<Module>()
  readonly #mounts = new Differences<Mount>()
  #moduleText = ''
  #mountText = ''

  constructor(context: SourceContext) {
    this.#context = context
    const bootId = this.#read('proc/sys/kernel/random/boot_id').trim()
    if (bootId === '') throw new SourceUnavailable('/proc cannot be read.')
    this.#boot = new BootMemory(context.stateDir, bootId)
    const news = this.#boot.news()
    if (news) this.#tellBoot(bootId, news.previousSeenAt)
    this.tick(Date.now())
  }

  tick(now: number) {
    this.#boot.tick(now)
    const wall = Date.now()
    // The moment of the boot by the wall clock moves when that clock is set, and only then.
    const step = this.#clock.sample(wall, wall - this.#context.wallMillis(0n))
    if (step !== undefined) this.#tell(wall, 'clock_step', { stepMillis: step, from: wall - step, to: wall })
    this.#lookAtModules(now)
    this.#lookAtMounts(now)
  }

  lost() {
    return {}
  }

  close() {
    this.#boot.write(Date.now())
  }

  #lookAtModules(now: number) {
    const text = this.#read('proc/modules')
    if (text === this.#moduleText) return
    this.#moduleText = text
    const { came, went } = this.#modules.look(parseModules(text))
    for (const module of came) this.#tell(now, 'module_loaded', { ...module })
    for (const { name } of went) this.#tell(now, 'module_unloaded', { name })
  }

  #lookAtMounts(now: number) {
    const text = this.#read('proc/self/mountinfo')
    if (text === this.#mountText || text === '') return
    this.#mountText = text
    // An id is given again, but not for the same place and source.
    const mounts = parseMountinfo(text).map(
      (mount) => [`${mount.id} ${mount.device} ${mount.point}`, mount] as const,
    )
    const { came, went } = this.#mounts.look(new Map(mounts))
    for (const mount of came) this.#tell(now, 'mounted', describe(mount))
    for (const mount of went) this.#tell(now, 'unmounted', describe(mount))
  }

  #tellBoot(bootId: string, previousSeenAt: number | undefined) {
    this.#tell(this.#context.wallMillis(0n), 'boot', {
      bootId,
      kernel: this.#read('proc/sys/kernel/osrelease').trim(),
      commandLine: this.#read('proc/cmdline').trim(),
      ...(previousSeenAt !== undefined && { previousSeenAt }),
    })
  }

  #tell(at: number, event: SystemEvent['event'], data: SystemEvent['data']) {
    this.#context.emit({ type: 'system', at, event, data })
  }

  #read(path: string) {
    return readProc(join(this.#context.root, path))
  }
}

function describe({ point, device, root, type, source, options }: Mount) {
  return {
    path: toText(point),
    device,
    root: toText(root),
    fileSystem: type,
    source: toText(source),
    options,
  }
}
