import { expect, test } from 'vitest'
import { renderedSql } from './rendered-sql.ts'

const port = { name: 'port', dataType: 'integer' } as const

test('values stand in their places', () => {
  const template = "SELECT * FROM listening_ports WHERE port = $$port$$ AND path LIKE '%$$part$$%'"
  const variables = [
    { ...port, value: '443' },
    { name: 'part', dataType: 'text' as const, value: "o'b" },
  ]
  expect(renderedSql({ template, variables }).sql).toBe(
    "SELECT * FROM listening_ports WHERE port = 443 AND path LIKE '%o''b%'",
  )
})

test('a value that is missing is told, and the template stands as it is', () => {
  const shown = renderedSql({ template: 'SELECT $$port$$', variables: [port] })
  expect(shown.sql).toBe('SELECT $$port$$')
  expect(shown.note).toBe('Shown with its variables: The variable “port” has no value.')
})
