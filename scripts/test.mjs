// `npm test`: sets up a fresh clone and runs every check; its last line counts them.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checks, runCheck } from './checks.mjs'
import { ensurePackages } from './debian.mjs'
import { buildConsole, environment, installPackages, node24, root } from './setup.mjs'

installPackages()
ensurePackages()
buildConsole()

const only = process.argv.slice(2)
const count = { passed: 0, failed: 0, skipped: 0 }
if (only.length === 0) {
  // Two at a time: the machines that run this have two cores.
  const waiting = [...checks]
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift())
      count[(await runCheck(check)) ? 'passed' : 'failed']++
  }
  await Promise.all([worker(), worker()])
}

const folder = mkdtempSync(join(tmpdir(), 'quarry-test-'))
const report = join(folder, 'report.json')
const code = await new Promise((done) => {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const child = spawn(node24, [vitest, 'run', ...reporters, ...only], {
    cwd: root,
    env: environment(),
    stdio: 'inherit',
  })
  child.once('exit', done)
})
try {
  const result = JSON.parse(readFileSync(report, 'utf8'))
  count.passed += result.numPassedTests
  count.failed += result.numFailedTests
  count.skipped += result.numPendingTests + result.numTodoTests
  const names = result.testResults.flatMap((file) =>
    file.assertionResults
      .filter((test) => test.status === 'skipped' || test.status === 'pending')
      .map((test) => test.fullName),
  )
  if (names.length > 0) console.log(`\nSkipped:\n${names.map((name) => `  ${name}`).join('\n')}`)
  // A file that did not load has no tests to fail.
  if (code !== 0 && result.numFailedTests === 0) count.failed++
} catch {
  count.failed++
}
rmSync(folder, { recursive: true, force: true })

console.log(`\n${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`)
process.exitCode = count.failed === 0 && count.passed > 0 ? 0 : 1
