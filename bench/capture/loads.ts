import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** How much the load programs do. */
export interface LoadSize {
  processes: number
  connections: number
  /** Half of them make a file, half of them remove it. */
  fileChanges: number
  questions: number
}

/** What the load programs did, by their own count. */
export interface Load {
  /** Is part of every name that they used. */
  id: string
  /** Milliseconds since 1970. */
  began: number
  processes: number
  connections: { port: number; sent: number; received: number }[]
  listener: number
  folder: string
  files: number
  /** Names asked for; 0 where port 53 was taken. */
  questions: number
}

const names = ['exec', 'connect', 'file', 'dns'] as const

/** Compiles the load programs into a folder. @throws where there is no C compiler. */
export function compileLoads(folder: string): void {
  for (const name of names) {
    const source = fileURLToPath(new URL(`${name}-load.c`, import.meta.url))
    execFileSync('cc', ['-O1', '-pthread', '-o', join(folder, name), source], { stdio: 'inherit' })
  }
}

/** Runs the load programs, one after the other. */
export async function runLoads(programs: string, size: LoadSize, id: string): Promise<Load> {
  const began = Date.now()
  const folder = join(programs, `files-${id}`)
  mkdirSync(folder)
  const run = (name: (typeof names)[number], ...args: (string | number)[]) =>
    output(join(programs, name), args.map(String))
  const processes = Number(await run('exec', size.processes, id))
  const [listener, ...lines] = (await run('connect', size.connections)).trim().split('\n')
  const files = Number(await run('file', folder, size.fileChanges / 2))
  const questions = Number((await run('dns', size.questions, id)) || 0)
  const connections = lines.map((line) => {
    const [port = 0, sent = 0, received = 0] = line.split(' ').map(Number)
    return { port, sent, received }
  })
  return { id, began, processes, connections, listener: Number(listener), folder, files, questions }
}

async function output(program: string, args: string[]): Promise<string> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part
  })
  await once(child, 'close')
  return text
}
