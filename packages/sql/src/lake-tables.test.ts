import { expect, test } from 'vitest'
import { lakeTableIn } from './lake-tables.ts'

test.each([
  ['SELECT * FROM xdr_data', 'xdr_data'],
  ["SELECT date_format(a, '%Y') FROM XDR_Data x WHERE t > now() - INTERVAL '7' DAY", 'XDR_Data'],
  ['WITH a AS (SELECT 1 FROM mdr_ioc_all) SELECT * FROM a', 'mdr_ioc_all'],
  ['WITH xdr_data AS (SELECT 1) SELECT * FROM xdr_data', undefined],
  ["SELECT 'FROM xdr_data' FROM processes", undefined],
  ['SELECT 1', undefined],
])('%s reads %s', (sql, table) => {
  expect(lakeTableIn(sql)).toBe(table)
})
