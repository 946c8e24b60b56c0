import type { ServerMessage } from '@quarry/schema/agent/messages'

/** The live link of one device. */
export interface Link {
  readonly endpointId: string
  /** Sends a message; after the link has closed it does nothing. */
  send(message: ServerMessage): void
  /** Sends a message that is written already. */
  sendText(text: string): void
  /** Bytes that wait to leave. */
  buffered(): number
  /** Ends the link for good, with a reason for the device. */
  refuse(code: 'unknown_device' | 'bad_message', message: string): void
}

export type Links = ReturnType<typeof openLinks>

/** A wave of messages: this many devices, then a pause, so that a large fleet is not asked and heard all at once. */
const waveSize = 500
const wavePauseMillis = 50
/** A link with more than this waiting gets nothing new until it has drained. */
const maxBuffered = 1 << 20

/** The live links by device, one each. */
export function openLinks(closing: AbortSignal) {
  const links = new Map<string, Link>()

  return {
    get: (endpointId: string): Link | undefined => links.get(endpointId),
    ids: () => links.keys(),
    set: (link: Link): void => void links.set(link.endpointId, link),
    /** Takes a link out, unless another one of the device has replaced it. @returns whether it was there */
    delete(link: Link): boolean {
      return links.get(link.endpointId) === link && links.delete(link.endpointId)
    },

    /**
     * Sends one message to many devices in waves; those that are not linked are passed over. The first wave leaves at once.
     * @param stillWanted asked before each wave
     */
    async sendToAll(
      endpointIds: Iterable<string>,
      message: () => ServerMessage,
      stillWanted: () => boolean,
    ): Promise<void> {
      let waiting = [...endpointIds]
      while (waiting.length > 0 && stillWanted() && !closing.aborted) {
        const text = JSON.stringify(message())
        const full: string[] = []
        for (const id of waiting.slice(0, waveSize)) {
          const link = links.get(id)
          if (link && link.buffered() > maxBuffered) full.push(id)
          else link?.sendText(text)
        }
        waiting = [...waiting.slice(waveSize), ...full]
        if (waiting.length > 0) await new Promise((resolve) => setTimeout(resolve, wavePauseMillis))
      }
    },
  }
}
