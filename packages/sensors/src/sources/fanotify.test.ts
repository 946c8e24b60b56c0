import { execFileSync, spawn } from 'node:child_process'
import {
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SensorEvent } from '@quarry/schema/events'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Way } from '../fanotify/calls.ts'
import { openGroup } from '../fanotify/group.ts'
import { type Alone, openAlone } from '../testing/open-alone.ts'
import source from './fanotify.ts'

type FileEvent = Extract<SensorEvent, { type: 'file' }>

const possible = await openAlone(source).then(
  (alone) => alone.close().then(() => true),
  () => false,
)

describe.skipIf(!possible).each<Way>(['targets', 'names'])(
  'fanotify, told of %s (needs CAP_SYS_ADMIN)',
  (way) => {
    let alone: Alone
    let folder: string
    let ends = 0
    const shell = (script: string) => execFileSync('/bin/sh', ['-ec', script], { cwd: folder })
    const below = (path: string | undefined) => path?.startsWith(`${folder}/`) ?? false
    const mine = () =>
      alone.events.filter(
        (event): event is FileEvent =>
          event.type === 'file' && (below(event.path) || below(event.targetPath)),
      )
    const line = ({ action, directory, path, targetPath }: FileEvent) =>
      [action, directory ? 'folder' : 'file', path, targetPath]
        .filter((part) => part !== undefined)
        .join(' ')
        .replaceAll(`${folder}/`, '')
    /** What was told, once everything until now is. */
    async function told() {
      const end = join(folder, `end${ends++}`)
      mkdirSync(end)
      rmSync(end, { recursive: true })
      await alone.until(() => mine().some(({ action, path }) => path === end && action === 'deleted'))
      return mine()
        .map(line)
        .filter((text) => !/ end\d+$/.test(text))
    }

    beforeAll(async () => {
      alone = await openAlone({ ...source, open: async (context) => openGroup(context, [way]) })
    })
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'quarry-fan-'))
    })
    afterEach(() => rmSync(folder, { recursive: true, force: true }))
    afterAll(() => alone.close())

    test('tells the life of a file', async () => {
      shell('printf hello > a; mv a b; chmod 600 b; rm b')
      expect(await told()).toEqual([
        'created file a',
        'modified file a',
        'renamed file a b',
        'permissions file b',
        'deleted file b',
      ])
      expect(alone.open.lost()).toEqual({})
    })

    test('tells who did it, and what the file is by now', async () => {
      const child = spawn('/bin/sh', ['-c', 'printf hello > kept; sleep 60'], { cwd: folder })
      const path = join(folder, 'kept')
      await alone.until(() => mine().some((event) => event.path === path && event.action === 'modified'))
      const startTicks = Number(
        readFileSync(`/proc/${child.pid}/stat`, 'latin1').split(') ')[1]?.split(' ')[19],
      )
      child.kill()
      const stat = statSync(path)
      expect(mine().find((event) => event.path === path && event.action === 'modified')).toEqual({
        type: 'file',
        at: expect.any(Number),
        process: { pid: child.pid, startTicks },
        action: 'modified',
        directory: false,
        path,
        device: stat.dev,
        inode: stat.ino,
        size: 5,
        content: 'other',
        times: {
          birth: Math.floor(stat.birthtimeMs / 1000),
          accessed: Math.floor(stat.atimeMs / 1000),
          modified: Math.floor(stat.mtimeMs / 1000),
          changed: Math.floor(stat.ctimeMs / 1000),
        },
      })
    })

    test.skipIf(way === 'names')(
      'follows folders that are renamed, and finds names in removed ones',
      async () => {
        mkdirSync(join(folder, 'old/deep'), { recursive: true })
        await told()
        alone.events.length = 0
        shell('echo > old/deep/x; mv old new; echo > new/deep/y')
        shell('rm -r new')
        const lines = await told()
        expect(lines.filter((text) => !text.startsWith('modified'))).toEqual([
          'created file old/deep/x',
          'renamed folder old new',
          'created file new/deep/y',
          ...lines.filter((text) => text.startsWith('deleted file')),
          'deleted folder new/deep',
          'deleted folder new',
        ])
        expect(lines.filter((text) => text.startsWith('deleted file')).sort()).toEqual([
          'deleted file new/deep/x',
          'deleted file new/deep/y',
        ])
      },
    )

    test('tells programs, scripts and data apart', async () => {
      shell(
        'cp /bin/true program; echo "#!/bin/sh" > script; printf "PK\\003\\004abc" > archive; echo text > note',
      )
      await told()
      const contents = mine().filter(({ action }) => action === 'modified')
      expect(contents.map(({ path, content }) => `${path.slice(folder.length + 1)} ${content}`)).toEqual([
        'program binary',
        'script binary',
        'archive data',
        'note other',
      ])
      shell('rm program')
      await told()
      expect(mine().find(({ action, directory }) => action === 'deleted' && !directory)).toMatchObject({
        path: join(folder, 'program'),
        content: 'binary',
        size: statSync('/bin/true').size,
      })
    })

    test('tells which attribute changed', async () => {
      writeFileSync(join(folder, 'f'), 'x')
      await told()
      alone.events.length = 0
      chownSync(join(folder, 'f'), 12, 34)
      expect(await told()).toEqual(['ownership file f'])
      utimesSync(join(folder, 'f'), 1_000_000, 1_000_000)
      expect(await told()).toEqual(['ownership file f', 'timestamps file f'])
      shell('chmod 4755 f')
      expect(await told()).toEqual(['ownership file f', 'timestamps file f', 'permissions file f'])
    })

    test('tells a hard link from a new file', async () => {
      shell('echo secret > first')
      await told()
      alone.events.length = 0
      shell('ln first second')
      expect(await told()).toEqual(['hardlinked file first second'])
    })

    test('makes two events of many writes in a row', async () => {
      for (let count = 1; count <= 20; count += 1) {
        writeFileSync(join(folder, 'log'), 'x'.repeat(count))
        await told()
      }
      const modified = () => mine().filter(({ action }) => action === 'modified')
      await alone.until(() => modified().at(-1)?.size === 20)
      expect(modified().at(-1)).toMatchObject({ size: 20 })
      // Two when the machine was quick, more when this took seconds.
      expect(modified().length).toBeLessThan(15)
    })

    test('leaves out files that were opened for writing and not written', async () => {
      shell('echo > lock; sleep 0.1; true')
      await told()
      alone.events.length = 0
      shell('true >> lock')
      await told()
      // The first look came soon after the write, when its clock might not have moved on.
      await new Promise((resolve) => setTimeout(resolve, 100))
      shell('true >> lock')
      await told()
      alone.events.length = 0
      shell('sh -c "true >> lock"; echo > /dev/null')
      expect(await told()).toEqual([])
    })

    test('survives names that are no text', async () => {
      const name = Buffer.from([0x61, 0xff, 0x0a, 0x62])
      writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), name]), '#!/bin/sh')
      writeFileSync(join(folder, 'größe\n"'), '12345')
      await told()
      expect(mine().find(({ action, path }) => action === 'modified' && path.includes('a'))).toMatchObject({
        path: join(folder, 'a\uFFFD\nb'),
        content: 'binary',
        size: 9,
      })
      expect(mine().find(({ action, path }) => action === 'modified' && path.endsWith('"'))).toMatchObject({
        path: join(folder, 'größe\n"'),
        size: 5,
      })
    })

    test('watches what is mounted later, and does not keep it mounted', async () => {
      const point = join(folder, 'mounted')
      mkdirSync(point)
      execFileSync('mount', ['-t', 'tmpfs', 'quarry-test', point])
      try {
        alone.open.tick?.(Date.now())
        shell('echo x > mounted/inside')
        await alone.until(() =>
          mine().some(({ action, path }) => action === 'modified' && path === `${point}/inside`),
        )
        expect(mine().find(({ path }) => path === `${point}/inside`)).toMatchObject({
          action: 'created',
          device: statSync(point).dev,
        })
      } finally {
        execFileSync('umount', [point])
      }
      alone.open.tick?.(Date.now())
      shell('echo x > mounted/outside')
      expect(await told()).toContain('modified file mounted/outside')
    })

    test('loses nothing when thousands of files come and go', async () => {
      const count = 5000
      execFileSync(process.execPath, [
        '-e',
        `const fs = require('fs'); for (let i = 0; i < ${count}; i++) { const f = '${folder}/f' + i; fs.writeFileSync(f, 'x'); fs.unlinkSync(f) }`,
      ])
      await told()
      const seen = new Map<string, Set<string>>()
      for (const { action, path, directory } of mine())
        if (!directory) seen.set(action, (seen.get(action) ?? new Set()).add(path))
      expect([...seen].map(([action, paths]) => [action, paths.size])).toEqual(
        expect.arrayContaining([
          ['created', count],
          ['modified', count],
          ['deleted', count],
        ]),
      )
      expect(alone.open.lost()).toEqual({})
    })
  },
)
