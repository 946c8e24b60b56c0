import { expect, test } from 'vitest'
import { type ProcessNode, treeRows } from './process-tree.ts'

const node = (sophosPid: string, parent: string | undefined, start: number): ProcessNode => ({
  sophosPid,
  parent,
  start,
  name: sophosPid,
  path: '',
  cmdLine: '',
  username: '',
  sha256: '',
  end: undefined,
  exitCode: undefined,
})
const shape = (rows: ReturnType<typeof treeRows>) =>
  rows.map((row) => `${' '.repeat(row.depth)}${row.node.name} ${row.kind} ${row.below}`)

const family = [
  node('curl', 'sh', 5),
  node('sh', 'sshd', 3),
  node('init', undefined, 1),
  node('sshd', 'init', 2),
  node('cat', 'sh', 4),
  node('sleep', 'curl', 6),
  node('cron', 'init', 2),
]

test('draws ancestors from the oldest, then the process, then what it started by time', () => {
  expect(shape(treeRows(family, 'sh'))).toEqual([
    'init ancestor 0',
    ' sshd ancestor 0',
    '  sh focus 3',
    '   cat descendant 0',
    '   curl descendant 1',
    '    sleep descendant 0',
  ])
})

test('leaves out what is below a folded process', () => {
  expect(shape(treeRows(family, 'sh', new Set(['curl']))).slice(-2)).toEqual([
    '   cat descendant 0',
    '   curl descendant 1',
  ])
})

test('starts at the process when its parent is not known, and draws nothing without it', () => {
  expect(shape(treeRows([node('a', 'gone', 1), node('b', 'a', 2)], 'a'))).toEqual([
    'a focus 1',
    ' b descendant 0',
  ])
  expect(treeRows(family, 'nobody')).toEqual([])
})

test('draws each process once where the data go in a circle', () => {
  const circle = [node('a', 'b', 1), node('b', 'a', 2)]
  expect(treeRows(circle, 'a').map((row) => row.node.name)).toEqual(['b', 'a'])
})
