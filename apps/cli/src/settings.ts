import { availableParallelism } from 'node:os'
import path from 'node:path'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { SecretKeySettings } from '@flatrender/platform/secrets'
import { listSet, refuseMistyped } from '@flatrender/platform/settings'
import { type StorageSettings, storageSettingsSchema } from '@flatrender/platform/storage'
import { z } from 'zod'

/** Settings of the server whose names look like slips of ours. */
const serverSettings: readonly string[] = ['FLATRENDER_HOST']

/** The environment variables that are read; the page of settings is made from this. */
export const settingsSchema = z.object({
  /** Folder of the cache, of crash records and temporary files; and of the installation, as the server has it. */
  FLATRENDER_HOME: z.string().min(1).default('.flatrender'),
  /** Worker processes; as many as cores when absent. */
  FLATRENDER_WORKERS: z.coerce.number().int().min(1).max(256).optional(),
  /** Gigabytes of memory (10⁹ bytes) that a worker may take. */
  FLATRENDER_WORKER_MEMORY_GIGABYTES: z.coerce.number().positive().default(3),
  /** Seconds without a frame after which a worker counts as stuck. */
  FLATRENDER_WORKER_SILENCE_SECONDS: z.coerce.number().positive().default(120),
  /** Gigabytes (10⁹ bytes) of segments that are kept. */
  FLATRENDER_CACHE_GIGABYTES: z.coerce.number().min(0).default(10),
  /** One-time token with which `node start` enrols; unlike an option, no list of processes shows it. */
  FLATRENDER_NODE_TOKEN: z.string().min(1).optional(),
  /** An API key, by which `node replay` asks a server for a crash record. */
  FLATRENDER_API_KEY: z.string().min(1).optional(),
  /** The owner's address of the database. */
  FLATRENDER_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** 32 bytes in base64: what is secret is sealed with it, and the database's passwords follow from it. */
  FLATRENDER_SECRET_KEY: z.string().min(1).optional(),
  ...storageSettingsSchema.shape,
  /** Keys from before, with commas between: what they sealed opens too, until `rotate-key` has sealed it anew. */
  FLATRENDER_FORMER_SECRET_KEYS: z.string().min(1).optional(),
})

/** What the environment decides. Memory and cache in bytes, silence in milliseconds, `home` an absolute path. */
export interface Settings {
  readonly home: string
  readonly workers: number
  readonly workerMemory: number
  readonly workerSilence: number
  readonly cacheLimit: number
  readonly nodeToken: string | undefined
  readonly apiKey: string | undefined
  readonly databaseUrl: string | undefined
  /** Where stored files are. */
  readonly storage: StorageSettings
  readonly secretKeys: SecretKeySettings
}

/** Reads the settings from an environment; what is empty is not set. Errors: SETTING_INVALID, SETTING_UNKNOWN. */
export function readSettings(environment: NodeJS.ProcessEnv, folder: string): Settings {
  const set = listSet(environment)
  refuseMistyped(set, Object.keys(settingsSchema.shape), serverSettings)
  const parsed = settingsSchema.safeParse(set)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const setting = issue?.path.join('.') ?? ''
    throw new FlatRenderError('SETTING_INVALID', { setting, reason: issue?.message ?? 'it is not valid' })
  }
  const read = parsed.data
  return {
    home: path.resolve(folder, read.FLATRENDER_HOME),
    workers: read.FLATRENDER_WORKERS ?? availableParallelism(),
    workerMemory: read.FLATRENDER_WORKER_MEMORY_GIGABYTES * 1e9,
    workerSilence: read.FLATRENDER_WORKER_SILENCE_SECONDS * 1000,
    nodeToken: read.FLATRENDER_NODE_TOKEN,
    apiKey: read.FLATRENDER_API_KEY,
    cacheLimit: read.FLATRENDER_CACHE_GIGABYTES * 1e9,
    databaseUrl: read.FLATRENDER_DATABASE_URL,
    storage: read,
    secretKeys: { present: read.FLATRENDER_SECRET_KEY, former: read.FLATRENDER_FORMER_SECRET_KEYS },
  }
}
