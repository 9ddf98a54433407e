import { stat } from 'node:fs/promises'
import { hashFile } from '../files/hash-file.ts'
import type { Workshop } from '../workspace/workshop.ts'
import type { OrderFiles, OrderHearing } from './render-engine.ts'
import type { TemplateShelf } from './template-shelf.ts'

/** Everything that carrying an order out takes. */
export interface OrderRoom extends Workshop, OrderFiles, OrderHearing {
  readonly templates: TemplateShelf
}

/** Where an input lies. Whoever gives orders lays out all of their files first. */
export function inputFile({ inputs }: Pick<OrderRoom, 'inputs'>, hash: string): string {
  const file = inputs.get(hash)
  if (file === undefined) throw new Error(`the input ${hash} was not laid out`)
  return file
}

/** Hash and length of what was made: what is reported of a file that is put somewhere. */
export async function describeFile(file: string): Promise<{ hash: string; bytes: number }> {
  return { hash: await hashFile(file), bytes: (await stat(file)).size }
}
