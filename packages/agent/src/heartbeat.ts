import type WebSocket from 'ws'

/**
 * Pings the other side and gives up when nothing at all has come from it for two and a half heartbeats: a cable that was
 * pulled closes no socket.
 * @returns a function that stops watching.
 */
export function watchHeartbeat(socket: WebSocket, seconds: number, dead: (why: string) => void): () => void {
  const every = Math.min(Math.max(seconds, 0.05), 300) * 1000
  let heard = performance.now()
  const hear = () => {
    heard = performance.now()
  }
  for (const event of ['message', 'ping', 'pong']) socket.on(event, hear)
  const timer = setInterval(() => {
    if (performance.now() - heard > 2.5 * every) dead('the server has gone silent')
    else socket.ping()
  }, every)
  return () => clearInterval(timer)
}
