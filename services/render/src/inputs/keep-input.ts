import { createHash } from 'node:crypto'
import { mapAtOnce } from '@flatrender/contracts/concurrency'
import type { SystemTransaction } from '@flatrender/platform/db'
import type { Render } from '../deps.ts'
import type { Tables } from '../tables.ts'
import { completeAndPin } from './complete-and-pin.ts'
import {
  beginInputs,
  type InputHolder,
  type InputRow,
  nameOfInput,
  pinInputs,
  spellInput,
  useReadyInputs,
} from './inputs-system-store.ts'

/** Files that are stored at once: each is a wait for the disk. */
const AT_ONCE = 4

/** Whose it is, and what. */
export interface NewInput {
  readonly tenantId: string
  readonly content: Uint8Array
  /** SHA-256 of it, hexadecimal, where that is known. */
  readonly hash?: string
  readonly extension: string
  readonly contentType: string
}

/** Stores a file for nodes, unless it is there, and pins it for its holder. Errors: those of storing. */
export async function keepInput(render: Render, input: NewInput, holder: InputHolder): Promise<InputRow> {
  return (await keepInputs(render, [input], holder))[0]!
}

/** The same for several: as many waits for PostgreSQL as for one. Their rows, in their sequence. */
export async function keepInputs(
  render: Render,
  inputs: readonly NewInput[],
  holder: InputHolder,
): Promise<InputRow[]> {
  if (inputs.length === 0) return []
  const named = inputs.map(nameByHash)
  return storeNamed(render, holder, (transaction) => beginUnknown(transaction, named))
}

/**
 * The same for several and an index, which names where the others lie: it is stored with them, and its row given last.
 */
export async function keepIndexed(
  render: Render,
  inputs: readonly NewInput[],
  writeIndex: (rows: readonly InputRow[]) => NewInput,
  holder: InputHolder,
): Promise<{ rows: InputRow[]; index: InputRow }> {
  const named = inputs.map(nameByHash)
  let told: readonly InputRow[] = []
  const rows = await storeNamed(render, holder, async (transaction) => {
    const places = await beginUnknown(transaction, named)
    told = places.map(({ row }) => row)
    return [...places, ...(await beginUnknown(transaction, [nameByHash(writeIndex(told))]))]
  })
  const index = rows.pop()!
  // Where others stored the same at the same time, theirs counts, and lies elsewhere.
  const isRight = rows.every(({ object_key }, place) => object_key === told[place]!.object_key)
  return { rows, index: isRight ? index : await keepInput(render, writeIndex(rows), holder) }
}

interface NamedInput extends NewInput {
  readonly hash: string
}

/** A file, and its row: of one that is there, or is to be put there. */
interface InputPlace {
  readonly input: NamedInput
  readonly row: InputRow
}

function nameByHash(input: NewInput): NamedInput {
  return { ...input, hash: input.hash ?? createHash('sha256').update(input.content).digest('hex') }
}

/** The rows of files that are there, and new ones for the others. What is the same is one file. */
async function beginUnknown(
  transaction: SystemTransaction<Tables>,
  named: readonly NamedInput[],
): Promise<InputPlace[]> {
  const wanted = [...new Map(named.map((input) => [spellInput(input), input])).values()]
  const rows = new Map((await useReadyInputs(transaction, wanted)).map((row) => [nameOfInput(row), row]))
  const unknown = wanted.filter((input) => !rows.has(spellInput(input)))
  const begun = await beginInputs(
    transaction,
    unknown.map(({ tenantId }) => tenantId),
  )
  for (const [index, input] of unknown.entries()) rows.set(spellInput(input), begun[index]!)
  return named.map((input) => ({ input, row: rows.get(spellInput(input))! }))
}

/** Finds places for files, stores those that aren't there, and pins all. */
async function storeNamed(
  render: Render,
  holder: InputHolder,
  findPlaces: (transaction: SystemTransaction<Tables>) => Promise<InputPlace[]>,
): Promise<InputRow[]> {
  const places = await render.system.transact(async (transaction) => {
    const found = await findPlaces(transaction)
    const ready = found.map(({ row }) => row).filter(({ state }) => state === 'ready')
    if (ready.length > 0) await pinInputs(transaction, ready, holder)
    return found
  })
  const begun = new Map(
    places.filter(({ row }) => row.state !== 'ready').map((place) => [place.row.id, place]),
  )
  const placed = await mapAtOnce(AT_ONCE, [...begun.values()], async ({ input, row }) => {
    const { content, contentType, ...name } = input
    const bytes = content.byteLength
    await render.storage.put(row.object_key, content, { sha256: input.hash, bytes, contentType })
    return { ...name, begun: row, bytes }
  })
  const kept = await completeAndPin(render, placed, holder)
  const done = new Map(placed.map(({ begun: { id } }, index) => [id, kept[index]!]))
  return places.map(({ row }) => done.get(row.id) ?? row)
}
