import { enableCompileCache } from 'node:module'

// A process of its own: loading every table takes memory that the agent would keep for ever.
enableCompileCache(process.argv[2])
const { describeTables } = await import('./describe-tables.ts')
const { allTables } = await import('@quarry/tables/registry')

process.stdout.write(JSON.stringify(describeTables(await allTables())))
