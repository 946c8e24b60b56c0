import { formatDialect, sqlite } from 'sql-formatter'

/**
 * Lays SQL out: one clause a line, keywords in capitals. `$$name$$` stays in one piece.
 * @throws Error when the SQL cannot be read
 */
export function formatSql(sql: string): string {
  return formatDialect(sql, {
    dialect: sqlite,
    keywordCase: 'upper',
    tabWidth: 2,
    expressionWidth: 90,
    paramTypes: { custom: [{ regex: String.raw`\$\$[^$\n]+\$\$` }] },
  })
}
