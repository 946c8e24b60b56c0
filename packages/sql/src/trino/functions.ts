/** Writes a call for DuckDB from its translated arguments; nothing when this form of the call is not understood. */
export type Call = (args: string[]) => string | undefined

const anyNull = (name: string) => (args: string[]) =>
  `CASE WHEN ${args.map((a) => `(${a}) IS NOT NULL`).join(' AND ')} THEN ${name}(${args.join(', ')}) END`
const renamed = (name: string, count: number) => (args: string[]) =>
  args.length === count ? `${name}(${args.join(', ')})` : undefined
const same = (name: string, count: number) => [name, renamed(name, count)] as const

/**
 * Trino's functions as DuckDB's, each with the answer that Trino documents (https://trino.io/docs/current/functions.html). What is not
 * here is refused: the same name does not mean the same answer.
 */
export const functions: ReadonlyMap<string, Call> = new Map<string, Call>([
  same('count', 1),
  same('sum', 1),
  same('min', 1),
  same('max', 1),
  same('lower', 1),
  same('upper', 1),
  same('length', 1),
  same('nullif', 2),
  same('replace', 3),
  same('strpos', 2),
  same('row_number', 0),
  ['coalesce', (args) => `coalesce(${args.join(', ')})`],
  [
    'if',
    (args) =>
      args.length === 3
        ? `if(${args.join(', ')})`
        : args.length === 2
          ? `if(${args.join(', ')}, NULL)`
          : undefined,
  ],
  // DuckDB's own leave NULLs out; Trino's answer NULL.
  ['concat', (args) => (args.length > 1 ? `(${args.map((a) => `(${a})`).join(' || ')})` : undefined)],
  ['greatest', anyNull('greatest')],
  ['least', anyNull('least')],
  same('chr', 1),
  // Trino counts whole units that passed, DuckDB's date_diff the borders that were crossed.
  ['date_diff', renamed('date_sub', 3)],
  ['to_unixtime', renamed('epoch', 1)],
  ['regexp_like', renamed('regexp_matches', 2)],
  ['array_agg', renamed('array_agg', 1)],
  ['array_join', renamed('array_to_string', 2)],
  ['approx_distinct', renamed('approx_count_distinct', 1)],
  // DuckDB's max_by passes over rows whose answer is NULL; Trino's does not.
  ['max_by', renamed('arg_max_null', 2)],
  ['min_by', renamed('arg_min_null', 2)],
  ['arbitrary', renamed('any_value', 1)],
  // A part beyond the last is NULL in Trino and empty in DuckDB.
  [
    'split_part',
    ([s, d, n]) =>
      n && /^\s*[1-9]\d*\s*$/.test(n) ? `list_extract(string_split(${s}, ${d}), ${n})` : undefined,
  ],
])
