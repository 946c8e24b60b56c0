import { expect, test } from 'vitest'
import { mutated, seeded } from '../testing/seeded.ts'
import { happened } from './calls.ts'
import { handleOf, parseEvents } from './parse-events.ts'

const fsid = '0102030405060708'
const handle = (inode: number) => {
  const bytes = Buffer.alloc(16)
  bytes.writeUInt32LE(8, 0)
  bytes.writeInt32LE(1, 4)
  bytes.writeUInt32LE(inode, 8)
  return bytes
}

function record(type: number, inode: number, name?: string) {
  const head = Buffer.from([type, 0, 0, 0])
  const body = Buffer.concat([
    Buffer.from(fsid, 'hex'),
    handle(inode),
    Buffer.from(name === undefined ? '' : `${name}\0\0`),
  ])
  head.writeUInt16LE(4 + body.length, 2)
  return Buffer.concat([head, body])
}

function event(mask: number, pid: number, ...records: Buffer[]) {
  const head = Buffer.alloc(24)
  const body = Buffer.concat(records)
  head.writeUInt32LE(24 + body.length, 0)
  head[4] = 3
  head.writeUInt16LE(24, 6)
  head.writeBigUInt64LE(BigInt(mask), 8)
  head.writeInt32LE(pid, 20)
  return Buffer.concat([head, body])
}

const sample = Buffer.concat([
  event(happened.created | happened.directory, 7, record(2, 11, 'a name'), record(1, 12)),
  event(happened.renamed, 8, record(10, 11, 'old'), record(12, 13, 'new')),
  event(happened.attributes, 9, record(1, 14)),
])

test('reads names, folders and files', () => {
  const events = parseEvents(sample, sample.length)
  expect(events.map(({ pid, place, newPlace }) => [pid, place?.name, newPlace?.name])).toEqual([
    [7, 'a name', undefined],
    [8, 'old', 'new'],
    [9, undefined, undefined],
  ])
  expect(handleOf(events[0]!.target!)).toEqual(handle(12))
  expect(handleOf(events[1]!.newPlace!.folder)).toEqual(handle(13))
})

test('never fails on broken bytes, and never reads beyond them', () => {
  const random = seeded(7)
  for (let round = 0; round < 3000; round += 1) {
    const bytes = mutated(sample, random)
    for (const { place, target } of parseEvents(bytes, bytes.length)) {
      expect((place?.name.length ?? 0) + (target?.length ?? 0)).toBeLessThanOrEqual(bytes.length)
    }
  }
})
