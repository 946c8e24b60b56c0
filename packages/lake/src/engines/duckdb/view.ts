// A DuckDB for questions: it may open the very files of its view and nothing else, and its settings are locked.
import { type DuckDBConnection, DuckDBInstance, StatementType } from '@duckdb/node-api'
import type { Answer, LakeView } from '../../engine.ts'
import type { LakeTable } from '../../lake-table.ts'
import type { PendingFile } from '../../segments/pending.ts'
import { fileColumns, identifier, list, shownColumns } from './columns.ts'
import { viewOf } from './load.ts'
import type { LakeFile } from './manifest.ts'

/** Settings after which no statement reaches a file, the network or an extension that the view does not name. */
const locked = [
  'SET autoinstall_known_extensions = false',
  'SET autoload_known_extensions = false',
  'SET allow_community_extensions = false',
  "SET temp_directory = ''",
  'SET enable_external_access = false',
  'SET lock_configuration = true',
]

async function answer(connection: DuckDBConnection, sql: string): Promise<Answer> {
  const statements = await connection.extractStatements(sql)
  if (statements.count !== 1) throw new Error('The lake answers one statement at a time.')
  const statement = await statements.prepare(0)
  try {
    if (statement.statementType !== StatementType.SELECT) throw new Error('The lake answers SELECT only.')
    const reader = await statement.runAndReadAll()
    return { columns: reader.columnNames(), rows: reader.getRowsJS() as unknown[][] }
  } finally {
    statement.destroySync()
  }
}

/** Opens a view of Parquet files and pending rows. Each table is there, empty or not. */
export async function openView(
  tables: readonly LakeTable[],
  folder: string,
  files: readonly LakeFile[],
  pending: readonly PendingFile[],
  memory: string,
): Promise<LakeView> {
  const paths = (table: LakeTable) => ({
    parquet: files.filter((file) => file.table === table.name).map(({ name }) => `${folder}/${name}`),
    pending: pending.filter((file) => file.table === table.name).map(({ path }) => path),
  })
  const allowed = tables.flatMap((table) => Object.values(paths(table)).flat())
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: memory })
  const connection = await instance.connect()
  await connection.run(`SET allowed_paths = ${list(allowed)}`)
  await connection.run('CREATE SCHEMA empty')
  for (const table of tables) {
    const { parquet, pending: rows } = paths(table)
    await connection.run(`CREATE TABLE empty.${identifier(table.name)} (${fileColumns(table)})`)
    await connection.run(viewOf(table, shownColumns(table), parquet, rows))
  }
  for (const setting of locked) await connection.run(setting)
  return {
    query: (sql) => answer(connection, sql),
    close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}
