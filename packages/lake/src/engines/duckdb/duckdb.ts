// The lake in DuckDB over Parquet files that this engine writes: one manifest says which, so that every change is one step.
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { DuckDBInstance } from '@duckdb/node-api'
import type { DayStatistics, Engine } from '../../engine.ts'
import type { LakeTable } from '../../lake-table.ts'
import { sync } from '../../segments/durable.ts'
import type { PendingFile } from '../../segments/pending.ts'
import { type Marks, raise } from '../../segments/segment-log.ts'
import { joinFiles, loadPending } from './load.ts'
import { type LakeFile, type Manifest, readManifest, writeManifest } from './manifest.ts'
import { keepUnreadable } from './unreadable.ts'
import { openView } from './view.ts'

/** A day of a table with this many files is joined. */
const filesToJoin = 8

/** Groups files by table and day. */
function byDay(files: readonly LakeFile[]): LakeFile[][] {
  return [...Map.groupBy(files, ({ table, day }) => `${table} ${day}`).values()]
}

function statisticsOf(files: readonly LakeFile[]): DayStatistics[] {
  const sum = (group: LakeFile[], of: 'rows' | 'bytes') => group.reduce((total, file) => total + file[of], 0)
  return byDay(files)
    .flatMap((group) => {
      const [first] = group
      if (first === undefined) return []
      const { table, day } = first
      return [{ table, day, rows: sum(group, 'rows'), bytes: sum(group, 'bytes'), files: group.length }]
    })
    .sort((a, b) => a.table.localeCompare(b.table) || a.day.localeCompare(b.day))
}

/**
 * Opens the engine on a folder, which one process has at a time.
 * @param memory the most that loading, and each view, may use
 * @throws Error when the manifest cannot be read
 */
export async function openDuckDb(
  folder: string,
  tables: readonly LakeTable[],
  { memory = '512MB' }: { memory?: string } = {},
): Promise<Engine> {
  const parquet = `${folder}/parquet`
  mkdirSync(parquet, { recursive: true })
  let manifest = readManifest(folder)
  const taken = { through: manifest.through, marks: manifest.marks as Marks }
  const named = new Set(manifest.files.map(({ name }) => name))
  for (const name of readdirSync(parquet)) if (!named.has(name)) rmSync(`${parquet}/${name}`)

  const instance = await DuckDBInstance.create(':memory:', {
    threads: '2',
    memory_limit: memory,
    temp_directory: `${folder}/spill`,
    preserve_insertion_order: 'false',
  })
  const connection = await instance.connect()
  const held = new Set<ReadonlySet<string>>()
  /** Files that the manifest no longer names and a view may still read. */
  const retired = new Set<string>()

  /** Makes a change real, then removes the files that it no longer names and no view holds. */
  async function commit(next: Manifest) {
    await sync(parquet)
    await writeManifest(folder, next)
    const stays = new Set(next.files.map(({ name }) => name))
    for (const { name } of manifest.files) if (!stays.has(name)) retired.add(name)
    manifest = next
    taken.through = next.through
    taken.marks = next.marks
    await sweep()
  }

  async function sweep() {
    for (const name of retired) {
      if ([...held].some((names) => names.has(name))) continue
      retired.delete(name)
      await rm(`${parquet}/${name}`, { force: true })
    }
  }

  return {
    taken,
    async load(segment, files, marks) {
      const added: LakeFile[] = []
      const unreadable = { ...manifest.unreadable }
      let { nextFile } = manifest
      for (const [name, group] of Map.groupBy(files, (file: PendingFile) => file.table)) {
        const table = tables.find((one) => one.name === name)
        const paths = group.map(({ path }) => path)
        const result =
          table &&
          (await loadPending(
            connection,
            table,
            paths,
            parquet,
            (day) => `${name}.${day}.${nextFile++}.parquet`,
          ))
        const bad = result?.unreadable ?? group.reduce((sum, { rows }) => sum + rows, 0)
        added.push(...(result?.files ?? []))
        if (bad === 0) continue
        unreadable[name] = (unreadable[name] ?? 0) + bad
        await keepUnreadable(`${folder}/unreadable`, segment, name, paths, table !== undefined)
      }
      const raised: Marks = new Map(manifest.marks)
      for (const [series, sequence] of marks) raise(raised, series, sequence)
      await commit({
        through: segment,
        marks: raised,
        nextFile,
        files: [...manifest.files, ...added],
        unreadable,
      })
    },
    async merge() {
      const days = byDay(manifest.files).filter((group) => group.length >= filesToJoin)
      for (const group of days) {
        const [first] = group
        if (first === undefined) continue
        const { nextFile } = manifest
        const joined = await joinFiles(
          connection,
          group,
          parquet,
          `${first.table}.${first.day}.${nextFile}.parquet`,
        )
        const rest = manifest.files.filter((file) => !group.includes(file))
        await commit({ ...manifest, nextFile: nextFile + 1, files: [...rest, joined] })
      }
      return days.length
    },
    async expire(table, days, now) {
      const first = new Date(now - days * 86_400_000).toISOString().slice(0, 10)
      const old = manifest.files.filter((file) => file.table === table && file.day < first)
      if (old.length === 0) return 0
      await commit({ ...manifest, files: manifest.files.filter((file) => !old.includes(file)) })
      return old.reduce((sum, { rows }) => sum + rows, 0)
    },
    async view(pending) {
      const { files } = manifest
      const names = new Set(files.map(({ name }) => name))
      held.add(names)
      const release = () => {
        if (held.delete(names)) void sweep()
      }
      try {
        const view = await openView(tables, parquet, files, pending, memory)
        return {
          query: view.query,
          close() {
            view.close()
            release()
          },
        }
      } catch (error) {
        release()
        throw error
      }
    },
    statistics: () => ({ days: statisticsOf(manifest.files), unreadable: manifest.unreadable }),
    async close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}
