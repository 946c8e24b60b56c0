import type { Scan } from '../define-table.ts'
import type { Host } from '../host/host.ts'
import { parseJson } from '../json/read-json.ts'
import { textOf } from './text-files.ts'

/** A JSON file of up to `limit` bytes; undefined where it is absent, and with a warning where it cannot be read or is no JSON. */
export function jsonOf(host: Host, scan: Pick<Scan, 'warn' | 'once'>, path: string, limit: number): unknown {
  const text = textOf(host, scan, path, limit)
  if (text === undefined) return undefined
  const value = jsonIn(text)
  if (value === undefined) scan.warn(`${path} is no JSON and is left out.`)
  return value
}

/** The value of JSON text; undefined for what is none. */
export function jsonIn(text: string): unknown {
  try {
    return parseJson(text.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}
