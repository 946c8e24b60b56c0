import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Here, openHere, processNow, whyNoBpf } from './testing/open-here.ts'

const why = whyNoBpf()

describe.skipIf(why)(`processes by BPF${why ? ` (skipped: ${why})` : ''}`, () => {
  let here: Here
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'quarry-bpf-')))

  beforeAll(async () => {
    here = await openHere()
  })
  afterAll(async () => {
    await here.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('a short-lived program, with its long command line whole', async () => {
    const long = 'ä'.repeat(5000)
    const { pid } = spawnSync('/bin/true', [long, 'two words', ''], { cwd: folder })
    const event = await here.event('exec', ({ process }) => process.pid === pid)
    const file = statSync('/bin/true')
    expect(event).toMatchObject({
      comm: 'true',
      path: realpathSync('/bin/true'),
      cmdLine: `/bin/true ${long} two words`.trim(),
      cwd: folder,
      parent: processNow(process.pid),
      uid: process.getuid?.(),
      euid: process.geteuid?.(),
      gid: process.getgid?.(),
      image: { device: file.dev, inode: file.ino, size: file.size },
    })
    expect(event.incomplete).toBeUndefined()
    expect(Math.abs(event.at - Date.now())).toBeLessThan(60_000)
    const end = await here.event('exit', ({ process }) => process.pid === pid)
    expect(end).toMatchObject({ process: event.process, exitCode: 0 })
    expect(end.at).toBeGreaterThanOrEqual(event.at)
  })

  test('start, session and control group are those of /proc', async () => {
    const child = spawn('/bin/sleep', ['60'])
    const pid = child.pid!
    const event = await here.event('exec', ({ process }) => process.pid === pid)
    expect(event.process).toEqual(processNow(pid))
    expect(event.sessionId).toBe(Number(readFileSync(`/proc/${pid}/sessionid`, 'latin1')) | 0)
    const groups = readFileSync(`/proc/${pid}/cgroup`, 'latin1').split('\n')
    const unified = groups.find((line) => line.startsWith('0::'))?.slice(3)
    const memory = groups.find((line) => line.includes(':memory:'))?.split(':memory:')[1]
    expect(event.cgroup).toBe(unified === '/' && memory ? memory : unified)
    child.kill('SIGKILL')
    const end = await here.event('exit', ({ process }) => process.pid === pid)
    expect(end.exitCode).toBe(137)
  })

  test('exit code, processor time and memory of an end', async () => {
    const child = spawn(process.execPath, [
      '-e',
      `const bytes = Buffer.alloc(150e6, 1)
       const end = process.cpuUsage().user + 300000
       while (process.cpuUsage().user < end) bytes.indexOf(2)
       process.exit(7)`,
    ])
    await once(child, 'exit')
    const end = await here.event('exit', ({ process }) => process.pid === child.pid)
    expect(end.exitCode).toBe(7)
    expect(end.cpuMillis).toBeGreaterThanOrEqual(300)
    expect(end.cpuMillis).toBeLessThan(60_000)
    expect(end.peakMemoryBytes).toBeGreaterThan(150e6)
    expect(end.peakMemoryBytes).toBeLessThan(2e9)
    // Its threads are no processes.
    expect(here.all('fork', ({ process }) => process.pid === child.pid)).toEqual([])
    expect(here.all('exit', ({ process }) => process.pid === child.pid)).toHaveLength(1)
  })

  test('a relative name and a link give the path of the program', async () => {
    const program = join(folder, 'program')
    copyFileSync('/bin/true', program)
    symlinkSync('program', join(folder, 'link'))
    const relative = './link'
    const { pid } = spawnSync(relative, [], { cwd: folder })
    const event = await here.event('exec', ({ process }) => process.pid === pid)
    expect(event).toMatchObject({ path: program, cmdLine: './link', image: { inode: statSync(program).ino } })
  })

  test('a script is told with its interpreter', async () => {
    const { pid } = spawnSync('/usr/bin/ldd', ['--version'])
    const event = await here.event('exec', ({ process }) => process.pid === pid)
    expect(event.path).toMatch(/\/bash$/)
    expect(event.cmdLine).toBe('/bin/bash /usr/bin/ldd --version')
  })

  test('a path is named as the process’s own root folder does', async () => {
    const root = join(folder, 'root')
    const libraries =
      spawnSync('/usr/bin/ldd', ['/bin/true'], { encoding: 'utf8' }).stdout.match(/\/\S+/g) ?? []
    for (const file of ['/bin/true', ...libraries]) {
      mkdirSync(join(root, dirname(file)), { recursive: true })
      copyFileSync(file, join(root, file))
    }
    const { pid, status } = spawnSync('/usr/sbin/chroot', [root, '/bin/true'])
    expect(status).toBe(0)
    const event = await here.event('exec', ({ process, comm }) => process.pid === pid && comm === 'true')
    expect(event).toMatchObject({ path: '/bin/true', cwd: '/' })
  })

  test('a process without a program of its own, made by one that is told before', async () => {
    const { pid } = spawnSync('/bin/sh', ['-c', '(exit 4); (exit 5); exit 6'])
    const made = (code: number) =>
      here.event(
        'exit',
        ({ process, exitCode }) => process.pid !== pid && exitCode === code && isChild(process.pid),
      )
    const isChild = (child: number) =>
      here.all('fork', ({ process, parent }) => process.pid === child && parent?.pid === pid).length > 0
    const end = await made(4)
    const fork = here.all('fork', ({ process }) => process.pid === end.process.pid)[0]
    expect(fork).toMatchObject({
      process: end.process,
      path: realpathSync('/bin/sh'),
      cmdLine: '/bin/sh -c (exit 4); (exit 5); exit 6',
    })
    await made(5)
    await here.event('exit', ({ process, exitCode }) => process.pid === pid && exitCode === 6)
    const shell = here.all('exec', ({ process }) => process.pid === pid)[0]!
    expect(here.events.indexOf(shell)).toBeLessThan(here.events.indexOf(fork!))
    // The one that became a program at once is told as that alone.
    expect(here.all('fork', ({ process }) => process.pid === pid)).toEqual([])
  })

  test('a command line beyond a record is read from /proc, else said to be incomplete', async () => {
    const parts = Array.from({ length: 3 }, () => 'x'.repeat(100_000))
    const { pid } = spawnSync('/bin/true', parts)
    const short = await here.event('exec', ({ process }) => process.pid === pid)
    expect(short.cmdLine.length).toBeGreaterThan(60_000)
    expect(short.incomplete ?? short.cmdLine.length > 300_000).toBe(true)
    const child = spawn('/bin/sh', ['-c', 'read line', ...parts])
    const running = await here.event('exec', ({ process }) => process.pid === child.pid)
    child.kill('SIGKILL')
    expect(running).toMatchObject({ cmdLine: `/bin/sh -c read line ${parts.join(' ')}` })
    expect(running.incomplete).toBeUndefined()
  })

  test('more than the ring holds, read as it comes', async () => {
    const long = 'y'.repeat(60_000)
    const loop = 'for one in $(seq 320); do /bin/true "$0" $one; done'
    const shell = spawn('/bin/sh', ['-c', loop, long])
    const lines = () =>
      here.all('exec', ({ parent }) => parent?.pid === shell.pid).map(({ cmdLine }) => cmdLine)
    await here.until(() => lines().length >= 321)
    const seen = lines()
    for (let one = 1; one <= 320; one++) expect(seen[one]).toBe(`/bin/true ${long} ${one}`)
    expect(here.open.lost().process).toBe(0)
  })
})
