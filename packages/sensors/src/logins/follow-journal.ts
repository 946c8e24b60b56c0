import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import { SourceUnavailable } from '../source.ts'
import { journalFields } from './journal-entry.ts'
import { Lines } from './lines.ts'

/** Daemons of syslog mark what is about signing in so; programs that are set otherwise are named. */
const matches = [
  '_TRANSPORT=syslog',
  'SYSLOG_FACILITY=4',
  'SYSLOG_FACILITY=10',
  '+',
  '_TRANSPORT=syslog',
  ...['sshd', 'sshd-session', 'sudo', 'su', 'login'].map((name) => `SYSLOG_IDENTIFIER=${name}`),
]
const shortestPause = 1000
const longestPause = 60_000
/** One that ran so long, in milliseconds, worked. */
const worked = 30_000
const mostFailures = 5
const startMillis = 10_000

/**
 * The systemd journal through `journalctl`, which every host with a journal has and which reads all versions of its files. As a process of
 * its own it may crash on a damaged file without taking anything along. It is started again where it stopped.
 */
export class FollowedJournal {
  readonly #root: string
  readonly #lines: Lines
  readonly #log: (message: string) => void
  readonly #cursor: () => string
  #child: ChildProcess | undefined
  #began = 0
  #again = 0
  #failures = 0
  #said = ''

  /** @param cursor where to go on; asked at each start. @param take is given each entry as JSON */
  constructor(
    root: string,
    cursor: () => string,
    take: (json: string) => void,
    log: (message: string) => void,
  ) {
    this.#root = root
    this.#cursor = cursor
    this.#lines = new Lines(take)
    this.#log = log
    this.#start()
  }

  /** Entries left out since the last call, for their length. */
  takeSkipped = () => this.#lines.takeSkipped()

  /** @throws Error when it ended again and again, so that another source is needed */
  tick() {
    if (this.#child || performance.now() < this.#again) return
    if (this.#failures >= mostFailures) throw new Error(`journalctl ends by itself: ${this.#said.trim()}`)
    this.#start()
  }

  async close() {
    const child = this.#child
    this.#child = undefined
    if (!child) return
    const end = new Promise((resolve) => child.once('close', resolve))
    child.kill('SIGKILL')
    await end
  }

  #start() {
    const what = ['--follow', '--no-tail', `--after-cursor=${this.#cursor()}`]
    const child = spawn(
      'journalctl',
      [...options(this.#root), ...what, `--output-fields=${journalFields.join(',')}`, ...matches],
      { stdio: ['ignore', 'pipe', 'pipe'], env: environment() },
    )
    this.#child = child
    this.#began = performance.now()
    this.#said = ''
    this.#lines.begin()
    child.stdout.on('data', (bytes: Buffer) => this.#child === child && this.#lines.take(bytes))
    child.stderr.on('data', (bytes: Buffer) => {
      this.#said = (this.#said + bytes.toString('utf8')).slice(-300)
    })
    child.on('error', (error) => this.#ended(child, error.message))
    child.on('close', (code, signal) => this.#ended(child, `It ended with ${signal ?? code}.`))
    // It alone does not keep the process of the agent alive.
    child.unref()
  }

  #ended(child: ChildProcess, how: string) {
    if (this.#child !== child) return
    this.#child = undefined
    const now = performance.now()
    this.#failures = now - this.#began >= worked ? 0 : this.#failures + 1
    this.#again = now + Math.min(longestPause, shortestPause * 2 ** this.#failures)
    this.#said = `${how} ${this.#said}`
    this.#log(`journalctl is started again: ${this.#said.trim()}`)
  }
}

/**
 * How far the journal is by now.
 * @throws SourceUnavailable when this host has none that could be read
 */
export async function endOfJournal(root: string): Promise<string> {
  if (!existsSync(`${root}/run/systemd/journal/socket`)) {
    throw new SourceUnavailable('The systemd journal does not run on this host.')
  }
  const args = [...options(root), '--lines=1', '--output-fields=_UID']
  const { stdout } = await promisify(execFile)('journalctl', args, {
    env: environment(),
    timeout: startMillis,
  }).catch((error: Error & { code?: unknown; stderr?: string }) => {
    throw new SourceUnavailable(
      error.code === 'ENOENT'
        ? 'There is no journalctl on this host.'
        : `The systemd journal could not be read: ${error.stderr || error.message}`,
    )
  })
  const cursor = /"__CURSOR"\s*:\s*"([^"]+)"/.exec(stdout)?.[1]
  if (cursor === undefined) {
    throw new SourceUnavailable(
      'The systemd journal has no entry that may be read here; reading it needs root or the group systemd-journal.',
    )
  }
  return cursor
}

const options = (root: string) => [
  ...['--output=json', '--all', '--no-pager', '--quiet'],
  ...(root === '' ? [] : [`--root=${root}`]),
]

/** Without colours and in the one language, whatever the agent was started with. */
const environment = () => ({ PATH: process.env.PATH ?? '', LC_ALL: 'C', SYSTEMD_COLORS: '0' })
