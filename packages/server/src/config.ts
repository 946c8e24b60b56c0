import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { passwordFits } from './security/passwords.ts'

/** How a server runs. `readConfig` makes one from the environment; tests and the devkit write it out. */
export interface Config {
  host: string
  /** 0 picks a free one. */
  port: number
  /** Absolute path of the folder that holds all state. */
  data: string
  tls?: { cert: string; key: string } | undefined
  /** A reverse proxy in front ends TLS and sets `X-Forwarded-For` and `X-Forwarded-Proto`. */
  behindProxy: boolean
  /** Where people reach the server, when that is not host and port. */
  publicUrl?: URL | undefined
  /** Mint an enrolment token for the agent that the launcher starts beside this server. */
  localAgent: boolean
  adminPassword?: string | undefined
  client?: { id: string; secret: string } | undefined
  /** Level of the log: `fatal`, `error`, `warn`, `info`, `debug` or `silent`. */
  logLevel: string
  /** For tests alone, never from the environment: where the hosts of connectors really are, `{'api.example.com': '127.0.0.1:8080'}`. */
  connectTo?: Record<string, string> | undefined
}

export const defaultConfig: Config = {
  host: '127.0.0.1',
  port: 8490,
  data: resolve('.quarry'),
  behindProxy: false,
  localAgent: false,
  logLevel: 'info',
}

/** Something about the set-up that a person must mend; its message is one clear sentence. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/** Variables that hold credentials; `main.ts` takes them out of the environment before anything else. */
export const secretVariables = ['QUARRY_ADMIN_PASSWORD', 'QUARRY_CLIENT_ID', 'QUARRY_CLIENT_SECRET'] as const

type Environment = Record<string, string | undefined>

/**
 * Reads the configuration from environment variables; an empty one counts as unset.
 * @throws ConfigError naming the variable that is wrong.
 */
export function readConfig(env: Environment): Config {
  const get = (name: string) => (env[name] === '' ? undefined : env[name])
  const config: Config = {
    host: get('QUARRY_HOST') ?? defaultConfig.host,
    port: port(get('QUARRY_PORT')),
    data: resolve(get('QUARRY_DATA') ?? '.quarry'),
    tls: tls(get('QUARRY_TLS_CERT'), get('QUARRY_TLS_KEY')),
    behindProxy: flag('QUARRY_BEHIND_PROXY', get('QUARRY_BEHIND_PROXY')),
    publicUrl: publicUrl(get('QUARRY_PUBLIC_URL')),
    localAgent: flag('QUARRY_LOCAL_AGENT', get('QUARRY_LOCAL_AGENT')),
    adminPassword: adminPassword(get('QUARRY_ADMIN_PASSWORD')),
    client: client(get('QUARRY_CLIENT_ID'), get('QUARRY_CLIENT_SECRET')),
    logLevel: logLevel(get('QUARRY_LOG_LEVEL')),
  }
  if (!isLoopback(config.host) && !config.tls && !config.behindProxy) {
    throw new ConfigError(
      `QUARRY_HOST=${config.host} can be reached from other machines, so set QUARRY_TLS_CERT and QUARRY_TLS_KEY, or QUARRY_BEHIND_PROXY=1 when a proxy in front of Quarry ends TLS.`,
    )
  }
  return config
}

/** Tells whether an address to listen on stays inside this machine. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true
  return isIP(host) === 4 && host.startsWith('127.')
}

function port(text: string | undefined): number {
  if (text === undefined) return defaultConfig.port
  const value = Number(text)
  if (/^\d+$/.test(text) && value <= 65_535) return value
  throw new ConfigError(`QUARRY_PORT must be a number from 0 to 65535, not "${text}".`)
}

function flag(name: string, text: string | undefined): boolean {
  if (text === undefined || text === '0' || text === 'false') return false
  if (text === '1' || text === 'true') return true
  throw new ConfigError(`${name} must be 1 or 0, not "${text}".`)
}

function tls(cert: string | undefined, key: string | undefined): Config['tls'] {
  if (cert === undefined && key === undefined) return undefined
  if (cert === undefined) throw new ConfigError('QUARRY_TLS_KEY is set, but QUARRY_TLS_CERT is not.')
  if (key === undefined) throw new ConfigError('QUARRY_TLS_CERT is set, but QUARRY_TLS_KEY is not.')
  return { cert: pem('QUARRY_TLS_CERT', cert), key: pem('QUARRY_TLS_KEY', key) }
}

function pem(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new ConfigError(`${name} names a file that cannot be read: ${(error as Error).message}.`)
  }
}

function publicUrl(text: string | undefined): URL | undefined {
  if (text === undefined) return undefined
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && /^https?:$/.test(url.protocol) && url.pathname === '/') return url
  throw new ConfigError(
    `QUARRY_PUBLIC_URL must be an address without a path, such as https://quarry.example.org, not "${text}".`,
  )
}

function adminPassword(text: string | undefined): string | undefined {
  if (text === undefined || passwordFits(text, 'admin')) return text
  throw new ConfigError('QUARRY_ADMIN_PASSWORD must have 12 to 256 characters and not be the user name.')
}

function client(id: string | undefined, secret: string | undefined): Config['client'] {
  if (id === undefined && secret === undefined) return undefined
  if (id === undefined) throw new ConfigError('QUARRY_CLIENT_SECRET is set, but QUARRY_CLIENT_ID is not.')
  if (secret === undefined) throw new ConfigError('QUARRY_CLIENT_ID is set, but QUARRY_CLIENT_SECRET is not.')
  if (!/^[\x21-\x7e]{1,120}$/.test(id)) {
    throw new ConfigError('QUARRY_CLIENT_ID must have 1 to 120 printable characters and no spaces.')
  }
  if (secret.length < 8 || secret.length > 256) {
    throw new ConfigError('QUARRY_CLIENT_SECRET must have 8 to 256 characters.')
  }
  return { id, secret }
}

function logLevel(text: string | undefined): string {
  const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent']
  if (text === undefined) return defaultConfig.logLevel
  if (levels.includes(text)) return text
  throw new ConfigError(`QUARRY_LOG_LEVEL must be one of ${levels.join(', ')}, not "${text}".`)
}
