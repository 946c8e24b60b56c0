/**
 * A small subset of JSON path, enough to point into an answer: `data.attributes.names[0]`, `ports[*]`,
 * `["a key"].b`, `events[?action=registration].date`. A leading `$.` may stand there.
 */
export type JsonPath = readonly Step[]
type Step =
  | { key: string }
  | { index: number }
  | { all: true }
  /** Those members of a list whose `key` has this text. */
  | { where: string; is: string }

const step =
  /(?:^|\.)([\p{L}_@$-][\p{L}\p{N}_@$-]*)|\[(\d{1,6})\]|\[(\*)\]|\["([^"\]]+)"\]|\[\?([\p{L}_][\p{L}\p{N}_-]*)=([^\]]+)\]/uy

/**
 * Reads a path.
 * @returns undefined when the text is not one; the empty text and `$` are the whole answer
 */
export function parseJsonPath(text: string): JsonPath | undefined {
  const bare = text.trim().replace(/^\$\.?(?=$|[^\p{L}]|\p{L})/u, '')
  const steps: Step[] = []
  let at = 0
  while (at < bare.length) {
    step.lastIndex = at
    const found = step.exec(bare)
    if (!found) return undefined
    const [all, key, index, star, quoted, where, is] = found
    if (key !== undefined || quoted !== undefined) steps.push({ key: (key ?? quoted)! })
    else if (index !== undefined) steps.push({ index: Number(index) })
    else if (star !== undefined) steps.push({ all: true })
    else steps.push({ where: where!, is: is! })
    at += all.length
  }
  return steps
}

/** Returns all values that a path points at in a JSON value, in their order; nothing where a step leads nowhere. */
export function readJsonPath(path: JsonPath, value: unknown): unknown[] {
  let found: unknown[] = [value]
  for (const step of path) found = found.flatMap((each) => [...follow(step, each)])
  return found
}

function* follow(step: Step, value: unknown): Iterable<unknown> {
  if ('key' in step) {
    if (typeof value === 'object' && value !== null && Object.hasOwn(value, step.key))
      yield (value as Record<string, unknown>)[step.key]
  } else if (!Array.isArray(value)) {
    // `[*]` also goes through the values of an object, as some services key a list by name.
    if ('all' in step && typeof value === 'object' && value !== null) yield* Object.values(value)
  } else if ('index' in step) {
    if (step.index < value.length) yield value[step.index]
  } else if ('all' in step) {
    yield* value
  } else {
    yield* value.filter((each) => each !== null && String(each?.[step.where]) === step.is)
  }
}
