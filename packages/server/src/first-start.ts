import type { Context } from './context.ts'

/** The name of the first account. */
const adminName = 'admin'

/**
 * Makes what must exist before anyone can sign in: the first account, the API client that the configuration names, and
 * the token for the agent beside this server. What exists is left as it is.
 */
export async function prepareFirstStart(
  ctx: Context,
): Promise<{ firstPassword?: string | undefined; localEnrolmentToken?: string | undefined }> {
  const firstPassword = await createAdmin(ctx)
  await createClient(ctx)
  const localEnrolmentToken = ctx.config.localAgent ? await ctx.enrolment.createLocal() : undefined
  return { firstPassword, localEnrolmentToken }
}

async function createAdmin({ accounts, audit, config }: Context): Promise<string | undefined> {
  if ((await accounts.count()) > 0) return undefined
  const { account, oneTimePassword } = await accounts.create({
    username: adminName,
    name: 'Administrator',
    role: 'superAdmin',
    password: config.adminPassword,
  })
  await audit('system', 'accounts.create', account.id, { username: adminName, role: account.role })
  return oneTimePassword
}

/**
 * The client of the configuration is an Admin: it asks, enrols and reads the audit log, but makes neither accounts nor
 * other clients, so a leaked environment does not hand over the installation.
 */
async function createClient({ apiClients, audit, config, log }: Context): Promise<void> {
  if (!config.client) return
  const { id, secret } = config.client
  if (await apiClients.byClientId(id)) {
    if (await apiClients.check(id, secret)) return
    log.warn(`QUARRY_CLIENT_SECRET is not the secret of the API client ${id} that exists; the old one stays.`)
    return
  }
  const { client } = await apiClients.create(
    { name: `From the environment (${id})`, role: 'admin' },
    config.client,
  )
  await audit('system', 'apiClients.create', client.id, { clientId: id, role: client.role })
}
