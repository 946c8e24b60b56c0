import type { Host, Running } from './host.ts'
import { account, domain, word } from './names.ts'
import { programs } from './programs.ts'

/** Scripts and programs that go out to the net: the long tail of what runs on a server. */

const roots = ['/var/lib', '/srv/data', '/etc', '/var/log', '/home', '/opt/app', '/var/cache', '/tmp']

/** Files that are there: some are used all the time, most now and then. */
function existingFile(host: Host): string {
  const { random } = host
  const at = random.zipf(20_000)
  return `${roots[at % roots.length]}/${word(at % 90)}/${word(at)}${at % 7}.${['log', 'conf', 'json', 'db', 'csv', 'txt'][at % 6]}`
}

function argument(host: Host): string {
  const { random } = host
  const kind = random.int(10)
  if (kind < 3) return existingFile(host)
  if (kind < 5) return `-${'abcdefhilnopqrstvxz'[random.zipf(19)]}`
  if (kind === 5) return `--${word(random.zipf(120))}=${random.zipf(900)}`
  if (kind === 6) return String(random.zipf(100_000))
  if (kind === 7) return word(random.zipf(400))
  if (kind === 8) return `/tmp/tmp.${random.letters(10)}`
  return `--${word(random.zipf(60))}-${word(random.zipf(60))}`
}

/** A script of a timer or of somebody: many small programs one after the other, files that they write, sometimes a call out. */
export function script(host: Host, at: number, init: Running): void {
  const { random } = host
  const number = random.zipf(400)
  const user = account(random.zipf(60))
  const unit = `${word(number)}-${word(number + 9)}`
  const shell = host.start(at, init, '/usr/bin/bash', `/bin/bash /usr/local/lib/${word(number)}/${unit}.sh`, {
    user,
    cwd: user.uid < 1000 ? '/' : `/home/${user.name}`,
    cgroup: `/system.slice/${unit}.service`,
    session: -1,
  })
  let now = at + 6
  for (let left = random.between(4, 26); left > 0; left--) {
    // A script runs much the same each time, and something else now and then.
    const usual = (number * 37 + left * 101) % 90
    const path = programs[random.chance(0.6) ? usual : random.zipf(programs.length)]!
    const name = path.slice(path.lastIndexOf('/') + 1)
    const words = Array.from({ length: random.between(0, 5) }, () => argument(host))
    const child = host.start(now, shell, path, [name, ...words].join(' '))
    if (random.chance(0.35))
      host.file(now + 2, child, random.pick([0, 3, 3, 3]), existingFile(host), {
        kind: 'Data',
        born: now - random.around(9e7),
      })
    if (random.chance(0.04)) outgoing(host, now + 3, child)
    const done = now + random.around(12)
    host.end(done, child)
    now = done + 1
  }
  host.end(now, shell)
}

/** A call to one of thousands of names, few of which are usual. */
export function outgoing(host: Host, at: number, from: Running): void {
  const { random } = host
  const { name, address } = domain(random, random.zipf(12_000))
  const port = [443, 443, 443, 443, 80, 25, 993, 8443, 5432, 6379][random.zipf(10)]!
  host.call(at, from, name, address, port, [2500, 12_000])
}
