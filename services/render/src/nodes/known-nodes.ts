import type { WholeNodeRow } from './nodes-system-store.ts'

/** Nodes that are kept in mind. */
const MOST = 10_000

interface Known {
  readonly until: number
  readonly row: Promise<WholeNodeRow | undefined>
  /** The same, once it is there. */
  seen?: WholeNodeRow | undefined
}

/** Nodes by their ids, as they were a moment ago. */
export type KnownNodes = ReturnType<typeof openKnownNodes>

/**
 * Keeps nodes in mind that were just looked up or heard of, for so many seconds: each request asks for one, and they change
 * seldom. What this process changes of one it forgets at once.
 */
export function openKnownNodes(
  lookUp: (nodeId: string) => Promise<WholeNodeRow | undefined>,
  seconds: number,
) {
  const known = new Map<string, Known>()
  const fresh = (nodeId: string): Known | undefined => {
    const found = known.get(nodeId)
    return found !== undefined && found.until > performance.now() ? found : undefined
  }
  const keep = (nodeId: string, row: Known['row']): Known => {
    if (known.size >= MOST) known.clear()
    const one: Known = { until: performance.now() + seconds * 1000, row }
    known.set(nodeId, one)
    return one
  }
  return {
    /** A node as it was so many seconds ago at most; undefined where there is none. */
    find(nodeId: string): Promise<WholeNodeRow | undefined> {
      const found = fresh(nodeId)
      if (found !== undefined) return found.row
      const one = keep(nodeId, lookUp(nodeId))
      one.row.then(
        (row) => (one.seen = row),
        // A failure is nobody else's.
        () => known.delete(nodeId),
      )
      return one.row
    },
    /** A node as it is now. */
    keep(row: WholeNodeRow): void {
      keep(row.id, Promise.resolve(row)).seen = row
    },
    /** The same if it was just looked up: for who may not ask, because they hold a connection already. */
    recall: (nodeId: string): WholeNodeRow | undefined => fresh(nodeId)?.seen,
    forget: (nodeId: string) => void known.delete(nodeId),
  }
}
