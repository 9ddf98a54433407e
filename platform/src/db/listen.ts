import pg from 'pg'

/** Hears of something for as long as it is open. */
export interface Listener {
  close(): Promise<void>
}

/** Milliseconds until a connection that was lost is opened anew. */
const AGAIN_AFTER = 1000

/**
 * Calls `heard` whenever somebody notifies a channel, with what they say, on a connection of its own; with nothing when that is
 * open, also again after it was lost, for then something may have gone unheard. Nothing is promised: whoever listens looks now and then by themselves.
 */
export function listen(
  { url, name }: { readonly url: string; readonly name: string },
  channel: string,
  heard: (said?: string) => void,
): Listener {
  let closed = false
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let opening: Promise<void> | undefined
  const again = () => {
    client = undefined
    if (closed) return
    timer = setTimeout(open, AGAIN_AFTER)
    timer.unref()
  }
  const open = () => {
    opening = connect().catch(again)
  }
  const connect = async () => {
    const fresh = new pg.Client({ connectionString: url, application_name: name })
    // Lost, it ends; and then another one is opened.
    fresh.on('error', () => {})
    fresh.on('notification', ({ payload }) => heard(payload))
    try {
      await fresh.connect()
      await fresh.query(`listen ${fresh.escapeIdentifier(channel)}`)
    } catch (error) {
      await fresh.end().catch(() => {})
      throw error
    }
    if (closed) return void (await fresh.end())
    client = fresh
    fresh.once('end', again)
    heard()
  }
  open()
  return {
    async close() {
      closed = true
      clearTimeout(timer)
      await opening
      await client?.end().catch(() => {})
    },
  }
}
