import { closeSync, lstatSync, openSync, readdirSync } from 'node:fs'
import { type Mount, parseMountinfo } from '../system/mountinfo.ts'
import { readProc } from '../system/read-proc.ts'
import { toFsPath, toText } from './byte-path.ts'
import { fanotify, type Way } from './calls.ts'

/** File systems without files of their own. */
const views =
  'autofs binder binfmt_misc bpf cgroup cgroup2 configfs cpuset debugfs devpts efivarfs fusectl hugetlbfs mqueue nfsd nsfs pipefs proc pstore resctrl rpc_pipefs securityfs selinuxfs smackfs sysfs tracefs'
/** Where somebody else answers, or nobody: looking at a file may wait for ever. */
const remote =
  '9p afs ceph cifs coda fuse fuseblk gfs2 glusterfs lustre ncpfs nfs nfs4 ocfs2 orangefs smb3 smbfs virtiofs'
const leftOut = new Set(`${views} ${remote}`.split(' '))

const openFolder = 0x1_0000 | 0x8_0000 // O_DIRECTORY | O_CLOEXEC

interface Watched {
  device: string
  fsid: string
  /** Where it is mounted, with the most of it in sight. */
  point: string
  /** `st_dev` of its files. */
  stDev: number
}

/** Keeps a mark on every file system that holds files, as they come and go. */
export class FileSystems {
  readonly #group: number
  readonly #way: Way
  readonly #log: (message: string) => void
  #mountinfo = ''
  #byDevice = new Map<string, Watched>()
  #byFsid = new Map<string, Watched>()
  /** Said once each. */
  #refused = new Set<string>()
  /** Descriptors of mount points, open no longer than a round of reading, as they keep a file system from being unmounted. */
  #open = new Map<string, number>()

  constructor(group: number, way: Way, log: (message: string) => void) {
    this.#group = group
    this.#way = way
    this.#log = log
  }

  get count() {
    return this.#byDevice.size
  }

  /** Looks for file systems that were mounted or unmounted. Cheap when there are none. */
  refresh() {
    const text = readProc('/proc/self/mountinfo')
    if (text === this.#mountinfo || text === '') return
    this.#mountinfo = text
    const best = bestMounts(parseMountinfo(text))
    // The kernel dropped the mark of what was unmounted together with it.
    for (const device of [...this.#byDevice.keys()]) if (!best.has(device)) this.#byDevice.delete(device)
    for (const device of [...this.#refused]) if (!best.has(device)) this.#refused.delete(device)
    for (const [device, mount] of best) this.#watch(device, mount)
    this.#byFsid = new Map([...this.#byDevice.values()].map((watched) => [watched.fsid, watched]))
  }

  /** The file system of an event. */
  byFsid(fsid: string): Watched | undefined {
    return this.#byFsid.get(fsid)
  }

  /** A descriptor within the file system, for handles; undefined when it is gone. Good until `release`. */
  descriptor(fsid: string): number | undefined {
    const open = this.#open.get(fsid)
    if (open !== undefined) return open
    const watched = this.#byFsid.get(fsid)
    if (!watched) return undefined
    try {
      const fd = openSync(toFsPath(watched.point), openFolder)
      this.#open.set(fsid, fd)
      return fd
    } catch {
      return undefined
    }
  }

  release() {
    if (this.#open.size === 0) return
    for (const fd of this.#open.values()) closeSync(fd)
    this.#open.clear()
  }

  #watch(device: string, mount: Mount) {
    const known = this.#byDevice.get(device)
    if (known?.point === mount.point || this.#refused.has(device)) return
    const fsid = fanotify.fsid(mount.point)
    const stat = lstatSync(toFsPath(mount.point), { throwIfNoEntry: false })
    if (fsid === undefined || !stat) return
    if (!fanotify.markFileSystem(this.#group, this.#way, mount.point)) {
      this.#refused.add(device)
      this.#log(
        `The kernel does not tell about files of ${toText(mount.point)} (${mount.type}, error ${fanotify.errno()}).`,
      )
      return
    }
    this.#byDevice.set(device, { device, fsid, point: mount.point, stDev: stat.dev })
    if (mount.type === 'devtmpfs') this.#ignoreDevices(mount.point)
  }

  /** Every program writes to /dev/null; the kernel is told to keep that to itself. */
  #ignoreDevices(folder: string) {
    for (const entry of readdirSync(folder, { withFileTypes: true }))
      if (entry.isCharacterDevice()) fanotify.ignoreWrites(this.#group, `${folder}/${entry.name}`)
  }
}

/** For each device the mount that shows the most of it: its own root rather than a folder bound elsewhere. */
function bestMounts(mounts: Mount[]): Map<string, Mount> {
  const best = new Map<string, Mount>()
  for (const mount of mounts) {
    if (leftOut.has(mount.type) || mount.type.startsWith('fuse.')) continue
    const before = best.get(mount.device)
    if (!before || mount.root.length < before.root.length) best.set(mount.device, mount)
  }
  return best
}
