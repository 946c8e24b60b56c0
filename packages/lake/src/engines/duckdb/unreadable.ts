// Keeps the lines that could not be read as rows, for a person to look at.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { linesOf } from '../../batch.ts'

/** Whether a line is one JSON object that names no key of the device twice. */
function isRow(line: Buffer): boolean {
  try {
    JSON.parse(line.toString('utf8'))
    return true
  } catch {
    return false
  }
}

/**
 * Writes the lines of files that are no JSON to `<segment>.<table>.ndjson` of a folder; all of them when the table is not known. The same
 * segment again writes the same file.
 */
export async function keepUnreadable(
  folder: string,
  segment: number,
  table: string,
  paths: readonly string[],
  known: boolean,
): Promise<void> {
  const kept: Buffer[] = []
  for (const path of paths) {
    for (const line of linesOf(await readFile(path)))
      if (!known || !isRow(line)) kept.push(line, Buffer.from('\n'))
  }
  await mkdir(folder, { recursive: true })
  await writeFile(`${folder}/${segment}.${table}.ndjson`, Buffer.concat(kept))
}
