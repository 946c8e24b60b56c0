import { column, defineTable } from '../define-table.ts'
import { bareId, containersOf, inspect, nameOf } from '../docker/containers.ts'
import { joinedAt, numberAt, textAt } from '../json/read-json.ts'
import { attempt } from '../proc/attempt.ts'
import { namespaceId } from '../proc/namespaces.ts'

const kinds = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'user', 'uts'] as const
/**
 * Columns that Docker's list has not: they cost a question for each container.
 *
 * @note osquery’s documentation says that lists are joined by a comma; whether a space follows it is not said, and one does here.
 */
const inspected = [
  'pid',
  'path',
  'config_entrypoint',
  'started_at',
  'finished_at',
  'privileged',
  'security_options',
  'env_variables',
  'readonly_rootfs',
] as const

export default defineTable({
  name: 'docker_containers',
  description: 'Containers of Docker, stopped ones too; empty where no Docker Engine runs.',
  platforms: ['linux'],
  columns: {
    id: column.text('Id of the container.', { index: true }),
    name: column.text('Name of the container, with a slash before it.', { index: true }),
    image: column.text('Image that the container was started from, by name.'),
    image_id: column.text('Id of that image.'),
    command: column.text('Command that the container was started with.'),
    created: column.bigint('Creation in unix seconds.'),
    state: column.text('State: created, restarting, running, removing, paused, exited or dead.'),
    status: column.text('State in words, such as Up 3 hours.'),
    pid: column.bigint('Id of the container’s first process on this machine; 0 when it does not run.'),
    path: column.text('Program that the container runs, by its path inside.'),
    config_entrypoint: column.text('Entry point of the container, its words separated by commas.'),
    started_at: column.text('Last start, as Docker writes the time.'),
    finished_at: column.text('Last end, as Docker writes the time; year 1 for never.'),
    privileged: column.integer('1 when the container has nearly all rights of the machine, else 0.'),
    security_options: column.text('Security options, separated by commas.'),
    env_variables: column.text(
      'Environment variables that the container is given, separated by commas; NULL to whoever may not read docker_container_envs.',
    ),
    readonly_rootfs: column.integer('1 when the container cannot write its root file system, else 0.'),
    cgroup_namespace: column.text('Inode of the control group namespace.'),
    ipc_namespace: column.text('Inode of the namespace of shared memory and message queues.'),
    mnt_namespace: column.text('Inode of the namespace of mounts.'),
    net_namespace: column.text('Inode of the network namespace.'),
    pid_namespace: column.text('Inode of the namespace of process ids.'),
    user_namespace: column.text('Inode of the namespace of users.'),
    uts_namespace: column.text('Inode of the namespace of the host name.'),
  },
  examples: [
    "SELECT name, image, status FROM docker_containers WHERE state = 'running'",
    'SELECT name, pid, security_options FROM docker_containers WHERE privileged = 1',
  ],
  estimatedRows: 20,

  *rows(host, scan) {
    const names = scan.texts('name')
    const asksNamespaces = kinds.some((kind) => scan.uses(`${kind}_namespace`))
    const asksMore = asksNamespaces || inspected.some((name) => scan.uses(name))
    const showsEnv = scan.mayRead('docker_container_envs')
    if (!showsEnv && scan.uses('env_variables'))
      scan.warn(
        'The column env_variables needs the permission table:docker_container_envs, which whoever asked does not have; it is empty.',
        'partial',
      )
    for (const { id, listed } of containersOf(host, scan)) {
      const name = nameOf(listed)
      if (names && !names.includes(name)) continue
      const more = asksMore ? inspect(host, scan, id) : undefined
      const pid = numberAt(more, 'State', 'Pid')
      yield {
        id,
        name,
        image: textAt(listed, 'Image'),
        image_id: bareId(textAt(listed, 'ImageID')),
        command: textAt(listed, 'Command'),
        created: numberAt(listed, 'Created'),
        state: textAt(listed, 'State'),
        status: textAt(listed, 'Status'),
        pid,
        path: textAt(more, 'Path'),
        config_entrypoint: joinedAt(more, 'Config', 'Entrypoint'),
        started_at: textAt(more, 'State', 'StartedAt'),
        finished_at: textAt(more, 'State', 'FinishedAt'),
        privileged: numberAt(more, 'HostConfig', 'Privileged'),
        security_options: joinedAt(more, 'HostConfig', 'SecurityOpt'),
        env_variables: showsEnv ? joinedAt(more, 'Config', 'Env') : null,
        readonly_rootfs: numberAt(more, 'HostConfig', 'ReadonlyRootfs'),
        ...(asksNamespaces && pid ? namespacesOf(pid) : {}),
      }
    }

    function namespacesOf(pid: number | bigint) {
      const row: Partial<Record<`${(typeof kinds)[number]}_namespace`, string>> = {}
      for (const kind of kinds) {
        const link = attempt(scan, () => host.readlink(`/proc/${pid}/ns/${kind}`))
        if (link !== undefined) row[`${kind}_namespace`] = namespaceId(link)
      }
      return row
    }
  },
})
