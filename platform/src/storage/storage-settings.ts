import { z } from 'zod'

/** The settings of the environment that say where files are kept; whoever keeps some adds them to their own. */
export const storageSettingsSchema = z.object({
  /** Where stored files are: `disk`, in `storage/` of the folder, or `s3`. */
  FLATRENDER_STORAGE: z.enum(['disk', 's3']).default('disk'),
  /** Address of the S3 server, if it isn't Amazon's: such as http://10.0.0.5:9000. */
  FLATRENDER_S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  /** The bucket; it is there already. Let a rule of its own remove multipart uploads that were given up. */
  FLATRENDER_S3_BUCKET: z.string().min(3).optional(),
  /** The bucket's region. */
  FLATRENDER_S3_REGION: z.string().min(1).default('us-east-1'),
  /** Id of the access key that may read, write, list and delete in the bucket. */
  FLATRENDER_S3_KEY_ID: z.string().min(1).optional(),
  /** Secret of that access key. */
  FLATRENDER_S3_SECRET: z.string().min(1).optional(),
  /** `true` where the bucket is a part of the path, as most servers but Amazon's want it, not of the host. */
  FLATRENDER_S3_PATH_STYLE: z.stringbool().prefault('false'),
})
export type StorageSettings = z.infer<typeof storageSettingsSchema>
