import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import type { Table } from '../define-table.ts'
import { fixtureRoot } from '../fixture.ts'
import type { Host } from '../host/host.ts'
import { openHost } from '../host/open-host.ts'
import file from '../tables/file.ts'
import hash from '../tables/hash.ts'
import pci from '../tables/pci_devices.ts'
import processes from '../tables/processes.ts'
import yara from '../tables/yara_file.ts'
import { openRoot } from '../testing/root-folder.ts'
import { openEngine } from './engine.ts'

const touches = [
  'read',
  'readBytes',
  'lines',
  'chunks',
  'list',
  'entries',
  'readlink',
  'stat',
  'lstat',
  'hash',
] as const

/** The host, and what tables ask of it: `read /proc/1/stat`. */
function watched(host: Host) {
  const asked: string[] = []
  const watching = Object.fromEntries(
    touches.map((name) => [
      name,
      (path: string, ...more: never[]) => {
        asked.push(`${name} ${path}`)
        return (host[name] as (...args: unknown[]) => unknown)(path, ...more)
      },
    ]),
  )
  return { host: { ...host, ...watching } as Host, asked }
}

const { host, asked } = watched(openHost({ root: fixtureRoot, platform: 'linux' }))
const engine = await openEngine({ tables: [processes, file, hash, yara] as unknown as Table[], host })
afterAll(() => engine.close())

function askedBy(sql: string): string[] {
  asked.length = 0
  expect(engine.all(sql).length).toBeGreaterThan(0)
  return asked
}

test('the pids of processes open nothing of a process', () => {
  expect(askedBy('SELECT pid FROM processes')).toEqual(['list /proc'])
  expect(askedBy('SELECT count(*) FROM processes')).toEqual(['list /proc'])
})

test('a column of processes opens the file that tells it, and no other', () => {
  expect(askedBy('SELECT cmdline FROM processes WHERE pid = 1')).toEqual([
    'list /proc',
    'read /proc/1/cmdline',
  ])
  expect(askedBy('SELECT uid, resident_size FROM processes WHERE pid = 1')).toEqual([
    'list /proc',
    'read /proc/1/status',
  ])
  expect(askedBy('SELECT path FROM processes WHERE pid = 1')).toEqual(['list /proc', 'readlink /proc/1/exe'])
  expect(askedBy('SELECT cwd FROM processes WHERE pid = 1')).toEqual(['list /proc', 'readlink /proc/1/cwd'])
})

test('names that a folder lists are not looked at one by one; what they are is', () => {
  expect(askedBy("SELECT path, filename FROM file WHERE path LIKE '/etc/%'")).toEqual(['entries /etc'])
  expect(askedBy("SELECT count(*) FROM file WHERE directory = '/etc'")).toEqual(['entries /etc'])
  expect(askedBy("SELECT path FROM file WHERE path = '/etc/hosts'")).toEqual(['lstat /etc/hosts'])
  expect(askedBy("SELECT size FROM file WHERE path LIKE '/etc/hosts%'")).toContain('lstat /etc/hosts')
})

test('only the hashes that are asked for are worked out, and none for the names alone', () => {
  expect(askedBy("SELECT path FROM hash WHERE path = '/etc/hosts'")).toEqual(['stat /etc/hosts'])
  expect(askedBy("SELECT md5 FROM hash WHERE path = '/etc/hosts'")).toEqual(['hash /etc/hosts'])
})

test('rules read a file once, however often it is asked for', () => {
  const rule = "'rule a { condition: filesize > 0 }'"
  const read = askedBy(`
    SELECT f.path, y.count FROM (SELECT 1 UNION ALL SELECT 2), (SELECT '/etc/hosts' AS path) f
    JOIN yara y ON y.path = f.path WHERE y.sigrule = ${rule}`).filter((what) => what.startsWith('read'))
  expect(read).toEqual(['readBytes /etc/hosts'])
})

test('an id of a device is read from its own file, and the list of names only for names', async () => {
  const slot = '/sys/bus/pci/devices/0000:00:01.0'
  const root = await openRoot([pci] as unknown as Table[], {
    [`${slot}/vendor`]: '0x1af4\n',
    '/usr/share/misc/pci.ids': '1af4  Red Hat\n',
  })
  const machine = watched(openHost({ root: root.root, platform: 'linux' }))
  const own = await openEngine({ tables: [pci] as unknown as Table[], host: machine.host })
  const reads = () => machine.asked.splice(0).filter((what) => !what.startsWith('entries'))
  expect(own.all('SELECT vendor_id FROM pci_devices')).toEqual([{ vendor_id: '0x1af4' }])
  expect(reads()).toEqual([`read ${slot}/vendor`])
  expect(own.all('SELECT vendor FROM pci_devices')).toEqual([{ vendor: 'Red Hat' }])
  expect(reads()).toEqual(['lines /usr/share/misc/pci.ids', `read ${slot}/vendor`])
  own.close()
  root.close()
})

/** Bytes that this process has read with system calls. */
const bytesRead = () => Number(/^rchar: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))![1])

test('a join over 10,000 files and their hashes reads no file twice', async () => {
  const size = 4096
  const files = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, index) => [`/data/${index}`, String(index).padEnd(size)]),
  )
  const root = await openRoot([file, hash] as unknown as Table[], files)
  // A file that changed within the last second may change again unseen, so its hash is not kept.
  await sleep(1100)
  const before = bytesRead()
  const [row] = root.all(`
    SELECT count(*) AS files, count(DISTINCT h.sha256) AS hashes, sum(h.sha256 = again.sha256) AS same
    FROM file f JOIN hash h ON h.path = f.path JOIN hash again ON again.path = h.path
    WHERE f.path LIKE '/data/%'`)
  const read = bytesRead() - before
  expect(row).toEqual({ files: 10_000, hashes: 10_000, same: 10_000 })
  expect(read).toBeGreaterThanOrEqual(10_000 * size)
  expect(read).toBeLessThan(10_000 * size * 1.1)
  root.close()
})
