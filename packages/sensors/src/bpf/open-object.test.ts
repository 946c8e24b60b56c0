import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { openObject } from './open-object.ts'
import { whyNoBpf } from './testing/open-here.ts'

const why = whyNoBpf()

describe.skipIf(why)(`the object of BPF${why ? ` (skipped: ${why})` : ''}`, () => {
  test('loads what is wanted and no more', () => {
    const object = openObject(['on_exit', 'on_fork'])
    try {
      expect(object.refused.size).toBe(0)
      expect(object.map('ring')).toBeGreaterThan(2)
    } finally {
      object.close()
    }
  })

  test('without rights it says which are needed', ({ skip }) => {
    if (process.getuid?.() !== 0) skip('Only root can give up rights.')
    const main = fileURLToPath(new URL('./open-object.ts', import.meta.url))
    const code = `import(${JSON.stringify(main)}).then(({ openObject }) => openObject(['on_exit'])).catch((error) => console.log(error.name, error.message))`
    const { stdout, stderr } = spawnSync(
      'setpriv',
      ['--bounding-set', '-all', '--inh-caps', '-all', process.execPath, '-e', code],
      { encoding: 'utf8' },
    )
    expect(stderr).toBe('')
    expect(stdout).toBe(
      'SourceUnavailable BPF needs root, or the capabilities CAP_BPF and CAP_PERFMON (CAP_SYS_ADMIN before Linux 5.8).\n',
    )
  })
})
