import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openMachine } from '../fixture.ts'
import { emptyColumns } from '../testing/columns.ts'
import { isRoot, start } from '../testing/tools.ts'
import table from './yara_process.ts'

const folder = mkdtempSync(join(tmpdir(), 'quarry-yara-'))
writeFileSync(join(folder, 'key'), 'secret')
const machine = await openMachine([table], { dataDirs: [folder] })
afterAll(() => {
  machine.close()
  rmSync(folder, { recursive: true })
})
// Written so that the rule itself, in the memory of this test, is no match in the other process.
const word = ['needle', 'of', 'the', 'test'].join('-')
const sigrule = `rule found : mark { strings: $a = "${word}" condition: $a } rule absent { strings: $b = "not-${word}-there" condition: $b }`

test.skipIf(!isRoot)('finds a text in the memory of a process and where (skipped without root)', async () => {
  await using other = await start('/bin/sh', ['-c', `word=${word}; echo ready; read line`])
  const rows = machine.all(`SELECT * FROM yara_process WHERE pid = ${other.pid} AND sigrule = '${sigrule}'`)
  expect(rows).toMatchObject([{ pid: other.pid, matches: 'found', count: 1, tags: 'mark', sigfile: '' }])
  expect(rows[0]?.strings).toMatch(/^\$a:[\da-f]{6,12}(,\$a:[\da-f]{6,12})*$/)
  expect(
    emptyColumns(
      machine,
      table,
      `(SELECT *, sigrule, sigurl, pid_with_namespace FROM yara_process WHERE pid = ${other.pid} AND sigrule = '${sigrule}')`,
    ),
  ).toEqual([])
})

test.skipIf(!isRoot)('leaves Quarry’s own memory alone (skipped without root)', async () => {
  const ask = (pid: number) =>
    machine.all(`SELECT * FROM yara_process WHERE pid = ${pid} AND sigrule = '${sigrule}'`)
  await using holder = await start('/bin/sh', ['-c', `exec 3< ${folder}/key; echo ready; read line`])
  for (const pid of [process.pid, process.ppid, holder.pid]) {
    expect(ask(pid)).toEqual([])
    expect(machine.lastWarnings.map(({ message }) => message)).toEqual([
      `The memory of process ${pid} could not be read and is left out: Quarry does not read its own memory.`,
    ])
  }
})

test('a process that is gone gives no rows, and needs no warning', () => {
  expect(machine.all(`SELECT * FROM yara_process WHERE pid = 99999999 AND sigrule = '${sigrule}'`)).toEqual(
    [],
  )
  expect(machine.lastWarnings).toEqual([])
})
