import { openAccounts } from './accounts/accounts.ts'
import { openAudit } from './audit/audit.ts'
import { ConfigError, readConfig } from './config.ts'
import { takeDataFolder } from './state/data-folder.ts'
import { openDatabase } from './state/database.ts'

// For whoever lost every Super Admin's password: gives the account `admin` a new one-time password. It works on the
// data folder while no server does, so it needs the rights of the server's own user and nothing else.
process.umask(0o077)
try {
  // npm runs a script in the folder of its package; a person means the folder where they are.
  if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD)
  const { data } = readConfig({ QUARRY_DATA: process.env.QUARRY_DATA })
  const giveBack = takeDataFolder(data)
  const db = await openDatabase(data)
  const accounts = openAccounts({ db })
  const admin = await accounts.byUsername('admin')
  if (!admin) throw new ConfigError(`The data folder ${data} has no account "admin".`)
  const change = { role: 'superAdmin', disabled: false, resetPassword: true } as const
  const { oneTimePassword } = await accounts.update(admin.id, change)
  await openAudit(db)('system', 'accounts.reset', admin.id, { username: 'admin' })
  await db.destroy()
  giveBack()
  console.log(`The one-time password of admin is now ${oneTimePassword}`)
} catch (error) {
  process.stderr.write(`${error instanceof ConfigError ? error.message : (error as Error).stack}\n`)
  process.exitCode = 1
}
