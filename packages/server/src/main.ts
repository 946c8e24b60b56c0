import { ConfigError, readConfig } from './config.ts'
import { receiveSecrets, takeSecrets } from './secrets-from-outside.ts'
import { startServer } from './start.ts'

/** Longest time that a stop may take before the process ends regardless. */
const stopMillis = 2800

// First of all: secrets leave the environment, which other processes of this user can read.
const secrets = takeSecrets(process.env)

try {
  // What this process writes is for its own user alone.
  process.umask(0o077)
  const received = process.env.QUARRY_SECRETS === 'ipc' ? await receiveSecrets() : {}
  const server = await startServer(readConfig({ ...process.env, ...secrets, ...received }))

  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(1), stopMillis).unref()
    server.close().then(
      () => process.exit(0),
      (error) => fail(`Quarry did not stop cleanly: ${(error as Error).message}`),
    )
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  if (process.send) {
    // Without its launcher nobody would stop this server any more.
    process.on('disconnect', stop)
    const ready = {
      url: server.url,
      firstPassword: server.firstPassword,
      enrolmentToken: server.localEnrolmentToken,
    }
    if (process.connected) process.send({ type: 'ready', ...ready })
    else stop()
  } else {
    console.log(`Quarry listens on ${server.url}`)
    if (server.firstPassword) {
      console.log(`Sign in as admin with the one-time password ${server.firstPassword}`)
    }
  }
} catch (error) {
  fail(error instanceof ConfigError ? error.message : `Quarry cannot start: ${(error as Error).stack}`)
}

function fail(sentence: string): void {
  process.stderr.write(`${sentence}\n`, () => process.exit(1))
}
