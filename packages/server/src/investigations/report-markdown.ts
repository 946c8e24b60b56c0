import type { Investigation, Mark } from '@quarry/schema/endpoints/investigations'
import { outlineOf } from '@quarry/schema/investigation-outline'
import { factsOf, utc } from './question-facts.ts'

/** Text in which no sign means anything to Markdown or HTML. */
function plain(text: string): string {
  return text
    .replace(/[\\`*_{}[\]<>|~#]/g, '\\$&')
    .replace(/^(\s*)([-+]|\d+[.)])(?=\s)/gm, '$1\\$2')
    .replace(/\r?\n/g, '  \n')
}

/** One line of code, whatever it holds. */
function code(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  const room = line.startsWith('`') || line.endsWith('`') || line === '' ? ' ' : ''
  return `${fence}${room}${line}${room}${fence}`
}

/** Writes an investigation as Markdown: every value is escaped, so that none becomes a link, a tag or a table. */
export function markdownReport(investigation: Investigation): string {
  const { name, description, createdAt, createdBy, updatedAt, marks } = investigation
  const outline = outlineOf(investigation)
  const findings = marks.filter(({ kind }) => kind === 'finding')
  const numbers = new Map(outline.map(({ number, question }) => [question.id, number]))
  const lines = [
    `# ${plain(name)}`,
    '',
    `Begun by ${plain(createdBy.name)} at ${utc(createdAt)}, last changed at ${utc(updatedAt)}.`,
    ...(description ? ['', plain(description)] : []),
    ...section(
      'Findings',
      findings.map((mark) => finding(mark, mark.questionId && numbers.get(mark.questionId))),
    ),
    ...section('Notes', marks.filter((mark) => mark.kind === 'note' && !mark.questionId).map(note)),
    '',
    '## Questions',
  ]
  for (const { number, depth, question, marks: own } of outline) {
    lines.push('', `${'#'.repeat(Math.min(6, depth + 3))} ${number} ${plain(question.name)}`, '')
    if (question.origin) {
      const { column, value, count } = question.origin
      const more = count > 1 ? ` and ${count - 1} more` : ''
      lines.push(`Asked from ${plain(column)} ${code(value)}${more}.`)
    }
    for (const { name: variable, value } of question.values)
      lines.push(`${plain(variable)}: ${code(value)}  `)
    lines.push(`${sentence(factsOf(question))}`)
    for (const mark of own) lines.push('', mark.kind === 'finding' ? finding(mark, undefined) : note(mark))
  }
  return `${lines.join('\n')}\n`
}

const sentence = (text: string) => plain(`${text.charAt(0).toUpperCase()}${text.slice(1)}.`)
const section = (title: string, parts: string[]) =>
  parts.length > 0 ? ['', `## ${title}`, ...parts.flatMap((part) => ['', part])] : []

function note({ text, createdBy, createdAt }: Mark): string {
  return `> ${plain(text).replaceAll('\n', '\n> ')}  \n> ${plain(createdBy)}, ${utc(createdAt)}`
}

function finding(
  { verdict, text, row = {}, createdBy, createdAt }: Mark,
  number: string | undefined,
): string {
  const { endpointId: _, hostname, ...columns } = row
  const head = [
    `**${verdict ?? 'finding'}**`,
    hostname === undefined ? '' : `on ${plain(String(hostname))}`,
    number ? `(question ${number})` : '',
  ]
  const cells = Object.entries(columns)
    .filter(([column, value]) => value !== null && value !== '' && column !== 'epName')
    .map(([column, value]) => `  - ${plain(column)}: ${code(String(value))}`)
  return [
    `- ${head.filter(Boolean).join(' ')}${text ? `: ${plain(text)}` : ''}`,
    ...cells,
    `  - marked by ${plain(createdBy)}, ${utc(createdAt)}`,
  ].join('\n')
}
