import { FlatRenderError } from '@flatrender/contracts/errors'
import { fetchToStorage } from '@flatrender/platform/outbound'
import type { Render } from '../deps.ts'
import { fillPlace } from './fill-place.ts'
import type { InputHolder, InputRow } from './inputs-system-store.ts'
import { extensionOf } from './media-file.ts'

/** Bounds of what is fetched from elsewhere. */
const MOST_BYTES = 1024 ** 3
const IDLE_SECONDS = 15
const TOTAL_SECONDS = 600

/**
 * Fetches a file from an address that a customer named, stores it and pins it for its holder. Errors: ADDRESS_REFUSED,
 * ADDRESS_UNREACHABLE, DOWNLOAD_MISSING, DOWNLOAD_TOO_LARGE, DOWNLOAD_TOO_SLOW, MEDIA_UNREADABLE for an empty file; those
 * of storing.
 */
export async function fetchInput(
  render: Render,
  { tenantId, url, signal }: { tenantId: string; url: string; signal: AbortSignal | undefined },
  holder: InputHolder,
): Promise<InputRow> {
  return fillPlace(render, tenantId, holder, async (key) => {
    const { sha256, bytes, name } = await fetchToStorage(render, {
      url,
      key,
      maxBytes: MOST_BYTES,
      idleSeconds: IDLE_SECONDS,
      totalSeconds: TOTAL_SECONDS,
      ...(signal && { signal }),
    })
    if (bytes === 0) throw new FlatRenderError('MEDIA_UNREADABLE', { file: url, reason: 'it is empty' })
    return { hash: sha256, extension: extensionOf(name), bytes }
  })
}
