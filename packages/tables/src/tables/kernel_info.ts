import { column, defineTable } from '../define-table.ts'
import { readValue } from '../system/read-value.ts'

export default defineTable({
  name: 'kernel_info',
  description: 'The running kernel and what it was started with.',
  platforms: ['linux'],
  columns: {
    version: column.text('Release of the kernel, as uname -r gives it.'),
    arguments: column.text('What the kernel was started with, without its own file and the root device.'),
    path: column.text('File of the kernel, as the boot loader named it.', { pivotType: 'filePath' }),
    device: column.text('Device of the root file system, as the boot loader named it.'),
  },
  examples: ['SELECT version, arguments FROM kernel_info'],
  estimatedRows: 1,

  *rows(host, scan) {
    const version = readValue(host, '/proc/sys/kernel/osrelease')
    const commandLine = readValue(host, '/proc/cmdline')
    if (!version) scan.warn('The release of the kernel could not be read.')
    const words = (commandLine ?? '').match(/(?:"[^"]*"|[^\s"])+/g) ?? []
    const after = (name: string) => words.find((word) => word.startsWith(name))?.slice(name.length) ?? ''
    yield {
      version,
      arguments: words.filter((word) => !/^(BOOT_IMAGE|root)=/.test(word)).join(' '),
      path: after('BOOT_IMAGE='),
      device: after('root='),
    }
  },
})
