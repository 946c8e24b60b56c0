import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { messageOf, StartError } from './start-error.ts'

export interface AgentConfig {
  /** Address of the server; without one the address of the last enrolment holds. */
  server?: string
  enrolmentToken?: string
  /** The agent's own folder. */
  dataFolder: string
  /** Certificates in PEM; the server must chain to one of them, and to no other. */
  ca?: string
  /** More folders that no table may read: the data of a server on the same machine. */
  hiddenFolders?: string[]
  /** Whether the device records, where its policy allows it; it does when left out. */
  recording?: boolean
  /** Names of the event sources that may be used; all when left out. */
  sensorSources?: string[]
  /** Lets queries reach out of the device, as `networkTables` of the policy does. */
  networkTables?: boolean
  /** pino's level; `info` when left out. */
  logLevel?: string
}

type Env = Record<string, string | undefined>

/** Where the agent keeps its data when nothing says so: root's in `/var/lib`, a person's in the home folder. */
export function defaultDataFolder(): string {
  return process.getuid?.() === 0 ? '/var/lib/quarry-agent' : join(homedir(), '.quarry-agent')
}

/**
 * Reads the configuration from environment variables and takes the token out of them, so that no child inherits it.
 * @throws StartError that names the variable that is wrong.
 */
export function takeConfig(env: Env): AgentConfig {
  const enrolmentToken = take(env, 'QUARRY_ENROLMENT_TOKEN')
  const server = env.QUARRY_SERVER ? serverAddress(env.QUARRY_SERVER) : undefined
  const hidden = (env.QUARRY_HIDDEN_FOLDERS ?? '').split(':').filter(Boolean)
  return {
    dataFolder: realFolder(env.QUARRY_AGENT_DATA || defaultDataFolder()),
    hiddenFolders: hidden.map(realFolder),
    ...(server && { server }),
    ...(enrolmentToken && { enrolmentToken }),
    ...(env.QUARRY_CA && { ca: readCa(env.QUARRY_CA) }),
    ...(env.QUARRY_RECORDING && { recording: onOrOff('QUARRY_RECORDING', env.QUARRY_RECORDING) }),
    ...(env.QUARRY_SENSORS && { sensorSources: env.QUARRY_SENSORS.split(',').filter(Boolean) }),
    ...(env.QUARRY_ALLOW_NETWORK_TABLES === '1' && { networkTables: true }),
    ...(env.QUARRY_LOG_LEVEL && { logLevel: logLevel(env.QUARRY_LOG_LEVEL) }),
  }
}

function take(env: Env, name: string): string | undefined {
  const value = env[name]
  delete env[name]
  return value || undefined
}

/** @throws StartError unless the text is the address of a server. */
function serverAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw new StartError(
      `QUARRY_SERVER must be an address such as https://quarry.example.org, not "${text}".`,
    )
  if (url.username || url.password)
    throw new StartError('QUARRY_SERVER must not hold a user name or password.')
  return url.href
}

function readCa(path: string): string {
  try {
    const pem = readFileSync(path, 'utf8')
    if (pem.includes('-----BEGIN CERTIFICATE-----')) return pem
  } catch (error) {
    throw new StartError(`QUARRY_CA cannot be read: ${messageOf(error)}.`, { cause: error })
  }
  throw new StartError(`QUARRY_CA must name a file with certificates in PEM; ${path} holds none.`)
}

function logLevel(text: string): string {
  const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']
  if (levels.includes(text)) return text
  throw new StartError(`QUARRY_LOG_LEVEL must be one of ${levels.join(', ')}, not "${text}".`)
}

function onOrOff(name: string, text: string): boolean {
  if (text === 'on' || text === 'off') return text === 'on'
  throw new StartError(`${name} must be "on" or "off", not "${text}".`)
}

/** Absolute, and without symbolic links where it exists. */
function realFolder(path: string): string {
  return existsSync(path) ? realpathSync(path) : resolve(path)
}
