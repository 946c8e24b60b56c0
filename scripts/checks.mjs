// The checks that look at the code without running it. Each is one command and passes when it exits with 0.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { environment, node24, root } from './setup.mjs'

const module = (path) => join(root, 'node_modules', path)

export const checks = [
  { name: 'lint and format', args: [module('@biomejs/biome/bin/biome'), 'check', '.'] },
  { name: 'types', args: [module('typescript/bin/tsc'), '-p', '.'] },
  { name: 'import directions', args: ['scripts/check-imports.mjs'] },
  { name: 'dead code', args: [module('knip/bin/knip.js'), '--no-progress'] },
  { name: 'generated pages', args: ['scripts/gen.ts', '--check'] },
]

/** Runs one check. Resolves to whether it passed; what it printed comes out when it failed. */
export function runCheck({ name, args }) {
  return new Promise((done) => {
    const child = spawn(node24, args, { cwd: root, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    child.once('exit', (code) => {
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name}`)
      if (code !== 0) console.log(output)
      done(code === 0)
    })
  })
}
