import type { IncomingMessage } from 'node:http'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import type { Identity } from '../deps.ts'
import { signWebhook, unsealWebhookSecret } from './webhook-secret.ts'
import type { DueDelivery } from './webhooks-system-store.ts'

/** Milliseconds that a server may take to answer. */
const PATIENCE = 15_000

/** Bytes that are read of an answer, and characters that are kept of it. */
const [MOST_BYTES, MOST_CHARACTERS] = [4096, 500]

/** What a server answered, or why it didn't. */
export interface TryAnswer {
  readonly status: number | null
  readonly excerpt: string | null
  readonly error: string | null
  readonly milliseconds: number
}

/** Sends a try, signed; a redirect is an answer like any other. Throws for what is no fault of the server’s: SECRET_UNREADABLE. */
export async function sendTry(
  { outbound, secretKeys, webhookMilliseconds = PATIENCE }: Identity,
  { webhookId, eventId, payload, url, sealedSecret }: DueDelivery,
): Promise<TryAnswer> {
  const at = Math.floor(Date.now() / 1000)
  const secret = unsealWebhookSecret(secretKeys, webhookId, sealedSecret)
  const headers = {
    ...signWebhook(secret, { id: eventId, at, body: payload }),
    'content-type': 'application/json',
    'user-agent': 'FlatRender',
  }
  const begun = performance.now()
  const signal = AbortSignal.timeout(webhookMilliseconds)
  const took = () => Math.round(performance.now() - begun)
  try {
    const answer = await outbound.send(url, { method: 'POST', headers, body: payload, signal })
    const excerpt = await readExcerpt(answer)
    return { status: answer.statusCode ?? 0, excerpt, error: null, milliseconds: took() }
  } catch (error) {
    return { status: null, excerpt: null, error: explain(error, signal), milliseconds: took() }
  }
}

async function readExcerpt(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of answer as AsyncIterable<Buffer>) {
    parts.push(part)
    bytes += part.length
    if (bytes >= MOST_BYTES) break
  }
  answer.destroy()
  // What PostgreSQL can't keep in a text.
  return Buffer.concat(parts).toString().slice(0, MOST_CHARACTERS).replaceAll('\0', '').toWellFormed()
}

function explain(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'it took too long'
  if (isFlatRenderError(error)) return String(error.data.reason ?? error.message)
  return 'it broke off'
}
