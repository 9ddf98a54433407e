import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { RenderConfig } from '../config.ts'
import type { Tables } from '../tables.ts'

/** What most live nodes run. */
export interface Build {
  readonly engineBuild: string
  /** Such as `x64`; segments of one build are the same bits on one architecture. */
  readonly arch: string
  readonly nodes: number
}

/** The build that most live nodes run, by their workers; undefined where no node is there. */
export async function chooseBuild(
  transaction: SystemTransaction<Tables>,
  { silenceSeconds }: Pick<RenderConfig, 'silenceSeconds'>,
): Promise<Build | undefined> {
  const { rows } = await sql<Build>`
    select engine_build as "engineBuild", arch, count(*)::int as nodes from render.nodes
    where state = 'online' and engine = 'lottie' and last_seen_at > now() - make_interval(secs => ${silenceSeconds})
    group by engine_build, arch order by sum(workers) desc, engine_build desc limit 1`.execute(transaction)
  return rows[0]
}
