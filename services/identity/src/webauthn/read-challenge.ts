import { z } from 'zod'

/** A page of ours within another's is none: who touches an authenticator there may think that they do something else. */
const clientData = z.object({ challenge: z.string().max(200), crossOrigin: z.literal(false).optional() })

/** The challenge (base64url) that an answer says it is to; undefined for what no browser writes of a page that stands by itself. `clientDataJSON`: base64url. */
export function readChallenge(clientDataJSON: string): string | undefined {
  const text = Buffer.from(clientDataJSON, 'base64url').toString()
  const parsed = clientData.safeParse(parseJson(text))
  return parsed.success ? parsed.data.challenge : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Anybody may send anything: what is no JSON is no answer.
    return undefined
  }
}
