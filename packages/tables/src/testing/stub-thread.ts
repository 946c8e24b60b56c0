import { createServer, type RequestListener } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import type { Answers } from './stub-server.ts'

interface Setup {
  answers: Answers
  path?: string
  tls?: { key: string; cert: string }
}

/** The thread of a stub server: it answers what it was given, 404 for the rest, and nothing at all to a body of null. */
const { answers, path, tls } = workerData as Setup
const asked: string[] = []
const listener: RequestListener = (request, response) => {
  const name = `${request.method} ${request.url}`
  asked.push(name)
  const found = answers[name]
  if (found?.body === null) return
  const {
    status = 404,
    headers = {},
    body = { message: 'page not found' },
  } = found ? { status: 200, ...found } : {}
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}
const server = tls ? createSecureServer(tls, listener) : createServer(listener)
const ready = () => parentPort!.postMessage(path ? 0 : (server.address() as AddressInfo).port)
if (path) server.listen(path, ready)
else server.listen(0, '127.0.0.1', ready)
parentPort!.on('message', () => parentPort!.postMessage(asked))
