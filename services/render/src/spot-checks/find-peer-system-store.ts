import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'

/**
 * The engine build of a living node that can paint the same, and is none of those: of the very build if there is one, else of
 * the same code on another architecture, which is a build's last word. Undefined where there is none.
 */
export async function findPeerBuild(
  transaction: SystemTransaction<Tables>,
  {
    build,
    notFor,
    silenceSeconds,
  }: { readonly build: string; readonly notFor: readonly string[]; readonly silenceSeconds: number },
): Promise<string | undefined> {
  const { rows } = await sql<{ build: string }>`
    select engine_build as build from render.nodes
    where state = 'online' and engine = 'lottie' and id <> all (${notFor}::uuid[])
      and last_seen_at > now() - make_interval(secs => ${silenceSeconds})
      and regexp_replace(engine_build, ' [^ ]+$', '') = regexp_replace(${build}, ' [^ ]+$', '')
    order by engine_build = ${build} desc, last_seen_at desc limit 1`.execute(transaction)
  return rows[0]?.build
}
