import { readFileSync } from 'node:fs'

const file = new URL('../package.json', import.meta.url)

/** Version of this agent, from its package. */
export const agentVersion = (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
