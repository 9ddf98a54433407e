import type { IncomingMessage } from 'node:http'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Storage } from '../storage/storage.ts'
import { describeAddress } from './describe-address.ts'
import { limitBytes } from './limit-bytes.ts'
import type { Outbound } from './open-outbound.ts'

/** How often a download is sent on. */
const REDIRECTS = 5

/** A file at somebody's address, and where it goes. */
export interface Download {
  readonly url: string
  /** Under which it is stored; nothing is, unless all of it came. */
  readonly key: string
  readonly maxBytes: number
  /** Seconds in which something must come. */
  readonly idleSeconds: number
  /** Seconds for all of it. */
  readonly totalSeconds: number
  readonly signal?: AbortSignal
}

/** What came. */
export interface Downloaded {
  readonly bytes: number
  /** In hexadecimal. */
  readonly sha256: string
  /** As its server calls it, without parameters. */
  readonly contentType: string
  /** The last part of the address, for people; empty where there is none. */
  readonly name: string
}

/**
 * Gets a file from an address that a customer named, into the storage. Errors: ADDRESS_REFUSED, ADDRESS_UNREACHABLE,
 * DOWNLOAD_MISSING, DOWNLOAD_TOO_LARGE, DOWNLOAD_TOO_SLOW; those of storing.
 */
export async function fetchToStorage(
  { outbound, storage }: { readonly outbound: Outbound; readonly storage: Storage },
  { url, key, maxBytes, idleSeconds, totalSeconds, signal: given }: Download,
): Promise<Downloaded> {
  const address = describeAddress(url)
  const tooSlow = (reason: string) => new FlatRenderError('DOWNLOAD_TOO_SLOW', { address, reason })
  const tooLarge = () => new FlatRenderError('DOWNLOAD_TOO_LARGE', { address, limit: maxBytes })
  const late = new AbortController()
  const signal = given === undefined ? late.signal : AbortSignal.any([late.signal, given])
  const end = setTimeout(() => late.abort(tooSlow(`it took over ${totalSeconds} s`)), totalSeconds * 1000)
  const idle = setTimeout(() => late.abort(tooSlow(`nothing came for ${idleSeconds} s`)), idleSeconds * 1000)
  try {
    // What comes is stored as it comes, so nothing is to be unpacked.
    const headers = { 'accept-encoding': 'identity', 'user-agent': 'FlatRender' }
    const answer = await outbound.send(url, { headers, signal, redirects: REDIRECTS })
    const { statusCode: status = 0, headers: told } = answer
    try {
      if (status >= 500 || status === 429)
        throw new FlatRenderError('ADDRESS_UNREACHABLE', { address, reason: `it answers with ${status}` })
      if (status !== 200) throw new FlatRenderError('DOWNLOAD_MISSING', { address, status })
      if (Number(told['content-length'] ?? 0) > maxBytes) throw tooLarge()
      const contentType = readType(told['content-type'])
      const body = limitBytes(watch(answer, { address, signal, idle }), maxBytes, tooLarge)
      const { bytes, sha256 } = await storage.put(key, body, { contentType, signal })
      return { bytes, sha256: sha256!, contentType, name: nameOf(url) }
    } finally {
      answer.destroy()
    }
  } finally {
    clearTimeout(end)
    clearTimeout(idle)
  }
}

async function* watch(
  answer: IncomingMessage,
  { address, signal, idle }: { address: string; signal: AbortSignal; idle: NodeJS.Timeout },
): AsyncGenerator<Uint8Array> {
  try {
    for await (const part of answer) {
      idle.refresh()
      yield part as Uint8Array
    }
  } catch (cause) {
    signal.throwIfAborted()
    throw new FlatRenderError('ADDRESS_UNREACHABLE', { address, reason: 'it broke off' }, { cause })
  }
}

function readType(header: string | undefined): string {
  const [type = ''] = (header ?? '').toLowerCase().split(';')
  return /^[a-z0-9.+-]+\/[a-z0-9.+-]+$/.test(type.trim()) ? type.trim() : 'application/octet-stream'
}

function nameOf(url: string): string {
  const last = new URL(url).pathname.split('/').at(-1) ?? ''
  try {
    return decodeURIComponent(last)
  } catch {
    // What is no UTF-8 stays as it stands in the address.
    return last
  }
}
