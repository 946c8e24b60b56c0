import { hash } from 'node:crypto'
import type { Investigation, Mark } from '@quarry/schema/endpoints/investigations'
import { outlineOf } from '@quarry/schema/investigation-outline'
import { factsOf, utc } from './question-facts.ts'

const style = `
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font: 14px/1.5 system-ui, sans-serif; color: #1b2027; background: #fff; }
h1 { font-size: 1.6rem; margin: 0 0 .3rem; } h2 { margin: 2rem 0 .5rem; font-size: 1.15rem; border-bottom: 1px solid #c6ccd4; }
h3 { margin: 1.2rem 0 .2rem; font-size: 1rem; } p { margin: .2rem 0; } .dim { color: #5a6472; }
code, td { font: 12px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
section { break-inside: avoid; } .in { padding-left: 1.2rem; border-left: 2px solid #dfe3e8; }
blockquote, .finding { margin: .6rem 0; padding: .4rem .8rem; border-left: 3px solid #7f98dd; background: #f6f7f9; white-space: pre-wrap; }
.finding { border-color: #8a5a00; white-space: normal; } .finding.malicious { border-color: #b3261e; } .finding.benign { border-color: #1c7440; }
table { border-collapse: collapse; margin: .3rem 0; } td { padding: 1px 12px 1px 0; vertical-align: top; } td:first-child { color: #5a6472; white-space: nowrap; }
@media print { body { margin: 0; max-width: none; } blockquote, .finding { background: none; } }
`

/** The policy under which the page is shown: its own style sheet and nothing else. */
export const reportPolicy = `default-src 'none'; style-src 'sha256-${hash('sha256', style, 'base64')}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`

const marks = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' } as const
const plain = (text: string) => text.replace(/[&<>"']/g, (sign) => marks[sign as keyof typeof marks])

/** Writes an investigation as one page of HTML, without scripts and without anything from elsewhere; it prints well. */
export function htmlReport(investigation: Investigation): string {
  const { name, description, createdAt, createdBy, updatedAt } = investigation
  const outline = outlineOf(investigation)
  const numbers = new Map(outline.map(({ number, question }) => [question.id, number]))
  const findings = investigation.marks.filter(({ kind }) => kind === 'finding')
  const notes = investigation.marks.filter(({ kind, questionId }) => kind === 'note' && !questionId)
  const questions = outline.map(({ number, depth, question, marks: own }) => {
    const { origin, values } = question
    const from = origin
      ? `<p>Asked from ${plain(origin.column)} <code>${plain(origin.value)}</code>${origin.count > 1 ? ` and ${origin.count - 1} more` : ''}</p>`
      : ''
    const variables = values.map(
      ({ name: variable, value }) => `<p>${plain(variable)}: <code>${plain(value)}</code></p>`,
    )
    const parts = own.map((mark) => (mark.kind === 'finding' ? findingOf(mark) : noteOf(mark)))
    const body = `<section><h3>${number} ${plain(question.name)}</h3>${from}${variables.join('')}<p class="dim">${plain(factsOf(question))}</p>${parts.join('')}</section>`
    return '<div class="in">'.repeat(depth) + body + '</div>'.repeat(depth)
  })
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${plain(name)}</title><meta http-equiv="content-security-policy" content="${reportPolicy.replace(/; frame-ancestors 'none'/, '')}"><style>${style}</style></head><body>
<h1>${plain(name)}</h1>
<p class="dim">Begun by ${plain(createdBy.name)} at ${utc(createdAt)}, last changed at ${utc(updatedAt)}</p>
${description ? `<p>${plain(description).replaceAll('\n', '<br>')}</p>` : ''}
${findings.length > 0 ? `<h2>Findings</h2>${findings.map((mark) => findingOf(mark, mark.questionId && numbers.get(mark.questionId))).join('\n')}` : ''}
${notes.length > 0 ? `<h2>Notes</h2>${notes.map(noteOf).join('\n')}` : ''}
<h2>Questions</h2>
${questions.join('\n')}
</body></html>
`
}

function noteOf({ text, createdBy, createdAt }: Mark): string {
  return `<blockquote>${plain(text)}\n<span class="dim">${plain(createdBy)}, ${utc(createdAt)}</span></blockquote>`
}

function findingOf({ verdict, text, row = {}, createdBy, createdAt }: Mark, number?: string): string {
  const { endpointId: _, hostname, ...columns } = row
  const cells = Object.entries(columns)
    .filter(([column, value]) => value !== null && value !== '' && column !== 'epName')
    .map(([column, value]) => `<tr><td>${plain(column)}</td><td>${plain(String(value))}</td></tr>`)
  const where = [
    hostname === undefined ? '' : ` on ${plain(String(hostname))}`,
    number ? ` (question ${number})` : '',
  ].join('')
  return `<div class="finding ${verdict ?? ''}"><strong>${verdict ?? 'finding'}</strong>${where}${text ? `: ${plain(text)}` : ''}<table>${cells.join('')}</table><span class="dim">${plain(createdBy)}, ${utc(createdAt)}</span></div>`
}
