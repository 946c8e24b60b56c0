import { AppError } from '@quarry/schema'
import {
  addIocValues,
  createIocList,
  deleteIocList,
  listIocLists,
  listIocValues,
  removeIocValues,
  updateIocList,
} from '@quarry/schema/endpoints/ioc-lists'
import { createRun, getRun } from '@quarry/schema/endpoints/runs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../../devkit/src/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

const make = (body: { name: string; text?: string }) => server.call(createIocList, { body })
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (error) => (error instanceof AppError ? error.code : String(error)),
  )

test('a list is made from a text, read by page, changed and deleted', async () => {
  const text = '1[.]2[.]3[.]4\nevil[.]example\n1.2.3.4\nnonsense here'
  const made = await make({ name: 'May report', text })
  expect(made).toMatchObject({
    added: 2,
    duplicates: 1,
    invalidCount: 1,
    invalid: [{ place: 'line 4', text: 'nonsense here' }],
    list: { name: 'May report', counts: { ipAddress: 1, domain: 1 }, createdBy: { type: 'service' } },
  })
  const { id } = made.list
  const params = { id }
  const more = await server.call(addIocValues, {
    params,
    body: {
      values: [
        { type: 'ipAddress', value: '1.2.3.4' },
        { type: 'ipAddress', value: '5.6.7.8' },
      ],
    },
  })
  expect(more).toMatchObject({ added: 1, duplicates: 1, list: { counts: { ipAddress: 2 } } })

  const first = await server.call(listIocValues, { params, query: { pageSize: 2 } })
  expect(first.items.map(({ value }) => value)).toEqual(['evil.example', '1.2.3.4'])
  const rest = await server.call(listIocValues, { params, query: { pageFromKey: first.pages.nextKey } })
  expect(rest.items.map(({ value }) => value)).toEqual(['5.6.7.8'])
  expect(rest.pages.nextKey).toBeUndefined()
  const searched = await server.call(listIocValues, { params, query: { search: 'EVIL' } })
  expect(searched.items).toHaveLength(1)

  const left = await server.call(removeIocValues, {
    params,
    body: { values: [{ type: 'ipAddress', value: '5.6.7.8' }] },
  })
  expect(left.counts).toEqual({ ipAddress: 1, domain: 1 })
  expect((await server.call(listIocLists, { query: { type: 'sha256' } })).items).toEqual([])
  expect((await server.call(listIocLists, { query: { type: 'domain' } })).items).toHaveLength(1)
  const renamed = await server.call(updateIocList, { params, body: { name: 'June report' } })
  expect(renamed).toMatchObject({ name: 'June report', counts: { domain: 1 } })
  expect(await codeOf(make({ name: 'JUNE report' }))).toBe('name_taken')
  await server.call(deleteIocList, { params })
  expect(await codeOf(server.call(listIocValues, { params, query: {} }))).toBe('ioc_list_not_found')
})

test('a text without an indicator is refused with the first reason', async () => {
  await expect(make({ name: 'nothing', text: 'hello there' })).rejects.toMatchObject({
    code: 'bad_indicators',
    message: expect.stringContaining('At line 1, “hello there”'),
  })
})

test('a run takes a list by its id, shows it, and passes it on to the next run', async () => {
  const device = await server.device('with-list')
  await device.link()
  const { list } = await make({ name: 'addresses', text: '1.2.3.4\n5.6.7.8\nevil.example' })
  const template = "SELECT path FROM processes WHERE path = '$$address$$'"
  const input = (variable: object) => ({
    adHocQuery: { name: 'x', template },
    matchEndpoints: { all: true as const },
    variables: [{ name: 'address', pivotType: 'ipAddress' as const, ...variable }],
  })
  const run = await server.call(createRun, { body: input({ listId: list.id }) })
  expect(run.variables).toEqual([
    {
      name: 'address',
      dataType: 'text',
      pivotType: 'ipAddress',
      list: { id: list.id, name: 'addresses', count: 2, sample: ['1.2.3.4', '5.6.7.8'] },
    },
  ])
  const request = (await device.query(run.id)).request
  expect(request.sql).toBe(
    "SELECT path FROM processes WHERE path IN (SELECT value FROM quarry_list WHERE list = 'address')",
  )
  expect(request.lists).toEqual({ address: ['1.2.3.4', '5.6.7.8'] })

  await server.call(deleteIocList, { params: { id: list.id } })
  const again = await server.call(createRun, {
    body: { ...input({ listOfRun: run.id }), origin: { runId: run.id, column: 'path', value: '/bin/sh' } },
  })
  expect(again.variables[0]!.list).toMatchObject({ name: 'addresses', count: 2 })
  expect((await server.call(getRun, { params: { id: again.id }, query: {} })).origin).toEqual({
    runId: run.id,
    column: 'path',
    value: '/bin/sh',
    count: 1,
  })

  const refused = (variable: object) => codeOf(server.call(createRun, { body: input(variable) }))
  expect(await refused({ listId: list.id })).toBe('ioc_list_not_found')
  expect(await refused({ listOfRun: device.endpointId })).toBe('run_not_found')
  expect(await refused({ value: 'x', values: ['y'] })).toBe('bad_request')
  expect(await refused({})).toBe('bad_request')
  const { list: names } = await make({ name: 'names', text: 'evil.example' })
  await expect(server.call(createRun, { body: input({ listId: names.id }) })).rejects.toThrow(
    'The list “names” holds no value of the kind ipAddress',
  )
})
