import { column, defineTable } from '../define-table.ts'
import { entriesAt } from '../json/read-json.ts'
import { lxdInstance } from '../lxd/ask-lxd.ts'

/** Settings that often hold passwords: environment variables, and what cloud-init is told. */
const secret = /^(environment\.|user\.|cloud-init\.)/

export default defineTable({
  name: 'lxd_instance_config',
  description:
    'Settings of an instance of LXD, those of its profiles included. Values of environment variables and of cloud-init are NULL to whoever may not read docker_container_envs.',
  platforms: ['linux'],
  columns: {
    name: column.text('Name of the instance.', { index: true, required: true }),
    key: column.text('Name of the setting.'),
    value: column.text('Value of the setting.'),
  },
  examples: [
    "SELECT key, value FROM lxd_instance_config WHERE name = 'web' AND key LIKE 'security.%'",
    "SELECT name, value FROM lxd_instances JOIN lxd_instance_config USING (name) WHERE key = 'security.privileged'",
  ],
  estimatedRows: 20,

  *rows(host, scan) {
    const showsAll = scan.mayRead('docker_container_envs')
    for (const name of scan.texts('name') ?? []) {
      const instance = lxdInstance(host, scan, name)
      const own = entriesAt(instance, 'config')
      const settings = new Map([...own, ...entriesAt(instance, 'expanded_config')])
      for (const [key, value] of settings) {
        const hidden = !showsAll && secret.test(key)
        if (hidden && scan.uses('value'))
          scan.warn(
            'Values of environment variables and of cloud-init need the permission table:docker_container_envs, which whoever asked does not have; they are empty.',
          )
        yield { name, key, value: hidden ? null : String(value) }
      }
    }
  },
})
