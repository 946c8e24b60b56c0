import { serveRecorder } from './serve.ts'

/** First file of the recorder's process. */
serveRecorder()
