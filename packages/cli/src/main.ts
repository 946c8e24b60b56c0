#!/usr/bin/env node
import { readdirSync } from 'node:fs'
import { ApiError } from '@quarry/schema'
import { Command as Program, Option as ProgramOption } from 'commander'
import type { Command, Terminal } from './define-command.ts'
import { UsageError } from './usage-error.ts'

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
// Whoever reads our output may stop early: `quarry sql … | head`.
process.stdout.on('error', () => process.exit(0))

const terminal: Terminal = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  interactive: process.stderr.isTTY === true,
  signal: stop.signal,
  env: process.env,
}

const folder = new URL('./commands/', import.meta.url)
const program = new Program('quarry').description('Asks endpoints questions in SQL.').showHelpAfterError()
for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))) {
  const { default: command } = (await import(new URL(file, folder).href)) as { default: Command }
  add(command)
}
await program.parseAsync()

function add(command: Command): void {
  const sub = program.command(command.name).description(command.description)
  for (const { name, description, optional } of command.arguments)
    sub.argument(optional ? `[${name}]` : `<${name}>`, description)
  for (const [name, { value, description, choices, many, fallback }] of Object.entries(command.options)) {
    const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
    const made = new ProgramOption(value ? `${flag} <${value}>` : flag, description).default(fallback)
    if (choices) made.choices([...choices])
    if (many) made.argParser((text: string, before: string[]) => [...before, text])
    sub.addOption(made)
  }
  sub.addHelpText('after', `\nExamples:\n${command.examples.map((line) => `  ${line}`).join('\n')}`)
  sub.action(async () => {
    process.exitCode = await command.run(sub.args, sub.opts(), terminal).catch(explain)
  })
}

function explain(error: unknown): number {
  if (error instanceof ApiError) {
    const quote = error.correlationId ? ` (${error.correlationId})` : ''
    terminal.err(`${error.message}${quote}\n`)
  } else if (error instanceof UsageError) terminal.err(`${error.message}\n`)
  else if (stop.signal.aborted) terminal.err('Stopped.\n')
  else throw error
  return 1
}
