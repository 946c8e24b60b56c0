import { createHash } from 'node:crypto'
import type { Journal, JournalRow } from '@quarry/schema/define-journal'
import directory from '@quarry/schema/journals/sophos_directory_journal'
import dns from '@quarry/schema/journals/sophos_dns_journal'
import fileHash from '@quarry/schema/journals/sophos_file_hash_journal'
import file from '@quarry/schema/journals/sophos_file_journal'
import ip from '@quarry/schema/journals/sophos_ip_journal'
import network from '@quarry/schema/journals/sophos_network_journal'
import processes from '@quarry/schema/journals/sophos_process_journal'
import url from '@quarry/schema/journals/sophos_url_journal'
import { Random } from './random.ts'

export interface GeneratedEvent {
  journal: Journal
  time: number
  row: Record<string, string | number | null>
}

/** A process of the imagined host. */
export interface Running {
  spid: string
  parent: string
  path: string
  user: User
  cgroup: string
  container: string
  session: number
  cwd: string
  startedAt: number
}

export interface User {
  uid: number
  name: string
}

/** Windows FILETIME ticks of a moment, in steps of 10 ms from the boot's anchor, as the agent makes them. */
const BOOT_PHASE = 73_412n
const EPOCH_TICKS = 116_444_736_000_000_000n
const ticks = (millis: number) =>
  (BigInt(Math.floor(millis / 10)) * 100_000n + EPOCH_TICKS + BOOT_PHASE).toString()

/** The imagined host: hands out process ids, hashes, inodes, and turns doings into events as the recorder writes them. */
export class Host {
  readonly random: Random
  events: GeneratedEvent[] = []
  #pid = 1200
  #inode = 1_500_000
  readonly #programs = new Map<string, { sha256: string; size: number }>()
  readonly #hashed = new Set<string>()

  constructor(seed: number) {
    this.random = new Random(seed)
  }

  emit<J extends Journal>(journal: J, time: number, row: JournalRow<J>): void {
    this.events.push({ journal, time: Math.round(time), row: row as GeneratedEvent['row'] })
  }

  /** An update: the programs have new bytes from now on. */
  forgetPrograms(share: number): void {
    for (const path of this.#programs.keys()) if (this.random.chance(share)) this.#programs.delete(path)
  }

  program(path: string): { sha256: string; size: number } {
    let program = this.#programs.get(path)
    if (program === undefined) {
      const sha256 = createHash('sha256').update(`${path} ${this.random.next()}`).digest('hex')
      program = { sha256, size: this.random.around(90_000) }
      this.#programs.set(path, program)
    }
    return program
  }

  start(at: number, parent: Running, path: string, cmdLine: string, more: Partial<Running> = {}): Running {
    // Threads and forks of others take numbers in between.
    this.#pid += 1 + this.random.zipf(6)
    if (this.#pid > 4_194_304) this.#pid = 300
    const spid = `${this.#pid}:${ticks(at - 1)}`
    const running: Running = { ...parent, ...more, spid, parent: parent.spid, path, startedAt: at }
    const { sha256, size } = this.program(path)
    this.emit(processes, at, {
      event_type: 0,
      sophos_pid: spid,
      parent_sophos_pid: parent.spid,
      process_name: path.slice(path.lastIndexOf('/') + 1),
      path,
      cmd_line: cmdLine,
      cwd: running.cwd,
      uid: running.user.uid,
      euid: running.user.uid,
      gid: running.user.uid,
      username: running.user.name,
      sessionid: running.session,
      cgroup: running.cgroup,
      container_id: running.container,
      sha256,
      file_size: size,
      local_rep: path.startsWith('/usr') ? 90 : 50,
      global_rep: -1,
      ml_score: -1,
      pua_score: -1,
      origin: '',
    })
    if (!this.#hashed.has(path + sha256)) {
      this.#hashed.add(path + sha256)
      this.emit(fileHash, at + 3, { sophos_pid: spid, path, file_id: this.inode(), sha256, file_size: size })
    }
    return running
  }

  end(at: number, process: Running, exitCode = 0): void {
    const { random } = this
    this.emit(processes, at, {
      event_type: 1,
      sophos_pid: process.spid,
      parent_sophos_pid: process.parent,
      process_name: process.path.slice(process.path.lastIndexOf('/') + 1),
      path: process.path,
      cmd_line: '',
      uid: process.user.uid,
      username: process.user.name,
      exit_code: random.chance(0.04) ? random.pick([1, 2, 127, 137, 143]) : exitCode,
      cpu_time: Math.floor(random.around(Math.max(2, (at - process.startedAt) / 8))),
      peak_memory: random.around(900) * 4096,
    })
  }

  inode(): string {
    this.#inode += this.random.chance(0.9) ? 1 : this.random.int(4000) - 1500
    return `2049:${this.#inode}`
  }

  file(
    at: number,
    process: Running,
    action: number,
    path: string,
    more: {
      fileId?: string
      size?: number
      target?: string
      kind?: 'Binary' | 'Data' | 'Other'
      born?: number
    } = {},
  ): void {
    const { kind = 'Other', born = at } = more
    const seconds = Math.floor(at / 1000)
    this.emit(file, at, {
      subject: `File${kind}Changes`,
      event_type: action,
      sophos_pid: process.spid,
      path,
      target_path: more.target ?? null,
      file_id: more.fileId ?? this.inode(),
      file_size: more.size ?? this.random.around(5000),
      sha256: kind === 'Binary' && action === 3 ? this.random.hex(64) : null,
      file_type_class: { Binary: 2, Data: 3, Other: 4 }[kind],
      creation_time: Math.floor(born / 1000),
      last_access_time: Math.floor(born / 1000),
      last_write_time: seconds,
      change_time: seconds,
    })
  }

  folder(at: number, process: Running, action: number, path: string): void {
    const seconds = Math.floor(at / 1000)
    this.emit(directory, at, {
      subject: 'DirectoryChanges',
      event_type: action,
      sophos_pid: process.spid,
      path,
      file_id: this.inode(),
      file_size: 4096,
      file_type_class: 1,
      creation_time: seconds,
      last_access_time: seconds,
      last_write_time: seconds,
      change_time: seconds,
    })
  }

  /** A name is asked for, then a connection goes out and ends. */
  call(
    at: number,
    process: Running,
    name: string,
    address: string,
    port: number,
    bytes: [number, number],
  ): void {
    const { random } = this
    if (random.chance(0.7)) {
      for (const type of ['A', 'AAAA'])
        this.emit(dns, at, {
          sophos_pid: process.spid,
          name,
          type,
          answers: type === 'A' ? address : '',
          response_code: 'NOERROR',
          server: '192.168.10.1',
        })
    }
    if (port === 443)
      this.emit(url, at + 14, {
        sophos_pid: process.spid,
        url: `https://${name}`,
        destination: address,
        destination_port: port,
      })
    this.flow(
      at + 12,
      process,
      'outbound',
      '192.168.10.23',
      random.between(32768, 60999),
      address,
      port,
      bytes,
    )
  }

  flow(
    at: number,
    process: Running,
    direction: 'outbound' | 'inbound',
    source: string,
    sourcePort: number,
    destination: string,
    destinationPort: number,
    [sent, received]: [number, number],
  ): void {
    const row = {
      sophos_pid: process.spid,
      source,
      source_port: sourcePort,
      destination,
      destination_port: destinationPort,
      protocol: 6,
      direction,
    }
    this.emit(ip, at, row)
    this.emit(network, at + this.random.around(300), {
      ...row,
      start_time: Math.floor(at / 1000),
      data_sent: this.random.around(sent),
      data_recv: this.random.around(received),
    })
  }
}
