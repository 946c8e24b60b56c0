import {
  AppError,
  type Indicator,
  type IndicatorFormat,
  type ParsedIndicators,
  type PivotType,
  parseIndicators,
  readIndicator,
} from '@quarry/schema'

export type Added = Pick<ParsedIndicators, 'indicators' | 'duplicates' | 'invalid'>

interface Given {
  text?: string | undefined
  format?: IndicatorFormat | undefined
  type?: PivotType | undefined
  values?: readonly Indicator[] | undefined
}

/** Reads the values that somebody adds to a list. @throws AppError bad_indicators when there are some and none can be read */
export function readAdded({ text = '', format, type, values = [] }: Given): Added {
  const parsed: Added = text.trim()
    ? parseIndicators(text, { type, format })
    : { indicators: [], duplicates: 0, invalid: [] }
  for (const [index, given] of values.entries()) {
    const read = readIndicator(given.value, given.type)
    if ('indicator' in read) parsed.indicators.push(read.indicator)
    else
      parsed.invalid.push({
        place: `value ${index + 1}`,
        text: given.value.slice(0, 200),
        problem: read.problem,
      })
  }
  const [first] = parsed.invalid
  if (first && parsed.indicators.length === 0)
    throw new AppError(
      'bad_indicators',
      `No value could be read. At ${first.place}, “${first.text.slice(0, 60)}”: ${first.problem}`,
    )
  return parsed
}
