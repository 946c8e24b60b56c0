import type { PivotType } from '../pivots.ts'
import { type Indicator, readIndicator } from './indicator.ts'
import { parseCsv } from './parse-csv.ts'
import { parseMisp } from './parse-misp.ts'
import { parseStix } from './parse-stix.ts'

/** A piece of text that may be an indicator, and where it stands: `line 3`. */
export interface Candidate {
  place: string
  text: string
  type?: PivotType | undefined
  /** Why it is none, where its surroundings say so. */
  problem?: string | undefined
}

export type IndicatorFormat = 'lines' | 'csv' | 'stix' | 'misp'

export interface ParsedIndicators {
  format: IndicatorFormat
  /** Each once, in their order. */
  indicators: Indicator[]
  duplicates: number
  invalid: { place: string; text: string; problem: string }[]
}

/**
 * Reads indicators out of a text: one in a line, CSV, a bundle of STIX 2.1 or an event of MISP. Defanged values are mended.
 * @param type what the values are; without it each is what it looks like
 * @param format without it, what the text looks like
 */
export function parseIndicators(
  text: string,
  {
    type,
    format = formatOf(text),
  }: { type?: PivotType | undefined; format?: IndicatorFormat | undefined } = {},
): ParsedIndicators {
  const seen = new Set<string>()
  const parsed: ParsedIndicators = { format, indicators: [], duplicates: 0, invalid: [] }
  for (const candidate of candidatesOf(text, format)) {
    const read = candidate.problem
      ? { problem: candidate.problem }
      : readIndicator(candidate.text, type ?? candidate.type)
    if ('problem' in read) {
      const shown = candidate.text.trim().slice(0, 200)
      parsed.invalid.push({ place: candidate.place, text: shown, problem: read.problem })
      continue
    }
    const key = `${read.indicator.type}\0${read.indicator.value}`
    if (seen.has(key)) parsed.duplicates++
    else {
      seen.add(key)
      parsed.indicators.push(read.indicator)
    }
  }
  return parsed
}

function candidatesOf(text: string, format: IndicatorFormat): Candidate[] {
  if (format === 'lines') return lines(text)
  if (format === 'csv') return parseCsv(text)
  try {
    const json: unknown = JSON.parse(text)
    return format === 'stix' ? parseStix(json) : parseMisp(json)
  } catch (error) {
    const problem = `This is not JSON: ${(error as Error).message}.`
    return [{ place: 'the whole text', text: text.slice(0, 80), problem }]
  }
}

/** One in a line; what follows a # at the start of a word is a remark. */
function lines(text: string): Candidate[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .map((line, index) => ({ place: `line ${index + 1}`, text: line.replace(/(^|\s)#.*$/, '') }))
    .filter((candidate) => candidate.text.trim() !== '')
}

/** Tells by its beginning what a text is. */
function formatOf(text: string): IndicatorFormat {
  const start = text.trimStart()
  if (/^[[{]/.test(start) && !/^\[[.:]/.test(start)) {
    if (/"(spec_version|pattern_type)"\s*:|"type"\s*:\s*"bundle"/.test(text)) return 'stix'
    if (/"(Attribute|Event)"\s*:/.test(text)) return 'misp'
  }
  const [head = ''] = start.split(/\r?\n/, 1)
  return /[,;\t]/.test(head) &&
    /(^|[,;\t"])(type|value|indicator|ioc|ioc_value|sha256|md5|ip|domain|url)/i.test(head)
    ? 'csv'
    : 'lines'
}
