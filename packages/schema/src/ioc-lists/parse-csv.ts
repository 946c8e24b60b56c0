import { type PivotType, PivotType as PivotTypes } from '../pivots.ts'
import { readIndicator } from './indicator.ts'
import type { Candidate } from './parse-indicators.ts'

/** How other systems call the kinds, in small letters and without signs. */
const aliases: Record<string, PivotType> = {
  filehashsha256: 'sha256',
  filehashsha1: 'sha1',
  filehashmd5: 'md5',
  sha256hash: 'sha256',
  sha1hash: 'sha1',
  md5hash: 'md5',
  ip: 'ipAddress',
  ipv4: 'ipAddress',
  ipv6: 'ipAddress',
  ipsrc: 'ipAddress',
  ipdst: 'ipAddress',
  hostname: 'domain',
  host: 'domain',
  fqdn: 'domain',
  uri: 'url',
  path: 'filePath',
  filepath: 'filePath',
  user: 'username',
  regkey: 'registryKey',
  process: 'processName',
  package: 'packageName',
}

const key = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '')
const kindOf = (text: string): PivotType | undefined =>
  aliases[key(text)] ?? PivotTypes.options.find((type) => type.toLowerCase() === key(text))

const valueNames = ['value', 'indicator', 'ioc', 'iocvalue', 'observable', 'indicatorvalue']
const typeNames = ['type', 'indicatortype', 'ioctype', 'kind']

/**
 * Reads a table: the column `value` (or `indicator`, `ioc`) by its column `type`, else the columns that are named after a kind, else
 * the first cell of each line that is an indicator.
 */
export function parseCsv(text: string): Candidate[] {
  const rows = cells(text.replace(/^\ufeff/, ''))
  const head = rows[0]?.cells.map(key) ?? []
  const value = head.findIndex((name) => valueNames.includes(name))
  const type = head.findIndex((name) => typeNames.includes(name))
  const body = rows.slice(1).filter((row) => row.cells.some((cell) => cell.trim() !== ''))
  if (value >= 0)
    return body.map(({ line, cells: row }) => ({
      place: `line ${line}`,
      text: row[value] ?? '',
      type: type >= 0 ? kindOf(row[type] ?? '') : undefined,
    }))
  const named = head.flatMap((name, index) => {
    const kind = kindOf(name)
    return kind ? [{ index, kind }] : []
  })
  if (named.length > 0)
    return body.flatMap(({ line, cells: row }) =>
      named.flatMap(({ index, kind }) =>
        row[index]?.trim() ? [{ place: `line ${line}`, text: row[index], type: kind }] : [],
      ),
    )
  return rows
    .filter((row) => row.cells.some((cell) => cell.trim() !== ''))
    .map(({ line, cells: row }) => ({
      place: `line ${line}`,
      text: row.find((cell) => 'indicator' in readIndicator(cell)) ?? row[0] ?? '',
    }))
}

/** Takes CSV apart (RFC 4180); the separator is the first of comma, semicolon and tab that the head has. */
function cells(text: string): { line: number; cells: string[] }[] {
  const separator = /[,;\t]/.exec(text.split('\n', 1)[0] ?? '')?.[0] ?? ','
  const rows: { line: number; cells: string[] }[] = []
  const pattern = new RegExp(`(?:"((?:[^"]|"")*)"|([^${separator}\\r\\n]*))(${separator}|\\r?\\n|$)`, 'y')
  let line = 1
  let row: string[] = []
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text)
    // A quote that is never closed: the rest of the line is one cell.
    if (!match) break
    const [whole, quoted, plain, end] = match
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
    if (end !== separator) {
      rows.push({ line, cells: row })
      row = []
    }
    line += whole.split('\n').length - 1
    if (end === '') break
  }
  return rows
}
