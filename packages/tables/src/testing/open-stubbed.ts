import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'
import type { Table } from '../define-table.ts'
import { type Engine, openEngine } from '../engine/engine.ts'
import { openHost } from '../host/open-host.ts'
import { dockerAnswers } from './docker-answers.ts'
import { type Answers, type Stub, startStub } from './stub-server.ts'

export interface Stubbed {
  engine: Engine
  stub: Stub
}

/** Opens an engine on an invented machine on which a service answers at a unix socket. It is closed at the end of the test file. */
export async function openStubbed(
  tables: readonly Table[],
  socket: string,
  answers: Answers,
): Promise<Stubbed> {
  const stub = await startStub(answers, { socket })
  const host = openHost({ root: stub.root, platform: 'linux' })
  const engine = await openEngine({ tables, host })
  afterAll(async () => {
    engine.close()
    host.close()
    await stub[Symbol.asyncDispose]()
  })
  return { engine, stub }
}

/** Opens one with a Docker Engine, whose container "web" has its first process in /proc. */
export async function openDocker(table: Table, more: Answers = {}): Promise<Stubbed> {
  const opened = await openStubbed([table], '/var/run/docker.sock', { ...dockerAnswers, ...more })
  const put = (path: string, write: (path: string) => void) => {
    const full = join(opened.stub.root, path)
    mkdirSync(dirname(full), { recursive: true })
    write(full)
  }
  for (const [index, kind] of ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'user', 'uts'].entries())
    put(`proc/4242/ns/${kind}`, (path) => symlinkSync(`${kind}:[${4026532100 + index}]`, path))
  put('proc/4242/comm', (path) => writeFileSync(path, 'nginx\n'))
  put('proc/uptime', (path) => writeFileSync(path, '5000.25 9000.00\n'))
  return opened
}
