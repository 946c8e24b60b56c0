// A lake of two small tables in a folder of its own, and batches for it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { onTestFinished } from 'vitest'
import type { Batch } from '../batch.ts'
import { openDuckDb } from '../engines/duckdb/duckdb.ts'
import { type Lake, openLake } from '../lake.ts'
import type { LakeTable } from '../lake-table.ts'

export const programs: LakeTable = {
  name: 'programs',
  columns: { time: 'integer', id: 'integer', path: 'text', sha256: 'sha256' },
}
export const names: LakeTable = { name: 'names', columns: { time: 'integer', id: 'integer', name: 'text' } }

/** 2026-03-10 12:00:00 UTC. */
export const noon = 1_773_144_000

/** A batch of rows for `programs` from device `a`, unless told else. */
export function batch(sequence: number, rows: readonly object[], more: Partial<Batch> = {}): Batch {
  return {
    endpointId: 'a',
    epName: 'host-a',
    stream: 'programs',
    epoch: 1,
    sequence,
    receivedAt: noon,
    rows: Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join('')),
    ...more,
  }
}

/** A folder that goes when the test ends. */
export function scratch(): string {
  const folder = mkdtempSync(`${tmpdir()}/quarry-lake-`)
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Opens the lake of a folder with DuckDB. */
export async function duckDbLake(
  folder: string,
  tables = [programs, names],
  segmentBytes?: number,
): Promise<Lake> {
  return openLake(folder, tables, await openDuckDb(folder, tables), { segmentBytes })
}

/** The rows of one question, asked of a view of its own. */
export async function ask(lake: Lake, sql: string): Promise<readonly unknown[][]> {
  const view = await lake.view()
  try {
    return (await view.query(sql)).rows
  } finally {
    view.close()
  }
}
