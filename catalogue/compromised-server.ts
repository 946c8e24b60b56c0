import { createHash } from 'node:crypto'
import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { makePe } from '../packages/scoring/src/testing/make-pe.ts'

/** A process to plant. `sockets` are lines of `/proc/net/tcp`, without their number. */
interface Planted {
  pid: number
  parent: number
  comm: string
  exe: string
  cmdline: string[]
  uid?: number
  /** Seconds before now that it began. */
  age?: number
  /** Inodes of its sockets. */
  sockets?: number[]
  maps?: string
}

/**
 * Copies the recorded host `linux-server` and plants what an intruder leaves: a reverse shell, a miner, a web shell, a second root,
 * a setuid helper, a preload, a service. What git does not keep (rights, times, sizes) is made here.
 * @returns the folder; the caller removes it
 */
export function makeCompromisedServer(linuxServer: string): string {
  const root = mkdtempSync(join(tmpdir(), 'quarry-compromised-'))
  cpSync(linuxServer, root, { recursive: true, verbatimSymlinks: true })
  const at = (path: string) => join(root, path)
  const write = (path: string, text: string | Buffer, mode = 0o644) => {
    mkdirSync(dirname(at(path)), { recursive: true })
    writeFileSync(at(path), text)
    chmodSync(at(path), mode)
  }

  appendFileSync(at('etc/passwd'), 'toor:x:0:0:second root:/root:/bin/bash\n')
  write('etc/shadow', 'root:*:20000:0:99999:7:::\n', 0o644)
  write('etc/ld.so.preload', '/usr/local/lib/libhide.so\n')
  write('etc/systemd/system/dropper.service', '[Service]\nExecStart=/tmp/.x/miner\n')
  write('tmp/.x/miner', 'not a program\n', 0o755)
  write('tmp/payload.bin', 'hello, quarry\n')
  write('usr/local/bin/helper', '#!/bin/sh\n', 0o4755)
  write('usr/local/bin/tool', '#!/bin/sh\n', 0o777)
  write('var/tmp/loot.tar', '')
  truncateSync(at('var/tmp/loot.tar'), 200_000_000)
  symlinkSync('/dev/null', at('home/deploy/.bash_history'))

  appendFileSync(
    at('proc/1700/net/tcp'),
    [
      '9: 0A0200C0:A000 426433C6:115C 01 00000000:00000000 00:00000000 00000000    33        0 60001 2 0000000000000000 0',
      '10: 0A0200C0:A002 437100CB:0D05 01 00000000:00000000 00:00000000 00000000     0        0 60002 2 0000000000000000 0\n',
    ].join('\n'),
  )
  plantPrograms(write, at)

  const plant = (process: Planted) => plantProcess(root, process)
  plant({
    pid: 3001,
    parent: 733,
    comm: 'sh',
    exe: '/usr/bin/sh',
    cmdline: ['sh', '-i'],
    uid: 33,
    age: 120,
    sockets: [60001],
  })
  plant({
    pid: 3002,
    parent: 1,
    comm: 'miner',
    exe: '/tmp/.x/miner',
    cmdline: ['/tmp/.x/miner', '-o', 'stratum+tcp://203.0.113.67:3333'],
    sockets: [60002],
    maps: '7f0000000000-7f0000001000 rwxp 00000000 00:00 0 \n',
  })
  plant({
    pid: 3003,
    parent: 3001,
    comm: 'bash',
    exe: '/usr/bin/bash',
    cmdline: ['bash', '-c', 'echo cXVhcnJ5 | base64 -d | sh'],
    uid: 33,
    maps: '7f0000000000-7f0000001000 r-xp 00000000 08:01 77 /usr/lib/libold.so (deleted)\n',
  })
  plant({
    pid: 3004,
    parent: 1,
    comm: 'kworker',
    exe: '/tmp/.x/kworker (deleted)',
    cmdline: ['[kworker/0:1]'],
  })
  return root
}

/** nginx as its package brought it, sshd changed since, and a packed Windows program. */
function plantPrograms(write: (path: string, bytes: string | Buffer) => void, at: (path: string) => string) {
  const md5 = createHash('md5')
    .update(readFileSync(at('usr/sbin/nginx')))
    .digest('hex')
  write('var/lib/dpkg/info/nginx.md5sums', `${md5}  usr/sbin/nginx\n`)
  write('var/lib/dpkg/info/openssh-server.md5sums', `${'0'.repeat(32)}  usr/sbin/sshd\n`)
  const sections = [{ name: 'UPX0', bytes: Buffer.alloc(600, 1), characteristics: 0xe0000020 }]
  write('var/tmp/setup.exe', makePe({ sections }))
}

function plantProcess(
  root: string,
  { pid, parent, comm, exe, cmdline, uid = 0, age, sockets = [], maps = '' }: Planted,
): void {
  const folder = join(root, 'proc', String(pid))
  mkdirSync(join(folder, 'fd'), { recursive: true })
  mkdirSync(join(folder, 'ns'))
  const ticks = age === undefined ? 2_000_000 : Math.floor((Date.now() / 1000 - age - bootTime(root)) * 100)
  const fields = [
    pid,
    `(${comm})`,
    'S',
    parent,
    pid,
    pid,
    0,
    -1,
    0,
    0,
    0,
    0,
    0,
    5,
    5,
    0,
    0,
    20,
    0,
    1,
    0,
    ticks,
    9_000_000,
    900,
  ]
  writeFileSync(join(folder, 'stat'), `${[...fields, ...Array(28).fill(0)].join(' ')}\n`)
  const ids = (name: string) => `${name}:\t${Array(4).fill(uid).join('\t')}`
  const status = [
    `Name:\t${comm}`,
    'State:\tS (sleeping)',
    `Pid:\t${pid}`,
    `PPid:\t${parent}`,
    ids('Uid'),
    ids('Gid'),
    'VmRSS:\t 3600 kB',
    'Threads:\t1',
  ]
  writeFileSync(join(folder, 'status'), `${status.join('\n')}\n`)
  writeFileSync(join(folder, 'comm'), `${comm}\n`)
  writeFileSync(join(folder, 'cmdline'), `${cmdline.join('\0')}\0`)
  writeFileSync(join(folder, 'cgroup'), '0::/system.slice\n')
  writeFileSync(join(folder, 'environ'), 'HISTFILE=/dev/null\0')
  writeFileSync(join(folder, 'maps'), maps)
  symlinkSync(exe, join(folder, 'exe'))
  symlinkSync('/', join(folder, 'cwd'))
  symlinkSync('/', join(folder, 'root'))
  symlinkSync('net:[4026531840]', join(folder, 'ns/net'))
  symlinkSync('/tmp/payload.bin', join(folder, 'fd/1'))
  for (const [index, inode] of sockets.entries())
    symlinkSync(`socket:[${inode}]`, join(folder, 'fd', String(index + 3)))
}

function bootTime(root: string): number {
  return Number(/^btime (\d+)/m.exec(readFileSync(join(root, 'proc/stat'), 'utf8'))![1])
}
