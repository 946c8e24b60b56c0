import { parentPort } from 'node:worker_threads'
import { AppError } from '@quarry/schema'
import { Reader, type ReadRequest } from './reader.ts'

const reader = new Reader()
const port = parentPort!

port.on('message', (message: { id: number; request: ReadRequest }) => {
  try {
    port.postMessage({ id: message.id, value: reader.answer(message.request) })
  } catch (error) {
    const { code, message: sentence } =
      error instanceof AppError ? error : { code: 'internal', message: String((error as Error).stack) }
    port.postMessage({ id: message.id, error: { code, message: sentence } })
  }
})
