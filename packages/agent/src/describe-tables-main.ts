import { enableCompileCache } from 'node:module'

// A process of its own: loading every table takes memory that the agent would keep for ever.
enableCompileCache(process.argv[2])
const { localFunctions, localTables } = await import('./local-tables.ts')

const message = { type: 'tables', tables: await localTables(), functions: await localFunctions() }
process.stdout.write(JSON.stringify(message))
