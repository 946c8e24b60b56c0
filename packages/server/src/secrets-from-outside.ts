import { ConfigError, secretVariables } from './config.ts'

type Secrets = Partial<Record<(typeof secretVariables)[number], string>>

/** Takes the variables that hold secrets out of the environment and returns them. */
export function takeSecrets(env: NodeJS.ProcessEnv): Secrets {
  const secrets: Secrets = {}
  for (const name of secretVariables) {
    if (env[name] !== undefined) secrets[name] = env[name]
    delete env[name]
  }
  return secrets
}

/**
 * Waits for the launcher's message `{type: 'secrets', …}`, whose other keys are names of secret variables. Deleting a
 * variable does not clear what the kernel shows of a process's first environment; a secret sent this way was never there.
 * @throws ConfigError when there is no launcher or it sends nothing for 10 s
 */
export async function receiveSecrets(): Promise<Secrets> {
  if (!process.send) throw new ConfigError('QUARRY_SECRETS=ipc is for a launcher that is connected by IPC.')
  return await new Promise((resolve, reject) => {
    const missing = () =>
      reject(new ConfigError('QUARRY_SECRETS=ipc is set, but the launcher sent no secrets.'))
    const timer = setTimeout(missing, 10_000)
    process.on('message', function take(message: { type?: string } & Record<string, unknown>) {
      if (message?.type !== 'secrets') return
      clearTimeout(timer)
      process.off('message', take)
      const given = secretVariables.flatMap((name) =>
        typeof message[name] === 'string' ? [[name, message[name]]] : [],
      )
      resolve(Object.fromEntries(given) as Secrets)
    })
    process.once('disconnect', missing)
  })
}
