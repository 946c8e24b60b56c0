import type { JournalWriter } from '@quarry/journals/store'
import type { JournalRow } from '@quarry/schema/define-journal'
import listen from '@quarry/schema/journals/quarry_listen_journal'
import detections from '@quarry/schema/journals/sophos_detections_journal'
import dns from '@quarry/schema/journals/sophos_dns_journal'
import fileHash from '@quarry/schema/journals/sophos_file_hash_journal'
import file from '@quarry/schema/journals/sophos_file_journal'
import http from '@quarry/schema/journals/sophos_http_journal'
import ip from '@quarry/schema/journals/sophos_ip_journal'
import network from '@quarry/schema/journals/sophos_network_journal'
import process from '@quarry/schema/journals/sophos_process_journal'
import system from '@quarry/schema/journals/sophos_system_journal'
import url from '@quarry/schema/journals/sophos_url_journal'
import winsec from '@quarry/schema/journals/sophos_winsec_journal'

/** 2026-11-20T03:00:00Z, in unix seconds: the intruder comes in. */
const night = Date.UTC(2026, 10, 20, 3) / 1000
const here = '192.0.2.10'

/** The id of a process that began so many seconds before or after the night. */
const idOf = (pid: number, second: number) => `${pid}:${(night + second + 11_644_473_600) * 10_000_000}`
const hashOf = (path: string) => Buffer.from(path.padEnd(32, '.')).subarray(0, 32).toString('hex')

interface Program {
  path: string
  cmd?: string
  user?: 'root' | 'ada' | 'deploy' | 'www-data'
  euid?: number
}
const uids = { root: 0, ada: 1000, deploy: 1001, 'www-data': 33 }

/** Writes what happened to the journals, by seconds from the night on. */
export class Story {
  readonly #writer: JournalWriter
  readonly #programs = new Map<string, JournalRow<typeof process>>()

  constructor(writer: JournalWriter) {
    this.#writer = writer
  }

  start(
    pid: number,
    second: number,
    parent: string,
    { path, cmd = path, user = 'root', euid }: Program,
  ): string {
    const id = idOf(pid, second)
    const uid = uids[user]
    const row = {
      sophos_pid: id,
      parent_sophos_pid: parent,
      process_name: path.slice(path.lastIndexOf('/') + 1),
      path,
      uid,
      euid: euid ?? uid,
      gid: uid,
      username: user,
      sha256: hashOf(path),
      file_size: 4096,
      local_rep: -1,
      global_rep: -1,
      ml_score: -1,
      pua_score: -1,
    }
    this.#programs.set(id, row)
    this.#writer.append(process, at(second), { ...row, event_type: 0, cmd_line: cmd, cwd: '/' })
    return id
  }
  end(id: string, second: number, exit_code = 0) {
    this.#writer.append(process, at(second), { ...this.#programs.get(id), event_type: 1, exit_code })
  }
  /** A program that does its work within two seconds. */
  run(pid: number, second: number, parent: string, program: Program): string {
    const id = this.start(pid, second, parent, program)
    this.end(id, second + 2)
    return id
  }
  /** A connection of a process: it begins, and ends as a flow. */
  connect(id: string, second: number, to: string, port: number, sent = 1200, received = 5000, seconds = 1) {
    const ends = {
      sophos_pid: id,
      source: here,
      source_port: 40_000 + (second % 20_000),
      destination: to,
      destination_port: port,
      protocol: 6,
      direction: 'outbound',
    }
    this.#writer.append(ip, at(second), ends)
    const flow = { ...ends, start_time: night + second, data_sent: sent, data_recv: received }
    this.#writer.append(network, at(second + seconds), flow)
  }
  accept(id: string, second: number, from: string, port: number) {
    const row = {
      sophos_pid: id,
      source: from,
      source_port: 50_000,
      destination: here,
      destination_port: port,
    }
    this.#writer.append(ip, at(second), { ...row, protocol: 6, direction: 'inbound' })
  }
  ask(id: string, second: number, name: string, answers: string, type = 'A') {
    const response_code = answers === '' ? 'NXDOMAIN' : 'NOERROR'
    this.#writer.append(dns, at(second), {
      sophos_pid: id,
      name,
      type,
      answers,
      response_code,
      server: '192.0.2.53',
    })
  }
  name(id: string, second: number, server: string, to: string) {
    this.#writer.append(url, at(second), {
      sophos_pid: id,
      url: `https://${server}`,
      destination: to,
      destination_port: 443,
    })
  }
  get(id: string, second: number, to: string, address: string, agent: string) {
    const row = { sophos_pid: id, url: address, destination: to, destination_port: 80 }
    this.#writer.append(http, at(second), {
      ...row,
      source: here,
      source_port: 40_001,
      method: 'GET',
      user_agent: agent,
    })
    this.#writer.append(url, at(second), row)
  }
  change(id: string, second: number, event_type: number, path: string, more: JournalRow<typeof file> = {}) {
    const row = {
      subject: 'FileDataChanges',
      event_type,
      sophos_pid: id,
      path,
      file_id: '2049:77',
      file_size: 512,
    }
    this.#writer.append(file, at(second), { ...row, ...more })
  }
  hashed(id: string, second: number, path: string) {
    this.#writer.append(fileHash, at(second), { sophos_pid: id, path, sha256: hashOf(path), file_size: 4096 })
  }
  detect(id: string, second: number, detection_name: string, path: string, mitre_ttps: string) {
    this.#writer.append(detections, at(second), {
      detection_name,
      threat_source: 'scan',
      primary_item: path,
      primary_item_type: 'FILE',
      primary_item_spid: id,
      sha256: hashOf(path),
      mitre_ttps,
    })
  }
  listen(id: string, second: number, address: string, port: number) {
    this.#writer.append(listen, at(second), { event_type: 0, sophos_pid: id, address, port, protocol: 6 })
  }
  sign(
    event_type: number,
    second: number,
    username: string,
    source: string | null,
    processName: string,
    id: string | null = null,
  ) {
    const data = {
      targetUserName: username,
      ipAddress: source ?? undefined,
      logonType: source ? 10 : 2,
      processName,
    }
    this.#writer.append(winsec, at(second), {
      event_type,
      sophos_pid: id,
      username,
      source,
      data: JSON.stringify(data),
    })
  }
  system(event_type: string, second: number, data: object, id: string | null = null) {
    this.#writer.append(system, at(second), { event_type, sophos_pid: id, data: JSON.stringify(data) })
  }
  lose(subject: string, second: number, events: number) {
    this.#writer.lose({ subject, firstTime: at(second), lastTime: at(second + 10), events, reason: 'shed' })
  }
}

/** Milliseconds since 1970 of a second of the story. */
export const at = (second: number) => (night + second) * 1000
