import { mkdirSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Trouble } from '../trouble.ts'

const maxBytes = 1.5e9

/**
 * Reads files of the folder `enrichment/` and keeps what was made of each until the file changes. Only names come in,
 * never paths: a connector cannot be pointed at another file of the machine.
 */
export function openFiles(data: string) {
  const folder = join(data, 'enrichment')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const kept = new Map<string, { stamp: string; made: Promise<unknown> }>()

  function stampOf(name: string): string | undefined {
    try {
      const { mtimeMs, size } = statSync(join(folder, name))
      return `${mtimeMs} ${size}`
    } catch {
      return undefined
    }
  }

  return {
    folder,
    has: (name: string) => stampOf(name) !== undefined,

    /**
     * Returns what `make` made of the file.
     * @throws Trouble needsFile when it is not there or cannot be read
     */
    async read<T>(name: string, kind: string, make: (bytes: Buffer) => T): Promise<T> {
      const stamp = stampOf(name)
      if (stamp === undefined) throw new Trouble('needsFile', `The file ${name} is not in ${folder}.`)
      if (Number(stamp.split(' ')[1]) > maxBytes)
        throw new Trouble('needsFile', `The file ${name} is larger than 1.5 GB.`)
      const key = `${kind} ${name}`
      const found = kept.get(key)
      if (found?.stamp === stamp) return (await found.made) as T
      const made = readFile(join(folder, name)).then(make)
      kept.set(key, { stamp, made })
      try {
        return await made
      } catch (error) {
        kept.delete(key)
        throw new Trouble('needsFile', `The file ${name} cannot be read: ${(error as Error).message}.`)
      }
    },
  }
}

export type Files = ReturnType<typeof openFiles>
