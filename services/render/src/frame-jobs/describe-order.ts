import { type NodeOrder, nodeOrderSchema } from '@flatrender/contracts/node'
import type { Storage } from '@flatrender/platform/storage'

/** Seconds for which a node's addresses are good: longer than any lease that is renewed while it works. */
const ADDRESS_SECONDS = 6 * 3600

/**
 * Turns a job's input into the order that a node gets: where an object names an `objectKey` it gets an address. What says its
 * `hash` is there to be read, the rest is to be put.
 */
export async function describeOrder(storage: Storage, input: unknown): Promise<NodeOrder> {
  return nodeOrderSchema.parse(await addressAll(storage, input))
}

async function addressAll(storage: Storage, value: unknown): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((part) => addressAll(storage, part)))
  if (typeof value !== 'object' || value === null) return value
  const fields = await Promise.all(
    Object.entries(value).map(async ([name, part]): Promise<[string, unknown]> => {
      if (name !== 'objectKey' || typeof part !== 'string') return [name, await addressAll(storage, part)]
      const method = 'hash' in value ? 'get' : 'put'
      return [
        method === 'get' ? 'url' : 'put',
        await storage.sign(part, { method, expiresIn: ADDRESS_SECONDS }),
      ]
    }),
  )
  return Object.fromEntries(fields)
}
