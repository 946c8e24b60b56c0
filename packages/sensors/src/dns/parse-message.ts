import { answerText } from './answer-text.ts'
import { responseCodeName, typeName } from './names.ts'
import { readName } from './read-name.ts'

/** What is read of a DNS message. */
export interface DnsMessage {
  id: number
  response: boolean
  /** The server could not fit all of its answer: it will be asked again over TCP. */
  truncated: boolean
  /** In lower case, without the final dot; empty for the root. */
  name: string
  /** Type of the question by name: A, AAAA, … or TYPE<number>. */
  question: string
  /** Answers as text, at most 64; empty in a question. */
  answers: string[]
  /** NOERROR, NXDOMAIN, …; NOERROR in a question. */
  responseCode: string
}

const HEADER = 12
const MOST_ANSWERS = 64

/**
 * Reads a DNS message (RFC 1035) as it lies in a UDP packet; a TCP one without the two bytes of its length. The bytes come from
 * strangers and may be cut: what can be read of the answers is kept, the rest left out.
 * @returns undefined when it is no standard query or its answer, or has not exactly one question
 */
export function parseDnsMessage(bytes: Uint8Array): DnsMessage | undefined {
  if (bytes.length < HEADER + 5) return undefined
  const short = (at: number) => (bytes[at]! << 8) | bytes[at + 1]!
  const flags = short(2)
  const standardQuery = (flags & 0x7800) === 0
  if (!standardQuery || short(4) !== 1) return undefined
  const asked = readName(bytes, HEADER)
  if (!asked || asked.end + 4 > bytes.length) return undefined
  const response = (flags & 0x8000) !== 0
  return {
    id: short(0),
    response,
    truncated: (flags & 0x0200) !== 0,
    name: asked.name,
    question: typeName(short(asked.end)),
    answers: response ? readAnswers(bytes, asked.end + 4, short(6)) : [],
    responseCode: responseCodeName(flags & 0x0f),
  }
}

function readAnswers(bytes: Uint8Array, start: number, count: number): string[] {
  const answers: string[] = []
  const short = (at: number) => (bytes[at]! << 8) | bytes[at + 1]!
  let at = start
  for (let index = 0; index < Math.min(count, MOST_ANSWERS); index++) {
    const owner = readName(bytes, at)
    // Type, class, time to live and length: ten bytes.
    if (!owner || owner.end + 10 > bytes.length) break
    const data = owner.end + 10
    const end = data + short(owner.end + 8)
    if (end > bytes.length) break
    answers.push(answerText(typeName(short(owner.end)), { message: bytes, start: data, end }))
    at = end
  }
  return answers
}
