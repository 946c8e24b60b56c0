import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseMountinfo } from './mountinfo.ts'

test('reads optional fields, blanks in names and lines that do not fit', () => {
  const text = [
    '36 35 98:0 /mnt1 /mnt2\\040two rw,noatime master:1 propagate_from:2 - ext3 /dev/root rw,errors=continue',
    '37 36 0:5 / /plain ro - tmpfs a\\134b ro',
    'rubbish - line',
    '',
  ].join('\n')
  expect(parseMountinfo(text)).toEqual([
    {
      id: '36',
      parent: '35',
      device: '98:0',
      root: '/mnt1',
      point: '/mnt2 two',
      options: 'rw,noatime',
      type: 'ext3',
      source: '/dev/root',
    },
    {
      id: '37',
      parent: '36',
      device: '0:5',
      root: '/',
      point: '/plain',
      options: 'ro',
      type: 'tmpfs',
      source: 'a\\b',
    },
  ])
})

test('agrees with findmnt', () => {
  const { filesystems } = JSON.parse(
    execFileSync('findmnt', ['--kernel', '--list', '-J', '-o', 'TARGET,FSTYPE,MAJ:MIN'], {
      encoding: 'utf8',
    }),
  )
  const mine = parseMountinfo(readFileSync('/proc/self/mountinfo', 'latin1'))
  const line = (target: string, type: string, device: string) => `${target} ${type} ${device}`
  expect(mine.map(({ point, type, device }) => line(point, type, device)).sort()).toEqual(
    filesystems
      .map((row: Record<string, string>) => line(row.target!, row.fstype!, row['maj:min']!.trim()))
      .sort(),
  )
})
