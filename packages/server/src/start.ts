import type { AddressInfo } from 'node:net'
import { createSecureContext } from 'node:tls'
import { pino } from 'pino'
import { buildApp } from './app.ts'
import { type Config, ConfigError, defaultConfig } from './config.ts'
import { type Ground, openContext } from './context.ts'
import { prepareFirstStart } from './first-start.ts'
import { takeDataFolder } from './state/data-folder.ts'
import { openDatabase } from './state/database.ts'
import { readTenantId } from './state/settings.ts'

export { type Config, ConfigError, defaultConfig } from './config.ts'

export interface Server {
  /** Without a slash at the end. */
  url: string
  tenantId: string
  /** The administrator's one-time password; only at the first start, and only when none was given. */
  firstPassword?: string | undefined
  /** Enrols one agent within the hour; only when `localAgent` is asked for. */
  localEnrolmentToken?: string | undefined
  /** Ends streams and sockets, finishes what is being written, and gives the data folder back. */
  close(): Promise<void>
}

/**
 * Starts a server; what `options` leaves out is as in `defaultConfig`.
 * @throws ConfigError in one clear sentence for a taken port, a folder that cannot be written or is in use.
 */
export async function startServer(options: Partial<Config> & Pick<Config, 'data'>): Promise<Server> {
  const config: Config = { ...defaultConfig, ...options }
  const undo: (() => void | Promise<void>)[] = []
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    checkCertificate(config)
    undo.push(takeDataFolder(config.data))
    const log = pino({ level: config.logLevel, base: null }, pino.destination({ fd: 2, sync: true }))
    const db = await openDatabase(config.data)
    undo.push(() => db.destroy())

    const closing = new AbortController()
    let url = ''
    const onClosed: Ground['onClosed'] = []
    undo.push(async () => {
      for (const step of onClosed.reverse()) await step()
    })
    const tenantId = await readTenantId(db)
    const ground = { config, db, log, tenantId, closing: closing.signal, onClosed, upgrades: new Map() }
    const ctx = await openContext({ ...ground, url: () => url })
    const app = await buildApp(ctx)
    undo.push(async () => {
      closing.abort()
      await app.close()
    })
    const first = await prepareFirstStart(ctx)
    await app.listen({ host: config.host, port: config.port }).catch((error) => {
      throw listenError(error, config)
    })
    url = addressOf(config, app.server.address() as AddressInfo)
    return { url, tenantId, ...first, close }
  } catch (error) {
    await close()
    throw error
  }
}

function checkCertificate({ tls }: Config): void {
  if (!tls) return
  try {
    createSecureContext(tls)
  } catch (error) {
    const reason = (error as Error).message
    throw new ConfigError(
      `QUARRY_TLS_CERT and QUARRY_TLS_KEY are not a certificate and its key in PEM form (${reason}).`,
    )
  }
}

function addressOf(config: Config, { port }: AddressInfo): string {
  if (config.publicUrl) return config.publicUrl.origin
  const host = config.host.includes(':') ? `[${config.host}]` : config.host
  return `${config.tls ? 'https' : 'http'}://${host}:${port}`
}

function listenError(error: NodeJS.ErrnoException, { host, port }: Config): unknown {
  if (error.code === 'EADDRINUSE') {
    return new ConfigError(
      `Port ${port} of ${host} is taken by another program; set QUARRY_PORT to a free one.`,
    )
  }
  if (error.code === 'EACCES') {
    return new ConfigError(
      `Port ${port} needs rights that this user does not have; set QUARRY_PORT to 1024 or more.`,
    )
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') {
    return new ConfigError(`QUARRY_HOST=${host} is not an address of this machine.`)
  }
  return error
}
