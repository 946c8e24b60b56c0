import { words } from './doings.ts'
import type { Host, Running } from './host.ts'

/** Things that an imagined server does, each as a recorded one looks: what runs, what it touches, whom it talks to. */

const root = { uid: 0, name: 'root' }

export function container(host: Host, at: number, dockerd: Running): void {
  const { random } = host
  const id = random.hex(64)
  const shim = host.start(
    at,
    dockerd,
    '/usr/bin/containerd-shim-runc-v2',
    `/usr/bin/containerd-shim-runc-v2 -namespace moby -id ${id} -address /run/containerd/containerd.sock`,
  )
  const runc = host.start(
    at + 20,
    shim,
    '/usr/bin/runc',
    `runc --root /var/run/docker/runtime-runc/moby --log /run/containerd/io.containerd.runtime.v2.task/moby/${id}/log.json create --bundle /run/containerd/io.containerd.runtime.v2.task/moby/${id} ${id}`,
  )
  host.folder(at + 25, runc, 0, `/sys/fs/cgroup/system.slice/docker-${id}.scope`)
  host.end(at + 90, runc)
  const inside = host.start(
    at + 95,
    shim,
    '/usr/local/bin/python3.12',
    `python -m worker --task ${random.hex(8)}-${random.hex(4)} --queue ${words[random.zipf(words.length)]}`,
    {
      container: id,
      cgroup: `/system.slice/docker-${id}.scope`,
      cwd: '/app',
      user: { uid: 65_534, name: 'nobody' },
    },
  )
  let now = at + 300
  for (let index = random.between(2, 12); index > 0; index--) {
    host.call(
      now,
      inside,
      `queue${random.zipf(3)}.internal.example.com`,
      `10.20.${random.zipf(8)}.${random.zipf(200)}`,
      5671,
      [3000, 3000],
    )
    host.file(
      now + 40,
      inside,
      0,
      `/var/lib/docker/overlay2/${id.slice(0, 12)}/diff/app/out/${random.letters(10)}.json`,
      { kind: 'Data' },
    )
    now += random.around(2500)
  }
  host.end(now, inside)
  host.folder(now + 30, shim, 2, `/sys/fs/cgroup/system.slice/docker-${id}.scope`)
  host.end(now + 40, shim)
}

/** Packages are updated: many programs and their files are new. */
export function update(host: Host, at: number, init: Running): void {
  const { random } = host
  const apt = host.start(
    at,
    init,
    '/usr/bin/apt-get',
    'apt-get -y -o Dpkg::Options::=--force-confold upgrade',
    { user: root, cgroup: '/system.slice/apt-daily-upgrade.service' },
  )
  let now = at + 3000
  for (let index = random.between(5, 25); index > 0; index--) {
    const name = `lib${random.letters(5).toLowerCase()}${random.zipf(9)}`
    host.call(now, apt, 'deb.debian.org', `151.101.${random.zipf(4)}.132`, 80, [500, 900_000])
    const dpkg = host.start(
      now + 400,
      apt,
      '/usr/bin/dpkg',
      `/usr/bin/dpkg --status-fd 21 --unpack /var/cache/apt/archives/${name}_${random.zipf(9)}.${random.zipf(20)}-${random.zipf(5)}_amd64.deb`,
    )
    for (let files = random.between(4, 90); files > 0; files--) {
      const path = `/usr/${random.pick(['lib/x86_64-linux-gnu', 'share/doc', 'share/locale/de', 'bin'])}/${name}/${random.letters(7).toLowerCase()}`
      const fileId = host.inode()
      host.file(now + 500, dpkg, 0, `${path}.dpkg-new`, {
        fileId,
        kind: random.chance(0.3) ? 'Binary' : 'Data',
      })
      host.file(now + 700, dpkg, 1, `${path}.dpkg-new`, { fileId, target: path, kind: 'Data' })
      now += random.int(12)
    }
    host.end(now + 800, dpkg)
    now += 2000
  }
  host.end(now, apt)
  host.forgetPrograms(0.12)
}
