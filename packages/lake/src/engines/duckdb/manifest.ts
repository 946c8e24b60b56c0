// The list of what the lake holds, replaced in one step. A file that it does not name does not exist, whatever the folder says.
import { readFileSync } from 'node:fs'
import { replaceFile } from '../../segments/durable.ts'
import type { Marks } from '../../segments/segment-log.ts'

/** One Parquet file: rows of one table and one day (UTC, `YYYY-MM-DD`). */
export interface LakeFile {
  readonly table: string
  readonly day: string
  /** Inside the lake's `parquet` folder. */
  readonly name: string
  readonly rows: number
  readonly bytes: number
  /** Unix seconds; null when no row has a time. */
  readonly from: number | null
  readonly to: number | null
}

export interface Manifest {
  /** Segments up to this number are in the files. */
  readonly through: number
  /** The last sequence of each series that is in the files. */
  readonly marks: Marks
  /** Number of the next file: a name is never used again while somebody may read it. */
  readonly nextFile: number
  readonly files: readonly LakeFile[]
  readonly unreadable: Readonly<Record<string, number>>
}

const name = 'manifest.json'
const empty: Manifest = { through: 0, marks: new Map(), nextFile: 1, files: [], unreadable: {} }

/** Reads the manifest of a folder; of a new one an empty one. @throws Error when it is there and cannot be read: never start afresh. */
export function readManifest(folder: string): Manifest {
  let text: string
  try {
    text = readFileSync(`${folder}/${name}`, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return empty
    throw error
  }
  const { marks, ...rest } = JSON.parse(text)
  return { ...rest, marks: new Map(marks) }
}

/** Makes this the manifest, on disk when it resolves. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  await replaceFile(folder, name, JSON.stringify({ ...manifest, marks: [...manifest.marks] }))
}
