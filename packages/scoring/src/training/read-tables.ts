// The feature tables to learn from: four labelled sets of PE files, and honest files of third parties.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { headerNames } from '../pe/header-names.ts'
import type { Samples } from './samples.ts'

export interface TrainingTables {
  /** Labelled sets by name, each gathered by other people in another way. */
  labelled: Map<string, Samples>
  /** Honest files out of packages, and the package of each row without its version. */
  thirdParty: Samples
  packages: string[]
  /** SHA-256 of each file, so that a card can say what a model learnt from. */
  hashes: Record<string, string>
}

/**
 * Reads a folder with `<letter>_<name>.tsv` (label, then the 49 headers), `third.tsv` (the headers alone, all benign) and
 * `third-groups.txt` (the package of each of its rows). Throws an Error that names the file and line which does not fit.
 */
export function readTables(folder: string): TrainingTables {
  const hashes: Record<string, string> = {}
  const read = (file: string) => {
    const bytes = readFileSync(join(folder, file))
    hashes[file] = createHash('sha256').update(bytes).digest('hex')
    return bytes.toString('utf8').trimEnd().split('\n')
  }
  const files = readdirSync(folder).filter((file) => /^[A-Z]_.*\.tsv$/.test(file))
  const labelled = new Map(
    files.sort().map((file) => [file.slice(0, 1), samplesOf(file, read(file), { labelled: true })]),
  )
  const thirdParty = samplesOf('third.tsv', read('third.tsv'), { labelled: false })
  const packages = read('third-groups.txt').map(withoutVersion)
  if (labelled.size < 3) throw new Error('Leaving one table out needs at least three labelled tables.')
  if (packages.length !== thirdParty.labels.length)
    throw new Error('third-groups.txt does not have a line for each row of third.tsv.')
  return { labelled, thirdParty, packages, hashes }
}

function samplesOf(file: string, lines: string[], { labelled }: { labelled: boolean }): Samples {
  const skip = labelled ? 1 : 0
  const rows = lines.map((line, index) => {
    const numbers = line.split('\t').map(Number)
    if (numbers.length !== headerNames.length + skip || !numbers.every(Number.isFinite))
      throw new Error(`${file}, line ${index + 1}: not ${headerNames.length + skip} numbers.`)
    return numbers
  })
  return {
    columns: headerNames.map((_, feature) => Float64Array.from(rows, (row) => row[feature + skip]!)),
    labels: Uint8Array.from(rows, (row) => (labelled ? row[0]! : 0)),
    weights: new Float64Array(rows.length).fill(1),
  }
}

/** `npm:node-pty-1.1.0` and `npm:node-pty-1.2.0` are the same software. */
const withoutVersion = (name: string) => name.replace(/-\d[^-]*$/, '')
