import { setTimeout } from 'node:timers/promises'
import type { Client } from 'pg'

/** What the connection is called by which a process is counted among a server's users. */
export const PRESENCE = 'presence'

/** So long connections are given to end that were closed a moment ago, milliseconds: the server notices when it gets to it. */
const PATIENCE = 2_000
const PAUSE = 50

const OTHERS = `select count(*)::int as others, count(*) filter (where application_name = $1)::int as presences
  from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`

/**
 * Is this the only connection? Its own is a presence no longer: who asks next needn't wait for it. Another process's
 * presence says no at once; anything else may be one of ours that is just ending, and is asked for again. Where the server
 * is gone already, nobody is left to stop it.
 */
export async function isAlone(presence: Client): Promise<boolean> {
  try {
    await presence.query("set application_name to 'leaving'")
    for (const end = performance.now() + PATIENCE; ; await setTimeout(PAUSE)) {
      const { rows } = await presence.query<{ others: number; presences: number }>(OTHERS, [PRESENCE])
      const { others, presences } = rows[0]!
      if (others === 0) return true
      if (presences > 0 || performance.now() > end) return false
    }
  } catch {
    return false
  }
}
