import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openFixture, openMachine } from '../fixture.ts'
import { emptyColumns } from '../testing/columns.ts'
import { start } from '../testing/tools.ts'
import table from './process_open_pipes.ts'

const fixture = await openFixture([table])
const machine = await openMachine([table])
afterAll(() => {
  fixture.close()
  machine.close()
})

test('pairs the ends of a pipe between processes', () => {
  const shell = { pid: 1204, fd: 1, mode: 'w' }
  const miner = { pid: 1310, fd: 0, mode: 'r' }
  const row = (end: typeof shell, partner: typeof shell) => ({
    ...end,
    inode: 50300,
    type: 'anonymous',
    partner_pid: partner.pid,
    partner_fd: partner.fd,
    partner_mode: partner.mode,
  })
  expect(fixture.all('SELECT * FROM process_open_pipes')).toEqual([row(shell, miner), row(miner, shell)])
})

test('fills every column', () => {
  expect(emptyColumns(fixture, table)).toEqual([])
})

test('sees a named pipe between two processes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'quarry-fifo-'))
  const fifo = join(folder, 'a pipe')
  execFileSync('mkfifo', [fifo])
  try {
    const script = 'exec 7<>"$0"; echo ready; read line'
    await using one = await start('/bin/sh', ['-c', script, fifo])
    await using two = await start('/bin/sh', ['-c', script, fifo])
    const rows = machine.all(
      `SELECT fd, mode, inode, type, partner_pid, partner_fd, partner_mode FROM process_open_pipes WHERE pid = ${one.pid} AND type = 'named'`,
    )
    expect(rows).toEqual([
      {
        fd: 7,
        mode: 'rw',
        inode: statSync(fifo).ino,
        type: 'named',
        partner_pid: two.pid,
        partner_fd: 7,
        partner_mode: 'rw',
      },
    ])
  } finally {
    rmSync(folder, { recursive: true })
  }
})
