import { readFileSync } from 'node:fs'
import type { Table } from '../define-table.ts'
import { openStubbed, type Stubbed } from './open-stubbed.ts'
import type { Answers } from './stub-server.ts'

/** What LXD (API 1.0) answers on a machine with two instances in a cluster of two; invented, in the form of a real one. */
const answers: Answers = JSON.parse(
  readFileSync(new URL('../../fixtures/services/lxd.json', import.meta.url), 'utf8'),
)

/** Opens an engine on a machine with LXD. */
export const openLxd = (table: Table, more: Answers = {}): Promise<Stubbed> =>
  openStubbed([table], '/var/snap/lxd/common/lxd/unix.socket', { ...answers, ...more })
