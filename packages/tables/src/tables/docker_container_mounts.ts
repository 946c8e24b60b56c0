import { column, defineTable } from '../define-table.ts'
import { containersOf } from '../docker/containers.ts'
import { listAt, numberAt, textAt } from '../json/read-json.ts'

export default defineTable({
  name: 'docker_container_mounts',
  description: 'Folders and volumes that containers of Docker see.',
  platforms: ['linux'],
  columns: {
    id: column.text('Id of the container.', { index: true }),
    type: column.text('Kind of mount: bind for a folder of this machine, volume, tmpfs or npipe.'),
    name: column.text('Name of the volume; empty for another kind.', { index: true }),
    source: column.text('Folder on this machine.', { pivotType: 'filePath' }),
    destination: column.text('Folder inside the container.'),
    driver: column.text('Driver of the volume; empty for another kind.'),
    mode: column.text('Options of the mount, such as ro or z.'),
    rw: column.integer('1 when the container may write, else 0.'),
    propagation: column.text('How mounts made later are shared, such as rprivate.'),
  },
  examples: [
    "SELECT id, source, destination FROM docker_container_mounts WHERE type = 'bind' AND rw = 1",
    "SELECT id FROM docker_container_mounts WHERE source = '/var/run/docker.sock'",
  ],
  estimatedRows: 40,

  *rows(host, scan) {
    for (const { id, listed } of containersOf(host, scan))
      for (const mount of listAt(listed, 'Mounts'))
        yield {
          id,
          type: textAt(mount, 'Type'),
          name: textAt(mount, 'Name') ?? '',
          source: textAt(mount, 'Source') ?? '',
          destination: textAt(mount, 'Destination'),
          driver: textAt(mount, 'Driver') ?? '',
          mode: textAt(mount, 'Mode'),
          rw: numberAt(mount, 'RW'),
          propagation: textAt(mount, 'Propagation'),
        }
  },
})
