import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { openDatabase } from '../state/database.ts'
import { openConnectors } from './connectors.ts'
import { parseConnector } from './parse-connector.ts'
import { exampleConnector } from './testing/example-connector.ts'

test('one connector that cannot be read keeps neither the server nor the others from starting', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'quarry-connectors-'))
  const db = await openDatabase(folder)
  const told: string[] = []
  const log = pino({ level: 'error' }, { write: (line: string) => void told.push(line) })
  try {
    const first = await openConnectors({ db, log })
    const good = await first.create(parseConnector({ definition: exampleConnector('127.0.0.1:1') }))
    const bad = {
      id: 'b',
      code: 'broken',
      definition: '{"kind":"telnet"}',
      settings: '{}',
      created_at: 1,
      updated_at: 1,
    }
    await db.insertInto('connectors').values(bad).execute()
    const again = await openConnectors({ db, log })
    expect(again.of(good.id).connector.name).toBe('Example')
    expect(again.list().map(({ connector }) => connector.id)).not.toContain('broken')
    expect(told.join()).toContain('the connector “broken” cannot be read and is left out')
    expect(await db.selectFrom('connectors').select('code').where('id', '=', 'b').execute()).toHaveLength(1)
  } finally {
    await db.destroy()
    rmSync(folder, { recursive: true })
  }
})
