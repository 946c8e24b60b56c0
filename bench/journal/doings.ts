import http from '@quarry/schema/journals/sophos_http_journal'
import winsec from '@quarry/schema/journals/sophos_winsec_journal'
import type { Host, Running } from './host.ts'
import { account, word } from './names.ts'
import { programs } from './programs.ts'

/** Things that an imagined server does, each as a recorded one looks: what runs, what it touches, whom it talks to. */

const commands = [
  ['ls', () => '-la --color=auto'],
  [
    'cat',
    (host) => `/etc/${host.random.pick(['passwd', 'hosts', 'fstab', 'nginx/nginx.conf', 'os-release'])}`,
  ],
  ['grep', (host) => `-rn --include=*.ts ${host.random.letters(host.random.between(4, 9))} src/`],
  ['git', (host) => `commit -m ${host.random.letters(12)} ${host.random.hex(7)}`],
  ['vim', (host) => `/home/projects/${projectFile(host)}`],
  ['tail', (host) => `-n ${host.random.between(10, 900)} /var/log/syslog`],
  ['ps', () => 'aux'],
  ['systemctl', (host) => `status ${host.random.pick(['nginx', 'postgresql', 'cron', 'ssh'])}`],
  ['rsync', (host) => `-az --delete /srv/data/ backup@192.168.10.40:/backups/${host.random.hex(8)}/`],
] as const satisfies readonly (readonly [string, (host: Host) => string])[]

/** Words that file names are made of. */
export const words = Array.from({ length: 160 }, (_, number) => word(number + 7000))

export function projectFile(host: Host): string {
  const { random } = host
  const project = random.zipf(24)
  return `app${project}/src/${words[random.zipf(words.length)]}/${words[random.zipf(words.length)]}-${words[random.zipf(words.length)]}${random.zipf(30)}.${random.pick(['c', 'ts', 'h'])}`
}

export function cronJob(host: Host, at: number, init: Running): void {
  const { random } = host
  const job = random.zipf(14)
  const shell = host.start(
    at,
    init,
    '/usr/bin/dash',
    `/bin/sh -c /usr/local/sbin/job${job}.sh >/dev/null 2>&1`,
    {
      cgroup: '/system.slice/cron.service',
      cwd: '/root',
      session: random.between(1000, 90_000),
    },
  )
  let now = at + 4
  for (let index = random.between(2, 6); index > 0; index--) {
    const name = ['find', 'awk', 'sed', 'date', 'df', 'stat', 'curl', 'test', 'wc'][random.zipf(9)]!
    const child = host.start(now, shell, `/usr/bin/${name}`, `${name} ${cronArguments(host, name, job)}`)
    if (name === 'curl')
      host.call(
        now + 5,
        child,
        `metrics${random.zipf(5)}.example.net`,
        `203.0.113.${random.zipf(60)}`,
        443,
        [900, 4000],
      )
    now += random.around(15)
    host.end(now, child)
  }
  const log = `/var/log/jobs/job${job}.log`
  host.file(now, shell, 3, log, {
    fileId: `2049:${524_300 + job}`,
    size: (2000 + (at % 86_400_000) / 1000) | 0,
    kind: 'Data',
    born: at - (at % 86_400_000),
  })
  host.end(now + 5, shell)
}

function cronArguments(host: Host, name: string, job: number): string {
  const { random } = host
  if (name === 'find') return `/var/spool/job${job} -type f -mmin +${random.pick([5, 60, 1440])} -delete`
  if (name === 'curl') return `-fsS -m 10 https://metrics.example.net/push/${job}?t=${random.int(2 ** 31)}`
  if (name === 'stat') return `-c %Y /run/job${job}.${random.hex(6)}`
  return ['-h', '-s /var', "'{print $1}'", '-l', `+%s`][random.zipf(5)]!
}

/** A compile of one file, as gcc does it: three programs, two temporary files, one object. */
export function compile(host: Host, at: number, make: Running): number {
  const { random } = host
  const source = projectFile(host)
  const object = source.replace(/\.\w+$/, '.o').replace('/src/', '/build/')
  const temporary = `/tmp/cc${random.letters(6)}.s`
  const flags = '-O2 -g -Wall -fstack-protector-strong -Iinclude -I/usr/include/libxml2 -DNDEBUG'
  const cc = host.start(at, make, '/usr/bin/x86_64-linux-gnu-gcc-12', `cc ${flags} -c -o ${object} ${source}`)
  const cc1 = host.start(
    at + 6,
    cc,
    '/usr/lib/gcc/x86_64-linux-gnu/12/cc1',
    `/usr/lib/gcc/x86_64-linux-gnu/12/cc1 -quiet ${flags} ${source} -o ${temporary}`,
  )
  const fileId = host.inode()
  host.file(at + 9, cc1, 0, temporary, { fileId, size: 0 })
  const compiled = at + random.around(220)
  host.file(compiled, cc1, 3, temporary, { fileId, born: at + 9, size: random.around(40_000) })
  host.end(compiled + 2, cc1)
  const as = host.start(compiled + 5, cc, '/usr/bin/x86_64-linux-gnu-as', `as --64 -o ${object} ${temporary}`)
  host.file(compiled + 30, as, 3, `/home/projects/${object}`, { kind: 'Binary', size: random.around(24_000) })
  host.end(compiled + 31, as)
  host.file(compiled + 32, cc, 2, temporary, { fileId, born: at + 9, size: 0 })
  host.end(compiled + 33, cc)
  return compiled + 40
}

export function shellSession(host: Host, at: number, sshd: Running): void {
  const { random } = host
  const user = account(25 + random.zipf(40))
  const { uid } = user
  const session = random.between(90_000, 99_999)
  const address = `192.168.${random.zipf(4)}.${random.zipf(60)}`
  const port = random.between(32768, 60999)
  host.flow(at, sshd, 'inbound', address, port, '192.168.10.23', 22, [40_000, 9000])
  host.emit(winsec, at + 200, {
    event_type: random.chance(0.1) ? 4625 : 4624,
    sophos_pid: sshd.spid,
    username: user.name,
    source: address,
    data: JSON.stringify({
      targetUserName: user.name,
      ipAddress: address,
      ipPort: String(port),
      logonType: 10,
      processName: 'sshd',
    }),
  })
  const bash = host.start(at + 300, sshd, '/usr/bin/bash', '-bash', {
    user,
    session,
    cgroup: `/user.slice/user-${uid}.slice/session-${session}.scope`,
    cwd: `/home/${user.name}`,
  })
  let now = at + 2000
  for (let index = random.between(3, 30); index > 0; index--) {
    now += random.around(6000)
    const [name, argument] = commands[random.zipf(commands.length)]!
    const rare = random.chance(0.25)
    const path = rare ? programs[random.zipf(programs.length)]! : `/usr/bin/${name}`
    const child = host.start(now, bash, path, `${path.slice(path.lastIndexOf('/') + 1)} ${argument(host)}`, {
      cwd: `/home/projects/app${random.zipf(24)}`,
    })
    const done = now + random.around(80)
    if (name === 'git' && !rare) {
      const hash = random.hex(40)
      const object = `/home/projects/app${random.zipf(24)}/.git/objects/${hash.slice(0, 2)}/${hash.slice(2)}`
      const fileId = host.inode()
      host.file(done - 4, child, 0, object.replace(/[^/]+$/, `tmp_obj_${random.letters(6)}`), {
        fileId,
        size: 0,
      })
      host.file(done - 2, child, 1, object.replace(/[^/]+$/, `tmp_obj_${random.letters(6)}`), {
        fileId,
        target: object,
        kind: 'Data',
      })
    }
    host.end(done, child)
  }
  host.file(now + 900, bash, 3, `/home/${user.name}/.bash_history`, {
    fileId: `2049:${655_000 + uid}`,
    kind: 'Data',
    born: 1_767_225_600_000,
  })
  host.end(now + 1000, bash)
}

export function webRequest(host: Host, at: number, nginx: Running, app: Running): void {
  const { random } = host
  // Most visitors come once; some come all the time.
  const rank = random.zipf(60_000)
  const visitor =
    rank < 30
      ? `10.0.3.${rank}`
      : `${((rank * 7919) % 220) + 3}.${(rank * 104_729) % 256}.${(rank >> 8) % 256}.${((rank * 31) % 254) + 1}`
  host.flow(at, nginx, 'inbound', visitor, random.between(1025, 65535), '192.168.10.23', 443, [18_000, 1200])
  if (random.chance(0.5))
    host.flow(
      at + 2,
      app,
      'outbound',
      '127.0.0.1',
      random.between(32768, 60999),
      '127.0.0.1',
      5432,
      [600, 9000],
    )
  if (random.chance(0.12))
    host.call(
      at + 5,
      app,
      `api${random.zipf(40)}.partner${random.zipf(8)}.example.com`,
      `198.51.100.${random.zipf(200)}`,
      443,
      [1500, 7000],
    )
  if (random.chance(0.06))
    host.emit(http, at + 3, {
      sophos_pid: nginx.spid,
      source: visitor,
      source_port: random.between(1025, 65535),
      destination: '192.168.10.23',
      destination_port: 80,
      method: 'GET',
      url: `http://shop.example.com/${words[random.zipf(words.length)]}/${random.zipf(5000)}?s=${random.hex(16)}`,
      headers: 'Host: shop.example.com\nAccept: */*\nAccept-Encoding: gzip, deflate',
      user_agent: `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/${130 + random.zipf(14)}.0.${random.zipf(900)}.0 Safari/537.36`,
    })
  if (random.chance(0.25)) {
    const upload = `/srv/app/uploads/${random.hex(2)}/${random.hex(8)}-${random.hex(4)}-${random.hex(4)}-${random.hex(12)}.jpg`
    const fileId = host.inode()
    host.file(at + 8, app, 0, upload, { fileId, size: 0 })
    host.file(at + 30, app, 3, upload, { fileId, kind: 'Data', size: random.around(140_000), born: at + 8 })
  }
}
