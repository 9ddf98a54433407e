import type { SystemDatabase } from '../db/open-database.ts'
import { findHeld, findMissing, readReferences } from './dangling-system-store.ts'
import { listReferences, type SoftReference } from './list-references-system-store.ts'

/** Who knows whether rows of another service's table are there: gives those of the ids (at most 1000) that are missing. */
export type AskMissing = (ids: string[]) => Promise<readonly string[]>

/** What is checked, and who is asked. */
export interface ReferenceCheck {
  readonly system: SystemDatabase<unknown>
  /** Whose columns are looked at. */
  readonly schema: string
  /** By `schema.table`: tables of other schemas. References to tables that are neither here nor there are left out. */
  readonly ask: Readonly<Record<string, AskMissing>>
}

/** A soft reference that was checked. */
export interface CheckedReference {
  /** `schema.table.column` */
  readonly column: string
  /** How many ids it holds that nobody has, and some of them. */
  readonly dangling: number
  readonly examples: readonly string[]
}

const EXAMPLES = 3

/**
 * Looks for soft references to what isn't there. Events keep them true, so what is found was missed by a consumer. Nothing is
 * changed. Errors: DATABASE_LOST, those of `ask`.
 */
export async function checkReferences(check: ReferenceCheck): Promise<CheckedReference[]> {
  const { system, schema } = check
  const references = await system.transact((transaction) => listReferences(transaction, schema))
  const checked: CheckedReference[] = []
  for (const reference of references) {
    const known = reference.targets.every(
      (target) => target.startsWith(`${schema}.`) || check.ask[target] !== undefined,
    )
    if (!known) continue
    const dangling = await findDangling(check, reference)
    checked.push({
      column: `${reference.table}.${reference.column}`,
      dangling: dangling.length,
      examples: dangling.slice(0, EXAMPLES),
    })
  }
  return checked
}

async function findDangling(
  { system, schema, ask }: ReferenceCheck,
  reference: SoftReference,
): Promise<string[]> {
  const missing = await system.transact(async (transaction) => {
    const found: string[] = []
    for await (const ids of readReferences(transaction, reference)) {
      let left: readonly string[] = ids
      for (const target of reference.targets)
        if (left.length > 0)
          left = await (target.startsWith(`${schema}.`)
            ? findMissing(transaction, target, left)
            : ask[target]!([...left]))
      found.push(...left)
    }
    return found
  })
  // Between the two looks a row may have gone together with what it named.
  return missing.length === 0
    ? []
    : system.transact((transaction) => findHeld(transaction, reference, missing))
}
