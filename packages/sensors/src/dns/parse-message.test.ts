import { expect, test } from 'vitest'
import { parseDnsMessage } from './parse-message.ts'

const name = (text: string) => [
  ...text.split('.').flatMap((label) => [label.length, ...Buffer.from(label)]),
  0,
]
const header = (flags: number, answers = 0, id = 0x1234, questions = 1) => [
  id >> 8,
  id & 255,
  flags >> 8,
  flags & 255,
  0,
  questions,
  0,
  answers,
  0,
  0,
  0,
  0,
]
const record = (type: number, data: number[], owner = [0xc0, 12]) => [
  ...owner,
  ...[type >> 8, type & 255, 0, 1, 0, 0, 0, 60, data.length >> 8, data.length & 255],
  ...data,
]
const message = (...parts: number[][]) => Uint8Array.from(parts.flat())
const question = (text: string, type = 1) => [...name(text), type >> 8, type & 255, 0, 1]

test('reads a question in lower case', () => {
  expect(parseDnsMessage(message(header(0x0100), question('WWW.Example.COM', 28)))).toEqual({
    id: 0x1234,
    response: false,
    truncated: false,
    name: 'www.example.com',
    question: 'AAAA',
    answers: [],
    responseCode: 'NOERROR',
  })
})

test('reads answers of each kind, following pointers', () => {
  const bytes = message(
    header(0x8180, 8),
    question('a.test'),
    record(5, [1, 0x62, 0xc0, 14]),
    record(1, [192, 0, 2, 7]),
    record(28, [0x20, 1, 0xd, 0xb8, ...Array(11).fill(0), 1]),
    record(15, [0, 10, ...name('mail.test')]),
    record(16, [2, 0x68, 0x69, 1, 0x21]),
    record(33, [0, 1, 0, 2, 0x1f, 0x90, ...name('srv.test')]),
    record(65, [0, 1, 0]),
    record(99, [1, 2, 255]),
  )
  expect(parseDnsMessage(bytes)).toMatchObject({
    response: true,
    answers: [
      'b.test',
      '192.0.2.7',
      '2001:db8::1',
      '10 mail.test',
      'hi!',
      '1 2 8080 srv.test',
      '1 .',
      '\\# 3 0102ff',
    ],
  })
})

test('names codes and types that are not in the registry by number', () => {
  const bytes = message(header(0x8383), question('gone.test', 1234))
  expect(parseDnsMessage(bytes)).toMatchObject({
    responseCode: 'NXDOMAIN',
    question: 'TYPE1234',
    truncated: true,
  })
  expect(parseDnsMessage(message(header(0x800e), question('x')))).toMatchObject({ responseCode: 'RCODE14' })
})

test('escapes what would not be a name', () => {
  const bytes = message(header(0), [4, 0x61, 0x2e, 0, 0xff, 0, 0, 1, 0, 1])
  expect(parseDnsMessage(bytes)?.name).toBe('a\\.\\000\\255')
})

test('keeps the answers before the one that is cut', () => {
  const bytes = message(
    header(0x8180, 2),
    question('a.test'),
    record(1, [1, 2, 3, 4]),
    record(1, [5, 6, 7, 8]),
  )
  expect(parseDnsMessage(bytes.subarray(0, -2))?.answers).toEqual(['1.2.3.4'])
})

test.each([
  ['a pointer to itself', message(header(0), [0xc0, 12, 0, 1, 0, 1])],
  ['a pointer forwards', message(header(0), [0xc0, 14, 0, 0, 1, 0, 1])],
  [
    'two pointers in a circle',
    message(header(0), [1, 0x61, 0xc0, 16, 1, 0x62, 0xc0, 12, 0, 0, 0, 0, 0, 0, 0]),
  ],
  ['a label of 64 bytes', message(header(0), [64, ...Array(64).fill(97), 0, 0, 1, 0, 1])],
  [
    'a name of more than 255 bytes',
    message(
      header(0),
      Array(5)
        .fill([60, ...Array(60).fill(97)])
        .flat(),
      [0, 0, 1, 0, 1],
    ),
  ],
  ['no question', message(header(0, 0, 1, 0), [0, 0, 1, 0, 1])],
  ['another operation', message(header(0x2800), question('a.test'))],
  ['nothing after the name', message(header(0), name('aaaa.test'))],
  ['a few bytes', Uint8Array.of(1, 2, 3)],
])('refuses %s', (_, bytes) => {
  expect(parseDnsMessage(bytes)).toBeUndefined()
})

test('survives any bytes', () => {
  let seed = 7
  const random = () => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    return seed >> 16
  }
  for (let round = 0; round < 3000; round++) {
    const bytes = message(
      header(0x8180, 9),
      question('a.test'),
      Array.from({ length: random() % 80 }, random),
    )
    for (let flips = 0; flips < 3; flips++) bytes[random() % bytes.length] = random()
    expect(() => parseDnsMessage(bytes)).not.toThrow()
  }
})
