import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Lottie } from '../lottie/lottie-json.ts'

/** Parses a Lottie file and checks what everything else relies on. Errors: LOTTIE_INVALID. */
export function readLottie(bytes: Uint8Array | string, file: string): Lottie {
  let json: unknown
  try {
    json = JSON.parse(typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes))
  } catch (error) {
    throw new FlatRenderError('LOTTIE_INVALID', { file, reason: (error as Error).message })
  }
  const reason = refuse(json)
  if (reason !== undefined) throw new FlatRenderError('LOTTIE_INVALID', { file, reason })
  return json as Lottie
}

function refuse(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return 'it is not a JSON object'
  const lottie = json as Partial<Lottie>
  if (!Array.isArray(lottie.layers)) return 'it has no layers'
  for (const key of ['w', 'h', 'fr'] as const) {
    const value = lottie[key]
    if (typeof value !== 'number' || !(value > 0) || value > 100_000) return `its ${key} is ${String(value)}`
  }
  const { ip, op } = lottie
  if (typeof ip !== 'number' || typeof op !== 'number' || !(op > ip) || op - ip > 1_000_000) {
    return `it plays from frame ${String(ip)} to ${String(op)}`
  }
  return undefined
}
