// A program that talks to 203.0.113.9, and a past of it in a device's journals: each question about one of its cells has an answer.
import { appendFileSync, copyFileSync, mkdtempSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { openJournalWriter } from '@quarry/journals/store'
import dns from '@quarry/schema/journals/sophos_dns_journal'
import fileHash from '@quarry/schema/journals/sophos_file_hash_journal'
import file from '@quarry/schema/journals/sophos_file_journal'
import ip from '@quarry/schema/journals/sophos_ip_journal'
import network from '@quarry/schema/journals/sophos_network_journal'
import processes from '@quarry/schema/journals/sophos_process_journal'
import url from '@quarry/schema/journals/sophos_url_journal'
import winsec from '@quarry/schema/journals/sophos_winsec_journal'

/** The address that the program talks to. */
export const peer = '203.0.113.9'

/** Copies bash, which opens sockets by itself, under a name of its own, with a line of text behind it. The caller removes its folder. */
export function makeTalker(): string {
  const path = join(mkdtempSync('/tmp/quarry-pivots-'), 'knock')
  copyFileSync('/bin/bash', path)
  appendFileSync(path, '\nPort 22 is knocked at\n')
  return path
}

/** JavaScript that listens and starts the program, which connects, opens its own file, and ends when the listener does. */
export const talkOf = (path: string) => `
const script = 'exec 3<>"/dev/tcp/${peer}/$1" 4<"$0"; read <&3'
const server = require('node:net').createServer(() => setTimeout(() => console.log('ready'), 100)).listen(0, '${peer}', () => {
  const port = String(server.address().port)
  require('node:child_process').spawn(${JSON.stringify(path)}, ['-c', script, ${JSON.stringify(path)}, port], { stdio: 'ignore' })
})`

/** The cells of the program's row. */
export interface Talker {
  path: string
  sophos_pid: string
  sha256: string
}

/** Writes to the journals of an agent that does not run what the program did an hour ago, and who came from where it talks to. */
export function writePast(folder: string, { path, sophos_pid, sha256 }: Talker): void {
  const writer = openJournalWriter(folder)
  const began = Date.now() - 3_600_000
  const [parent, child] = ['1:133000000000000000', '2:133000000000000000']
  const ran = { event_type: 0, username: 'root', uid: 0 }
  const program = { path, process_name: basename(path), sha256, cmd_line: path, file_size: 4096 }
  const init = { path: '/sbin/init', process_name: 'init' }
  writer.append(processes, began, { ...ran, ...init, sophos_pid: parent })
  writer.append(fileHash, began, { sophos_pid: parent, path, sha256, file_size: 4096 })
  writer.append(file, began, {
    subject: 'FileBinaryChanges',
    event_type: 0,
    sophos_pid: parent,
    path,
    sha256,
  })
  writer.append(processes, began + 1000, { ...ran, ...program, sophos_pid, parent_sophos_pid: parent })
  writer.append(processes, began + 2000, {
    ...ran,
    path: '/bin/id',
    process_name: 'id',
    sophos_pid: child,
    parent_sophos_pid: sophos_pid,
  })
  const loot = join(dirname(path), 'loot')
  writer.append(file, began + 3000, { subject: 'FileDataChanges', event_type: 0, sophos_pid, path: loot })
  writer.append(dns, began + 4000, { sophos_pid, name: 'knock.example', type: 'A', answers: peer })
  writer.append(url, began + 5000, { sophos_pid, url: 'https://knock.example', destination: peer })
  const ends = { sophos_pid, source: '192.0.2.10', destination: peer, protocol: 6, direction: 'outbound' }
  const ports = { source_port: 40_000, destination_port: 443 }
  writer.append(ip, began + 5000, { ...ends, ...ports })
  writer.append(network, began + 6000, { ...ends, ...ports, data_sent: 10, data_recv: 20 })
  writer.append(winsec, began + 7000, { event_type: 4625, username: 'root', source: peer })
  writer.flush()
  writer.close()
}
