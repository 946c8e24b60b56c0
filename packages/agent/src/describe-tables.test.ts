import { TableSpec } from '@quarry/schema'
import { AgentMessage, maxFrameBytes } from '@quarry/schema/agent/messages'
import { allTables } from '@quarry/tables/registry'
import { expect, test } from 'vitest'
import { describeTables } from './describe-tables.ts'
import { tablesMessage } from './load-tables.ts'
import { tempFolder } from './testing/temp-folder.ts'

test('an old name of a column becomes a hidden column that says so', async () => {
  const specs = describeTables(await allTables())
  const properties = specs.find(({ columns }) => columns.some(({ aliasOf }) => aliasOf))
  const old = properties?.columns.find(({ aliasOf }) => aliasOf)
  const now = properties?.columns.find(({ name }) => name === old?.aliasOf)
  expect(old).toEqual({ ...now, name: old?.name, hidden: true, aliasOf: now?.name })
})

test('every column of every table is described as the contract wants it', async () => {
  const tables = await allTables()
  const specs = describeTables(tables)
  expect(specs.map((spec) => TableSpec.parse(spec))).toEqual(specs)
  for (const [index, { columns }] of tables.entries()) {
    const visible = specs[index]?.columns.filter(({ aliasOf }) => !aliasOf).map(({ name }) => name)
    expect(visible).toEqual(Object.keys(columns))
  }
})

test('the message with every table is one of the contract and fits into a frame', async () => {
  const text = await tablesMessage(tempFolder())
  expect(Buffer.byteLength(text)).toBeLessThan(maxFrameBytes)
  const message = AgentMessage.parse(JSON.parse(text))
  expect(message.type === 'tables' && message.functions?.map(({ name }) => name)).toContain('split')
  expect(message.type === 'tables' && message.tables.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['processes', 'process_open_sockets', 'users']),
  )
})
