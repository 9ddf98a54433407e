import type { WholeNodeRow } from './nodes-system-store.ts'

/** Milliseconds for which a node is as it was: a request asks for it more than once, and it changes seldom. */
const GOOD_FOR = 2000
/** Nodes that are kept in mind. */
const MOST = 10_000

interface Known {
  readonly until: number
  readonly row: Promise<WholeNodeRow | undefined>
  /** The same, once it is there. */
  seen?: WholeNodeRow | undefined
}

/** Nodes by their ids, looked up again after two seconds. */
export type KnownNodes = ReturnType<typeof openKnownNodes>

/** Keeps nodes in mind that were just looked up. What this process changes of one it forgets at once. */
export function openKnownNodes(lookUp: (nodeId: string) => Promise<WholeNodeRow | undefined>) {
  const known = new Map<string, Known>()
  const fresh = (nodeId: string): Known | undefined => {
    const found = known.get(nodeId)
    return found !== undefined && found.until > performance.now() ? found : undefined
  }
  return {
    /** A node as it was two seconds ago at most; undefined where there is none. */
    find(nodeId: string): Promise<WholeNodeRow | undefined> {
      const found = fresh(nodeId)
      if (found !== undefined) return found.row
      if (known.size >= MOST) known.clear()
      const one: Known = { until: performance.now() + GOOD_FOR, row: lookUp(nodeId) }
      known.set(nodeId, one)
      one.row.then(
        (row) => (one.seen = row),
        // A failure is nobody else's.
        () => known.delete(nodeId),
      )
      return one.row
    },
    /** The same if it was just looked up: for who may not ask, because they hold a connection already. */
    recall: (nodeId: string): WholeNodeRow | undefined => fresh(nodeId)?.seen,
    forget: (nodeId: string) => void known.delete(nodeId),
  }
}
