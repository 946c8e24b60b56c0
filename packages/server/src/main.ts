import { readConfig } from './config.ts'
import { startServer } from './start.ts'

const server = await startServer(readConfig(process.env))
console.log(server.url, server.firstPassword)
