import type { ServerResponse } from 'node:http'

/** A signal that aborts when whoever asked leaves before the answer has ended. Its reason is an AbortError. */
export function watchLeaving(response: ServerResponse): AbortSignal {
  const leaving = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) leaving.abort()
  })
  return leaving.signal
}
