import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import dns from '@quarry/schema/journals/sophos_dns_journal'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openJournalReader, openJournalWriter } from './store.ts'

const folder = mkdtempSync(join(tmpdir(), 'quarry-damage-'))
const at = Date.now()
const logged: string[] = []
const open = () =>
  openJournalWriter(folder, { period: { events: 100 }, log: (message) => logged.push(message) })
const count = () => [...openJournalReader(folder).scan('Dns', { columns: ['name'] })].length

/** Three closed periods of 100 events, and 20 events in the open one. */
beforeEach(() => {
  logged.length = 0
  const writer = open()
  for (let index = 0; index < 320; index++) {
    writer.append(dns, at + index, { sophos_pid: `1:${index}`, name: `name${index}.example.com` })
    if (index % 100 === 99) {
      writer.flush()
      while (writer.maintain());
    }
  }
  writer.close()
  expect(count()).toBe(320)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function overwrite(name: string, position: number): void {
  const fd = openSync(join(folder, name), 'r+')
  writeSync(fd, Buffer.alloc(40, 0x5a), 0, 40, position)
  closeSync(fd)
}

test('a damaged block is left out by a reader, which tells it', () => {
  overwrite('2.events', 30)
  const reader = openJournalReader(folder)
  const names = [...reader.scan('Dns', { columns: ['name'] })].map(({ row }) => row.name)
  expect(names).toHaveLength(220)
  expect(names).not.toContain('name150.example.com')
  expect(reader.losses()).toEqual([
    { subject: 'Dns', firstTime: at + 100, lastTime: at + 199, events: 100, reason: 'torn_block' },
  ])
})

test('the writer finds a damaged block by itself, names it and counts its events', () => {
  overwrite('2.events', 30)
  const writer = open()
  for (let step = 0; step < 9; step++) writer.maintain()
  expect(writer.states()).toMatchObject([{ subject: 'Dns', lostEvents: 100 }])
  expect(logged).toEqual([expect.stringContaining('2.events')])
  expect(openJournalReader(folder).losses()).toMatchObject([{ reason: 'torn_block', events: 100 }])
  writer.close()
})

test('a file that is torn off is set aside at the start', () => {
  truncateSync(join(folder, '1.events'), 50)
  const writer = open()
  expect(readdirSync(folder)).toContain('1.events.damaged')
  expect(logged).toEqual([expect.stringContaining('1.events')])
  expect(writer.states()).toMatchObject([{ events: 220, lostEvents: 100, firstTime: at + 100 }])
  expect(count()).toBe(220)
  writer.close()
})

test('an index that is damaged takes its periods along, not the start', () => {
  overwrite('3-3.index', statSync(join(folder, '3-3.index')).size - 41)
  const reader = openJournalReader(folder)
  expect([...reader.scan('Dns', { columns: [] })]).toHaveLength(220)
  expect(reader.losses()).toMatchObject([{ events: 100, reason: 'torn_block' }])
  open().close()
  expect(count()).toBe(220)
})

test('a manifest that is damaged is made anew from what is there', () => {
  const [before] = openJournalReader(folder).readAfter('Dns', { epoch: 0, sequence: 0 }, 1)
  writeFileSync(join(folder, 'manifest.json'), '{"version":')
  open().close()
  expect(count()).toBe(320)
  expect(openJournalReader(folder).readAfter('Dns', { epoch: 0, sequence: 0 }, 1)).toEqual([before])
  expect(readdirSync(folder)).toContain('manifest.json.damaged')
})

test('an open period that is damaged is set aside, and recording goes on', () => {
  const name = readdirSync(folder).find((name) => /^open-\d+\.db$/.test(name))!
  writeFileSync(join(folder, name), 'this is no database')
  const writer = open()
  expect(readdirSync(folder)).toContain(`${name}.damaged`)
  expect(logged).toEqual([expect.stringContaining(name)])
  writer.append(dns, at, { name: 'after' })
  writer.flush()
  expect(writer.stopped).toBeUndefined()
  expect(count()).toBe(301)
  writer.close()
})
