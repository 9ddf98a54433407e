import { type KyselyPlugin, type RootOperationNode, sql } from 'kysely'
import type { AnyTransaction } from '../tables.ts'

/**
 * How PostgreSQL goes about the one question that a function of a store asks, if it reads no table from end to end where
 * it can help it: with so few rows as a test has it would.
 */
export async function explain<Transaction extends AnyTransaction>(
  transaction: Transaction,
  ask: (transaction: Transaction) => Promise<unknown>,
): Promise<string> {
  await sql`set local enable_seqscan = off`.execute(transaction)
  let plan: string | undefined
  const explaining: KyselyPlugin = {
    transformQuery: ({ node }) => explained(node),
    async transformResult({ result }) {
      plan = result.rows.map((row) => row['QUERY PLAN']).join('\n')
      return { ...result, rows: [] }
    },
  }
  // Whoever asks may miss its rows.
  await ask(transaction.withPlugin(explaining) as Transaction).catch((error: unknown) => {
    if (plan === undefined) throw error
  })
  return plan!
}

function explained(node: RootOperationNode): RootOperationNode {
  if (node.kind !== 'RawNode') return { ...node, explain: { kind: 'ExplainNode' } } as RootOperationNode
  const [first, ...rest] = node.sqlFragments
  return { ...node, sqlFragments: [`explain ${first}`, ...rest] }
}
