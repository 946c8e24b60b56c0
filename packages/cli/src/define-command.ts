interface Option<T> {
  /** How the value is written in the help: `--device <name>`; a flag has none. */
  value?: string
  description: string
  choices?: readonly string[]
  many?: boolean
  fallback?: T
}

/** Makers of options. */
export const option = {
  flag: (description: string): Option<boolean> => ({ description, fallback: false }),
  text: (value: string, description: string): Option<string | undefined> => ({ value, description }),
  list: (value: string, description: string): Option<string[]> => ({
    value,
    description,
    many: true,
    fallback: [],
  }),
  choice: <const C extends readonly [string, ...string[]]>(
    choices: C,
    description: string,
  ): Option<C[number]> => ({
    value: choices.join('|'),
    description,
    choices,
    fallback: choices[0],
  }),
}

type Options = Record<string, Option<unknown>>
export type Chosen<O extends Options> = { [K in keyof O]: O[K] extends Option<infer T> ? T : never }

/** Where a command writes; tests give it their own. `interactive` means that a person watches stderr. */
export interface Terminal {
  out(text: string): void
  err(text: string): void
  interactive: boolean
  signal: AbortSignal
  env: Record<string, string | undefined>
}

export interface Command<O extends Options = Options> {
  name: string
  description: string
  arguments: readonly { name: string; description: string; optional?: boolean }[]
  options: O
  examples: readonly string[]
  /** Returns the exit code: 0 done, 1 failed, 2 done in part. */
  run(args: string[], options: Chosen<O>, terminal: Terminal): Promise<number>
}

/** Declares a command: one file of `commands/`, named as the command. */
export function defineCommand<const O extends Options>(command: Command<O>): Command<O> {
  return command
}
