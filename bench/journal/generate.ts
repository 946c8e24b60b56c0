import { container, update } from './deployments.ts'
import { compile, cronJob, shellSession, webRequest } from './doings.ts'
import { type GeneratedEvent, Host, type Running } from './host.ts'
import { outgoing, script } from './scripts.ts'

export const DAY = 86_400_000
export const FIRST_DAY = Date.UTC(2026, 0, 1)

/** How much of each doing there is: its share of all events, and about how many events one makes. */
const mix: { weight: number; events: number; run(host: Host, at: number, tree: Tree): void }[] = [
  { weight: 0.18, events: 15, run: (host, at, tree) => cronJob(host, at, tree.cron) },
  { weight: 0.2, events: 43, run: build },
  { weight: 0.05, events: 37, run: (host, at, tree) => shellSession(host, at, tree.sshd) },
  { weight: 0.26, events: 4.5, run: (host, at, tree) => webRequest(host, at, tree.nginx, tree.app) },
  { weight: 0.085, events: 47, run: (host, at, tree) => container(host, at, tree.dockerd) },
  { weight: 0.005, events: 1600, run: (host, at, tree) => update(host, at, tree.cron) },
  { weight: 0.2, events: 36, run: (host, at, tree) => script(host, at, tree.init) },
  { weight: 0.02, events: 4, run: (host, at, tree) => outgoing(host, at, tree.app) },
]

type Tree = Record<'init' | 'cron' | 'sshd' | 'nginx' | 'app' | 'dockerd' | 'runner', Running>

/**
 * Days of an imagined server, about `perDay` events each, in the order of their times. Every day has its busy hours, and every
 * doing its bursts; names, sizes, ports, hashes, ids of containers and temporary files are as random as they are in life.
 */
export function* days(count: number, perDay: number, seed = 1): Generator<GeneratedEvent[]> {
  const host = new Host(seed)
  const tree = boot(host)
  let late: GeneratedEvent[] = []
  for (let day = 0; day < count; day++) {
    const begin = FIRST_DAY + day * DAY
    for (const { weight, events, run } of mix) {
      for (let left = Math.round((perDay * weight) / events + host.random.next() - 0.5); left > 0; left--)
        run(host, begin + momentOfDay(host), tree)
    }
    const all = [...late, ...host.events].sort((a, b) => a.time - b.time)
    host.events = []
    const cut = all.findIndex((event) => event.time >= begin + DAY)
    late = cut < 0 ? [] : all.slice(cut)
    yield cut < 0 ? all : all.slice(0, cut)
  }
}

function momentOfDay({ random }: Host): number {
  for (;;) {
    const moment = random.int(DAY)
    const hour = moment / 3_600_000
    if (random.chance(0.25 + 0.75 * Math.max(0, Math.sin(((hour - 6) / 14) * Math.PI)))) return moment
  }
}

function build(host: Host, at: number, tree: Tree): void {
  const make = host.start(
    at,
    tree.runner,
    '/usr/bin/make',
    `make -j2 -C /home/projects/app${host.random.zipf(24)} all`,
  )
  let now = at + 20
  for (let left = host.random.between(1, 4); left > 0; left--) now = compile(host, now, make)
  host.end(now, make)
}

function boot(host: Host): Tree {
  const kernel: Running = {
    spid: '0:0',
    parent: '0:0',
    path: '',
    user: { uid: 0, name: 'root' },
    cgroup: '/init.scope',
    container: '',
    session: -1,
    cwd: '/',
    startedAt: FIRST_DAY,
  }
  const init = host.start(FIRST_DAY - 5000, kernel, '/usr/lib/systemd/systemd', '/sbin/init')
  const service = (name: string, path: string, cmdLine: string, uid = 0) =>
    host.start(FIRST_DAY - 4000, init, path, cmdLine, {
      cgroup: `/system.slice/${name}.service`,
      user: uid === 0 ? init.user : { uid, name },
    })
  return {
    init,
    cron: service('cron', '/usr/sbin/cron', '/usr/sbin/cron -f -P'),
    sshd: service('ssh', '/usr/sbin/sshd', 'sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups'),
    nginx: service('www-data', '/usr/sbin/nginx', 'nginx: worker process', 33),
    app: service('app', '/usr/bin/node', 'node --enable-source-maps /srv/app/server.js', 998),
    dockerd: service(
      'docker',
      '/usr/bin/dockerd',
      '/usr/bin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock',
    ),
    runner: service(
      'runner',
      '/opt/runner/bin/Runner.Worker',
      '/opt/runner/bin/Runner.Worker spawnclient 129 132',
      997,
    ),
  }
}
