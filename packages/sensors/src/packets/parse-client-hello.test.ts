import { expect, test } from 'vitest'
import { clientHello } from '../testing/client-hello.ts'
import { mutated, seeded } from '../testing/seeded.ts'
import { HelloAssembly } from './hello-assembly.ts'
import { parseClientHello } from './parse-client-hello.ts'

const hello = await clientHello('Login.Example.COM')

test('finds the name of the server', () => {
  expect(parseClientHello(hello)).toEqual({ name: 'login.example.com' })
})

test('names nobody when the client does not', async () => {
  expect(parseClientHello(await clientHello())).toBeUndefined()
  expect(parseClientHello(Buffer.from('GET / HTTP/1.1\r\n\r\n'))).toBeUndefined()
  expect(parseClientHello(Buffer.alloc(0))).toBeUndefined()
})

test('joins a message that lies in several records', () => {
  const body = hello.subarray(5)
  const record = (part: Buffer) =>
    Buffer.concat([Buffer.from([22, 3, 1, part.length >> 8, part.length & 255]), part])
  expect(parseClientHello(Buffer.concat([record(body.subarray(0, 20)), record(body.subarray(20))]))).toEqual({
    name: 'login.example.com',
  })
})

test('asks for more wherever it is cut before the name', () => {
  const nameAt = hello.indexOf('Login.Example.COM')
  for (let length = 6; length < nameAt + 16; length += 1)
    expect(parseClientHello(hello.subarray(0, length))).toBe('more')
})

test('puts packets together in order, and only those of one connection', () => {
  const assembly = new HelloAssembly()
  const packet = (sequence: number, payload: Buffer, sourcePort = 5) => ({
    ...{ protocol: 6, source: 'a', sourcePort, destination: 'b', destinationPort: 443 },
    ...{ sequence, payload },
  })
  // The numbers of bytes go around.
  const start = 2 ** 32 - 10
  expect(assembly.add(packet(start, hello.subarray(0, 40)))).toBeUndefined()
  expect(assembly.add(packet(30, hello.subarray(40), 6))).toBeUndefined()
  expect(assembly.add(packet(30, hello.subarray(40)))).toEqual({ name: 'login.example.com' })
  expect(assembly.add(packet(30, hello.subarray(40)))).toBeUndefined()
})

test('never fails on broken bytes', () => {
  const random = seeded(11)
  for (let round = 0; round < 5000; round += 1) {
    const found = parseClientHello(mutated(hello, random))
    if (typeof found === 'object') expect(found.name).toMatch(/^[a-z0-9_.-]+$/)
  }
})
