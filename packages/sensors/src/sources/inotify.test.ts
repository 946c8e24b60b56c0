import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SensorEvent } from '@quarry/schema/events'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openWatches } from '../inotify/open-watches.ts'
import { type Alone, openAlone } from '../testing/open-alone.ts'
import { watch } from '../testing/watch.ts'
import source from './inotify.ts'

type FileEvent = Extract<SensorEvent, { type: 'file' }>

let root: string
let alone: Alone
const shell = (script: string) => execFileSync('/bin/sh', ['-ec', script], { cwd: root })
const lines = (events: SensorEvent[]) =>
  events
    .filter((event): event is FileEvent => event.type === 'file')
    .map(({ action, directory, path, targetPath }) =>
      [action, directory ? 'folder' : 'file', path, targetPath].filter(Boolean).join(' '),
    )
let ends = 0
/** What was told, once everything until now is. */
async function told() {
  const end = `/etc/end${ends++}`
  writeFileSync(join(root, end), '')
  await alone.until(() => lines(alone.events).some((line) => line === `modified file ${end}`))
  return lines(alone.events).filter((line) => !/end\d+$/.test(line))
}

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'quarry-inotify-'))
  for (const folder of ['etc/cron.d', 'tmp', 'home/eve/.ssh', 'var/lib/deep', 'etc/a/b/c/d'])
    mkdirSync(join(root, folder), { recursive: true })
  writeFileSync(join(root, 'etc/passwd'), 'root')
  alone = await openAlone(source, { root })
})
afterEach(async () => {
  await alone.close()
  rmSync(root, { recursive: true, force: true })
})

test('tells what happens to files where it matters, and that it does not know who did it', async () => {
  shell(
    'echo "* * * * * root x" > etc/cron.d/job; chmod 600 etc/cron.d/job; mv etc/cron.d/job etc/cron.d/work',
  )
  shell('ln etc/passwd etc/shadowed; echo key >> home/eve/.ssh/authorized_keys; rm etc/cron.d/work')
  expect(await told()).toEqual([
    'created file /etc/cron.d/job',
    'modified file /etc/cron.d/job',
    'permissions file /etc/cron.d/job',
    'renamed file /etc/cron.d/job /etc/cron.d/work',
    'created file /etc/shadowed',
    'created file /home/eve/.ssh/authorized_keys',
    'modified file /home/eve/.ssh/authorized_keys',
    'deleted file /etc/cron.d/work',
  ])
  const key = alone.events.find(
    (event) => event.type === 'file' && event.action === 'modified' && event.path.endsWith('_keys'),
  )
  expect(key).toMatchObject({
    size: 4,
    content: 'other',
    device: expect.any(Number),
    inode: expect.any(Number),
  })
  expect(alone.events.every(({ process }) => process === undefined)).toBe(true)
})

test('watches folders that are made, and finds what was put into them at once', async () => {
  shell('mkdir -p tmp/new/inner; echo x > tmp/new/inner/file; mv tmp/new tmp/other; sleep 0.2')
  await told()
  shell('echo y > tmp/other/inner/later')
  const all = await told()
  expect(all).toEqual(
    expect.arrayContaining(['created folder /tmp/new', 'renamed folder /tmp/new /tmp/other']),
  )
  expect(all.filter((line) => /(inner|file|later)$/.test(line)).slice(-2)).toEqual([
    'created file /tmp/other/inner/later',
    'modified file /tmp/other/inner/later',
  ])
})

test('what leaves the watched folders is gone, what comes is new; the rest is not seen, and that is said', async () => {
  shell(
    'mv etc/passwd var/lib/passwd; echo x > var/lib/deep/unseen; mv var/lib/passwd etc/back; echo x > etc/a/b/c/d/unseen',
  )
  await alone.until(() => lines(alone.events).includes('deleted file /etc/passwd'))
  expect((await told()).toSorted()).toEqual(['created file /etc/back', 'deleted file /etc/passwd'])
  expect(alone.open.limits?.file?.join(' ')).toMatch(/^Only 8 folders are watched/)
})

test('watches no more folders than it may, and says how many found no place', async () => {
  const few = await openAlone({ ...source, open: async (context) => openWatches(context, 3) }, { root })
  expect(few.open.limits?.file).toEqual([
    expect.stringMatching(/^Only 3 folders/),
    '6 more of them found no place or may not be read.',
  ])
  await few.close()
})

test('is taken where fanotify is not allowed', async () => {
  await using watched = await watch(['inotify'], { root })
  expect(watched.sensors.status().find(({ layer }) => layer === 'file')).toMatchObject({
    source: 'inotify',
    limits: expect.arrayContaining(['Which process changed a file is not told.']),
  })
})
