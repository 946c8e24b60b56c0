// Answers what a device asks about files: what is known at once, the rest when the sources have spoken.
import type { AskedFile } from '@quarry/schema/agent/reputation'
import type { Reputation } from '../reputation/reputation.ts'
import type { Link } from './links.ts'

/** Takes the questions of one device, one at a time; what comes in between is left, the device asks again. */
export function openReputationDesk(
  reputation: Reputation,
  link: Pick<Link, 'endpointId' | 'send'>,
  warn: (detail: object, message: string) => void,
) {
  let busy = false
  return (files: AskedFile[]): void => {
    if (busy) return
    busy = true
    void serve(files)
      .catch((error) =>
        warn({ endpointId: link.endpointId, err: error }, 'A device was not told of its files'),
      )
      .finally(() => {
        busy = false
      })
  }

  async function serve(files: AskedFile[]) {
    await reputation.sightings.note(link.endpointId, files)
    const known = await reputation.known(files)
    if (known.length > 0) link.send({ type: 'reputation.put', files: known })
    const told = new Set(known.map(({ sha256 }) => sha256))
    const rest = files.filter(({ sha256 }) => !told.has(sha256))
    if (rest.length > 0) link.send({ type: 'reputation.put', files: await reputation.of(rest) })
  }
}
