import { type NodeOrder, nodeOrderSchema } from '@flatrender/contracts/node'
import type { Storage } from '@flatrender/platform/storage'
import { arrivingKey } from './arriving-key.ts'

/** Seconds for which a node's addresses are good: longer than any lease that is renewed while it works. */
const ADDRESS_SECONDS = 6 * 3600

/**
 * Turns a job's input into the order that a node gets: where an object names an `objectKey` it gets an address. What says its
 * `hash` is there to be read, the rest is to be put, where what this lease makes arrives; nothing can be put without a fence.
 */
export async function describeOrder(
  storage: Storage,
  input: unknown,
  fence: number | null,
): Promise<NodeOrder> {
  return nodeOrderSchema.parse(await addressAll(storage, input, fence))
}

async function addressAll(storage: Storage, value: unknown, fence: number | null): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((part) => addressAll(storage, part, fence)))
  if (typeof value !== 'object' || value === null) return value
  const fields = await Promise.all(
    Object.entries(value).map(async ([name, part]): Promise<[string, unknown]> => {
      if (name !== 'objectKey' || typeof part !== 'string')
        return [name, await addressAll(storage, part, fence)]
      if ('hash' in value)
        return ['url', await storage.sign(part, { method: 'get', expiresIn: ADDRESS_SECONDS })]
      if (fence === null) return ['put', '']
      const put = { method: 'put', expiresIn: ADDRESS_SECONDS } as const
      return ['put', await storage.sign(arrivingKey(part, fence), put)]
    }),
  )
  return Object.fromEntries(fields)
}
