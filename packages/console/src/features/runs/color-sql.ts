import { type Token, tokenize } from '@quarry/sql'

export interface SqlPart {
  text: string
  kind: Token['kind'] | 'keyword'
}

// Only for colour: a name that is missing here is drawn like any other.
const KEYWORDS = new Set(
  `select from where and or not in is null as on join left inner cross outer using group by order having limit offset
   with recursive union all distinct case when then else end like glob between exists asc desc cast over partition values`
    .split(/\s+/)
    .map((word) => word.toUpperCase()),
)

/** Splits SQL into parts to colour. Together they are the text, to the letter. */
export function colorSql(sql: string): SqlPart[] {
  return tokenize(sql).map(({ text, kind }) => ({
    text,
    kind: kind === 'word' && KEYWORDS.has(text.toUpperCase()) ? 'keyword' : kind,
  }))
}
