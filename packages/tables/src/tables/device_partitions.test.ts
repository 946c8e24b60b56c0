import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openRoot } from '../testing/root-folder.ts'
import { hasTool } from '../testing/tools.ts'
import table from './device_partitions.ts'

test.skipIf(!hasTool('sfdisk'))(
  'reads GPT, MBR and logical partitions as sfdisk wrote them (skipped without sfdisk)',
  async () => {
    const machine = await openRoot([table], { '/gpt': '', '/mbr': '', '/none': 'no disk' })
    const make = (name: string, script: string) => {
      writeFileSync(`${machine.root}/${name}`, Buffer.alloc(8 << 20))
      execFileSync('sfdisk', ['-q', `${machine.root}/${name}`], {
        input: script,
        stdio: ['pipe', 'ignore', 'ignore'],
      })
    }
    make('gpt', 'label: gpt\nstart=2048, size=2048, type=U, name="EFI"\nstart=4096, size=4096, name="root"\n')
    make(
      'mbr',
      'label: dos\nstart=2048, size=2048, type=83\nstart=4096, size=8192, type=5\nstart=6144, size=1024, type=82\n',
    )
    const ask = (device: string) =>
      machine.all(
        `SELECT partition, label, type, offset, blocks, blocks_size, flags FROM device_partitions WHERE device = '${device}'`,
      )
    const same = { blocks_size: 512, flags: 1 }
    expect(ask('/gpt')).toEqual([
      {
        partition: 0,
        label: 'EFI',
        type: 'C12A7328-F81F-11D2-BA4B-00A0C93EC93B',
        offset: 2048,
        blocks: 2048,
        ...same,
      },
      {
        partition: 1,
        label: 'root',
        type: '0FC63DAF-8483-4772-8E79-3D69D8477DE4',
        offset: 4096,
        blocks: 4096,
        ...same,
      },
    ])
    expect(ask('/mbr')).toEqual([
      { partition: 0, label: '', type: 'Linux', offset: 2048, blocks: 2048, ...same },
      { partition: 1, label: '', type: 'DOS Extended', offset: 4096, blocks: 8192, ...same },
      { partition: 4, label: '', type: 'Linux Swap / Solaris x86', offset: 6144, blocks: 1024, ...same },
    ])
    expect(ask('/none')).toEqual([])
    expect(machine.lastWarnings).toEqual([])
    machine.close()
  },
)
