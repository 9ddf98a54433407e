/** So often a transaction is begun anew. */
const MOST_TRIES = 4
/** As PostgreSQL says it: of two that waited for each other this one was undone. */
const DEADLOCK = '40P01'

/** Does a transaction's work again that PostgreSQL undid, because it and another waited for each other. */
export async function retryDeadlocks<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let tried = 1; ; tried++) {
    try {
      return await work()
    } catch (error) {
      if ((error as { code?: unknown }).code !== DEADLOCK || tried === MOST_TRIES) throw error
    }
  }
}
