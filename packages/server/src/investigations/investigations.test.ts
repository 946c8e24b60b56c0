import { AppError, send } from '@quarry/schema'
import {
  addMark,
  addQuestion,
  createInvestigation,
  deleteInvestigation,
  deleteMark,
  exportInvestigation,
  getInvestigation,
  importInvestigation,
  listInvestigations,
  removeQuestion,
  reportInvestigation,
  updateMark,
} from '@quarry/schema/endpoints/investigations'
import { getTrail } from '@quarry/schema/endpoints/pivots'
import { createRun } from '@quarry/schema/endpoints/runs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../../devkit/src/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await server.device('web-01')
})
afterAll(() => server[Symbol.asyncDispose]())

const ask = async (name: string, origin?: { runId: string; value?: string }) => {
  const run = await server.call(createRun, {
    body: {
      adHocQuery: { name, template: 'SELECT 1' },
      matchEndpoints: { all: true },
      ...(origin && { origin: { column: 'path', value: '/tmp/x', ...origin } }),
    },
  })
  return run.id
}
const file = async (
  spec: typeof exportInvestigation | typeof reportInvestigation,
  id: string,
  query: object = {},
) => {
  const options = { headers: () => server.headers }
  return await send(server.url, spec as typeof reportInvestigation, { params: { id }, query }, options)
}
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (error) => (error instanceof AppError ? error.code : String(error)),
  )
const names = (questions: { name: string; parentId?: string | undefined; id: string }[]) =>
  questions.map(({ name, parentId }) => `${questions.find(({ id }) => id === parentId)?.name ?? ''}/${name}`)

test('an investigation has the whole trail of a run, and what is asked later joins it below its question', async () => {
  const first = await ask('first')
  const second = await ask('second', { runId: first })
  await ask('sister', { runId: first })
  const made = await server.call(createInvestigation, { body: { name: 'Case 7', runId: second } })
  expect(names(made.questions)).toEqual(['/first', 'first/second', 'first/sister'])
  expect(made.questions[1]).toMatchObject({
    runId: second,
    origin: { column: 'path', value: '/tmp/x', count: 1 },
    devices: 1,
    result: 'notAvailable',
  })
  const third = await ask('third', { runId: second })
  await ask('elsewhere')
  const params = { id: made.id }
  const now = await server.call(getInvestigation, { params })
  expect(names(now.questions)).toEqual(['/first', 'first/second', 'second/third', 'first/sister'])
  const trail = await server.call(getTrail, { params: { id: third } })
  expect(trail.investigations).toEqual([{ id: made.id, name: 'Case 7' }])

  const other = await ask('other')
  const more = await server.call(addQuestion, { params, body: { runId: other } })
  expect(names(more.questions).at(-1)).toBe('/other')
  const secondQuestion = more.questions.find(({ name }) => name === 'second')!
  const less = await server.call(removeQuestion, { params: { ...params, questionId: secondQuestion.id } })
  expect(names(less.questions)).toEqual(['/first', 'first/sister', '/other'])
  expect(await codeOf(server.call(addQuestion, { params, body: { runId: made.id } }))).toBe('run_not_found')
  expect(await codeOf(server.call(createInvestigation, { body: { name: 'x', runId: made.id } }))).toBe(
    'run_not_found',
  )
})

test('notes and findings are marked, changed, told in reports, and travel in a file', async () => {
  const run = await ask('Who <b>talks</b>?')
  const { id } = await server.call(createInvestigation, { body: { name: 'Case | 8 <script>' } })
  const params = { id }
  const row = {
    endpointId: run,
    hostname: 'web-01',
    epName: 'web-01',
    path: '/tmp/`x`<i>',
    sha256: null,
    pid: 7,
  }
  const marked = await server.call(addMark, {
    params,
    body: { kind: 'finding', verdict: 'suspicious', text: 'Dropped by *cron*', runId: run, row },
  })
  expect(names(marked.questions)).toEqual(['/Who <b>talks</b>?'])
  expect(marked.marks).toMatchObject([{ kind: 'finding', row, questionId: marked.questions[0]!.id }])
  const mark = marked.marks[0]!.id
  const { findings } = await server.call(getTrail, { params: { id: run } })
  expect(findings).toEqual([{ id: mark, verdict: 'suspicious', text: 'Dropped by *cron*', row }])
  await server.call(addMark, { params, body: { kind: 'note', text: 'Call Ada.\n# Not a heading' } })
  const changed = await server.call(updateMark, {
    params: { id, markId: mark },
    body: { verdict: 'malicious' },
  })
  expect(changed.marks[0]).toMatchObject({ verdict: 'malicious', text: 'Dropped by *cron*' })
  expect(await codeOf(server.call(addMark, { params, body: { kind: 'finding' } }))).toBe('bad_request')
  expect(await codeOf(server.call(updateMark, { params: { id, markId: id }, body: {} }))).toBe(
    'mark_not_found',
  )
  expect((await server.call(listInvestigations, {})).items[0]).toMatchObject({
    id,
    questions: 1,
    findings: 1,
  })

  const markdown = await file(reportInvestigation, id)
  expect(markdown.headers.get('content-disposition')).toBe('attachment; filename="Case-8-script.md"')
  const text = await markdown.text()
  expect(text).toContain('# Case \\| 8 \\<script\\>')
  expect(text).toContain('- **malicious** on web-01 (question 1): Dropped by \\*cron\\*')
  expect(text).toContain('  - path: ``/tmp/`x`<i>``')
  expect(text).toContain('> \\# Not a heading')
  expect(text).toContain('### 1 Who \\<b\\>talks\\</b\\>?')

  const page = await file(reportInvestigation, id, { format: 'html' })
  expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/)
  const html = await page.text()
  expect(html).toContain('<h1>Case | 8 &lt;script&gt;</h1>')
  expect(html).toContain('<td>/tmp/`x`&lt;i&gt;</td>')
  expect(html).not.toMatch(/<script|<b>|<i>/)

  const json = await (await file(exportInvestigation, id)).text()
  await server.call(deleteInvestigation, { params })
  expect(await codeOf(server.call(getInvestigation, { params }))).toBe('investigation_not_found')
  const back = await server.call(importInvestigation, { body: { json } })
  expect(back).toMatchObject({ name: 'Case | 8 <script>' })
  expect(back.questions).toMatchObject([{ name: 'Who <b>talks</b>?', devices: 1 }])
  expect(back.questions[0]!.runId).toBeUndefined()
  expect(back.marks.map(({ kind, verdict, questionId }) => [kind, verdict, questionId])).toEqual([
    ['finding', 'malicious', back.questions[0]!.id],
    ['note', undefined, undefined],
  ])
  const gone = await server.call(deleteMark, { params: { id: back.id, markId: back.marks[0]!.id } })
  expect(gone.marks).toHaveLength(1)
})

test.each([
  ['no JSON', 'no JSON', 'it is not JSON'],
  ['another format', '{"format":"x"}', 'format'],
])('a file with %s is refused with the reason', async (_, json, reason) => {
  await expect(server.call(importInvestigation, { body: { json } })).rejects.toMatchObject({
    code: 'bad_investigation',
    message: expect.stringContaining(reason),
  })
})

test('a file whose parts do not fit together is refused', async () => {
  const run = await ask('x')
  const { id } = await server.call(createInvestigation, { body: { name: 'Case 9', runId: run } })
  const sound = JSON.parse(await (await file(exportInvestigation, id)).text())
  const refused = (change: object) =>
    codeOf(server.call(importInvestigation, { body: { json: JSON.stringify({ ...sound, ...change }) } }))
  const [question] = sound.questions
  expect(await refused({})).toBe('none')
  expect(await refused({ evil: 1 })).toBe('bad_investigation')
  expect(await refused({ questions: [question, question] })).toBe('bad_investigation')
  expect(await refused({ questions: [{ ...question, parentId: run }] })).toBe('bad_investigation')
  expect(await refused({ questions: [{ ...question, rows: 'many' }] })).toBe('bad_investigation')
})
