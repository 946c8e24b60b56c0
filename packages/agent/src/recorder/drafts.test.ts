import { appendFileSync, existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { eventually } from '../testing/eventually.ts'
import { tempFolder } from '../testing/temp-folder.ts'
import { openDrafts } from './drafts.ts'

const draft = (name: string) => ({ subject: 'Process', time: 1_700_000_000_000, row: { process_name: name } })

test('rows that still wait are found by the next process, those that went are not', async () => {
  const path = join(tempFolder(), 'state', 'drafts')
  const first = openDrafts(path)
  expect([first.left, first.interrupted]).toEqual([[], false])
  const went = first.keep(draft('went'))
  first.keep(draft('waits'))
  await eventually(() => statSync(path).size > 0)
  went()
  first.keep(draft('waits too'))
  await eventually(() => readFileSync(path, 'utf8').includes('waits too'))
  // Killed in the middle of a line.
  appendFileSync(path, '[9,{"subject":"Pro')
  const second = openDrafts(path)
  expect([second.left, second.interrupted]).toEqual([[draft('waits'), draft('waits too')], true])
  second.clear()
  expect(statSync(path).size).toBe(0)
  expect(openDrafts(path).left).toEqual([])
})

test('a row that goes at once is never written, and the file is emptied when nothing waits', async () => {
  const path = join(tempFolder(), 'drafts')
  const drafts = openDrafts(path)
  drafts.keep(draft('quick'))()
  const slow = drafts.keep(draft('slow'))
  await eventually(() => statSync(path).size > 0)
  expect(readFileSync(path, 'utf8')).not.toContain('quick')
  slow()
  slow()
  expect(statSync(path).size).toBe(0)
  drafts.close()
  expect(existsSync(path)).toBe(false)
})
