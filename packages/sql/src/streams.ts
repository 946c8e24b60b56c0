import { tokenize } from './tokenize.ts'

const gathers = new Map<string, string>([
  ['order', 'it sorts what it finds'],
  ...['group', 'having'].map((word) => [word, 'it groups what it finds'] as const),
  ...['distinct', 'union', 'intersect', 'except', 'over', 'window', 'recursive'].map(
    (word) => [word, 'it compares what it finds with all the rest'] as const,
  ),
  ...['limit', 'offset'].map((word) => [word, 'it has a LIMIT of its own'] as const),
  ...['count', 'sum', 'avg', 'min', 'max', 'total', 'group_concat', 'string_agg'].map(
    (word) => [word, 'it counts or sums up what it finds'] as const,
  ),
  ...['json_group_array', 'json_group_object', 'jsonb_group_array', 'jsonb_group_object'].map(
    (word) => [word, 'it gathers what it finds'] as const,
  ),
  ...['random', 'randomblob'].map((word) => [word, 'it draws lots'] as const),
  ...['current_time', 'current_date', 'current_timestamp', 'now'].map(
    (word) => [word, 'it asks for the time of now, which passes'] as const,
  ),
])

/** Functions of date and time that mean now when they are given no time. */
const ofNow = /\b(strftime\s*\(\s*'[^']*'\s*\)|(date|time|datetime|julianday|unixepoch)\s*\(\s*\))/i

/**
 * Why a statement that was broken off cannot go on where it was, as a part of a sentence; undefined when each of its rows comes from the
 * data alone, one after the other. It goes by the text, and rather says no: a name in quotes that reads like such a word counts.
 */
export function whyNotContinued(sql: string): string | undefined {
  if (ofNow.test(sql)) return gathers.get('now')
  for (const { kind, text } of tokenize(sql)) {
    if (kind === 'comment' || kind === 'space') continue
    const why = gathers.get(text.replaceAll(/^["'`[]|["'`\]]$/g, '').toLowerCase())
    if (why) return why
  }
  return undefined
}
