import { column, defineTable } from '../define-table.ts'
import { numberAt, textAt } from '../json/read-json.ts'
import { askLxd, listLxd } from '../lxd/ask-lxd.ts'

export default defineTable({
  name: 'lxd_instances',
  description: 'Containers and virtual machines of LXD in its default project, stopped ones too.',
  platforms: ['linux'],
  columns: {
    name: column.text('Name of the instance.', { index: true }),
    status: column.text('State: Running, Stopped, Frozen or Error.'),
    stateful: column.integer('1 when its memory was kept as it was stopped, else 0.'),
    ephemeral: column.integer('1 when it is removed as it stops, else 0.'),
    created_at: column.text('When it was made, as LXD writes the time.'),
    base_image: column.text('Fingerprint of the image that it was made from.'),
    architecture: column.text('Architecture that it runs.'),
    os: column.text('Operating system of that image.'),
    description: column.text('What that image is, in words; without it what the instance is.'),
    pid: column.integer('Id of its first process on this machine; 0 when it does not run.'),
    processes: column.integer('Number of its processes; 0 when it does not run, −1 where LXD does not know.'),
  },
  examples: ["SELECT name, os, pid, processes FROM lxd_instances WHERE status = 'Running'"],
  estimatedRows: 10,

  *rows(host, scan) {
    const names = scan.texts('name')
    const asksState = scan.uses('pid') || scan.uses('processes')
    for (const one of listLxd(host, scan, 'instances')) {
      const name = textAt(one, 'name') ?? ''
      if (names && !names.includes(name)) continue
      const state = asksState ? askLxd(host, scan, `instances/${encodeURIComponent(name)}/state`) : undefined
      yield {
        name,
        status: textAt(one, 'status'),
        stateful: numberAt(one, 'stateful'),
        ephemeral: numberAt(one, 'ephemeral'),
        created_at: textAt(one, 'created_at'),
        base_image: textAt(one, 'config', 'volatile.base_image'),
        architecture: textAt(one, 'architecture'),
        os: textAt(one, 'config', 'image.os'),
        description: textAt(one, 'config', 'image.description') ?? textAt(one, 'description'),
        pid: numberAt(state, 'pid'),
        processes: numberAt(state, 'processes'),
      }
    }
  },
})
