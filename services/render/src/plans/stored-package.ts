import { z } from 'zod'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** A template's package as the storage has it, and who publishes it. */
export const storedPackageSchema = z.object({
  storageKey: z.string(),
  contentHash: sha256,
  /** Of the archive. */
  sha256,
  bytes: z.int(),
  tenantId: z.guid(),
  /** Do tenants below see the template? */
  shared: z.boolean(),
})
export type StoredPackage = z.infer<typeof storedPackageSchema>
