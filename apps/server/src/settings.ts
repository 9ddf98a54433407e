import { isIP } from 'node:net'
import path from 'node:path'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { MOST_NODE_WORKERS } from '@flatrender/contracts/node'
import { logLevels } from '@flatrender/platform/observe'
import { isException } from '@flatrender/platform/outbound'
import { listSet, refuseUnknown } from '@flatrender/platform/settings'
import { storageSettingsSchema } from '@flatrender/platform/storage'
import { gatewayConfig } from '@flatrender/service-gateway/config'
import { z } from 'zod'

/** Every service that a process can host. */
export const serviceNames = ['identity', 'content', 'file', 'render', 'notification', 'gateway'] as const
export type ServiceName = (typeof serviceNames)[number]

const port = (usual: number) => z.coerce.number().int().min(0).max(65_535).default(usual)
const gateway = gatewayConfig.parse({})
const limit = (usual: number) => z.coerce.number().int().positive().default(usual)
const list = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  )
  .optional()
/** The same of what each must be; the first that isn't is named. */
const listOf = (isRight: (part: string) => boolean, fault: string) =>
  list.superRefine((parts, context) => {
    const wrong = parts?.find((part) => !isRight(part))
    if (wrong !== undefined) context.addIssue({ code: 'custom', message: `“${wrong}” is ${fault}` })
  })
const databaseUrl = z.url({ protocol: /^postgres(ql)?$/ }).optional()

/** Settings that the command line reads in the same folder, and a server doesn't mind. */
const commandSettings: readonly string[] = [
  'FLATRENDER_WORKERS',
  'FLATRENDER_NODE_TOKEN',
  'FLATRENDER_API_KEY',
]

/** The environment variables that are read; the page of settings is made from this. */
export const settingsSchema = z.object({
  /** Folder of the embedded database, the secret key and all else that stays. */
  FLATRENDER_HOME: z.string().min(1).default('.flatrender'),
  /** The owner's address of the database; without one the PostgreSQL that comes along. */
  FLATRENDER_DATABASE_URL: databaseUrl,
  /** The identity service's own address of the database, instead of the one that follows from the owner's. */
  FLATRENDER_IDENTITY_DATABASE_URL: databaseUrl,
  /** The same for its work that has no tenant. */
  FLATRENDER_IDENTITY_SYSTEM_DATABASE_URL: databaseUrl,
  /** The content service's own address of the database. */
  FLATRENDER_CONTENT_DATABASE_URL: databaseUrl,
  /** The same for its work that has no tenant. */
  FLATRENDER_CONTENT_SYSTEM_DATABASE_URL: databaseUrl,
  /** The file service's own address of the database. */
  FLATRENDER_FILE_DATABASE_URL: databaseUrl,
  /** The same for its work that has no tenant. */
  FLATRENDER_FILE_SYSTEM_DATABASE_URL: databaseUrl,
  /** The render service's own address of the database. */
  FLATRENDER_RENDER_DATABASE_URL: databaseUrl,
  /** The same for its work that has no tenant. */
  FLATRENDER_RENDER_SYSTEM_DATABASE_URL: databaseUrl,
  /** The notification service's own address of the database. */
  FLATRENDER_NOTIFICATION_DATABASE_URL: databaseUrl,
  /** The same for its work that has no tenant. */
  FLATRENDER_NOTIFICATION_SYSTEM_DATABASE_URL: databaseUrl,
  /** The address of the database at which events and background work are taken off their queue. */
  FLATRENDER_WORKER_DATABASE_URL: databaseUrl,
  /** 32 bytes in base64: what is secret is sealed with it, and the database's passwords follow from it. */
  FLATRENDER_SECRET_KEY: z.string().min(1).optional(),
  /** Keys from before, with commas between: what they sealed opens too, until `rotate-key` has sealed it anew. */
  FLATRENDER_FORMER_SECRET_KEYS: z.string().min(1).optional(),
  /** E-mail address of the owner that the first start makes. */
  FLATRENDER_OWNER_EMAIL: z.email().default('owner@flatrender.local'),
  /** Days that answered requests are kept for their tenants to look at. */
  FLATRENDER_REQUEST_LOG_DAYS: z.coerce.number().int().min(1).max(3650).default(90),
  /** Address that the gateway listens on; 0.0.0.0 for all. */
  FLATRENDER_HOST: z.string().min(1).default('127.0.0.1'),
  /** Port that the gateway listens on. */
  FLATRENDER_PORT: port(3000),
  /** Where browsers find this installation, `http://localhost` with its port unless set: authenticators (WebAuthn) are bound to its host, which may not be a bare address. */
  FLATRENDER_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** true: login providers (OAuth) may stand in a private network, or on this machine without HTTPS. Tenants' admins name them. */
  FLATRENDER_LOCAL_PROVIDERS: z.stringbool().prefault('false'),
  /** Address on which services hear each other when they are hosted apart. */
  FLATRENDER_INTERNAL_HOST: z.string().min(1).default('127.0.0.1'),
  /** Port of the same. */
  FLATRENDER_INTERNAL_PORT: port(3001),
  /** Where the identity service is, if it is hosted elsewhere: such as http://10.0.0.5:3001. */
  FLATRENDER_IDENTITY_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Where the content service is, if it is hosted elsewhere. */
  FLATRENDER_CONTENT_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Where the file service is, if it is hosted elsewhere. */
  FLATRENDER_FILE_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Where the render service is, if it is hosted elsewhere. */
  FLATRENDER_RENDER_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Where the notification service is, if it is hosted elsewhere. */
  FLATRENDER_NOTIFICATION_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Seconds after which the job of a node that gives no sign of life goes to another. */
  FLATRENDER_RENDER_LEASE_SECONDS: z.coerce.number().min(1).max(3600).default(30),
  /** Share of segments that a second node paints too, to see whether it gets the same: 0 to 1. */
  FLATRENDER_RENDER_SPOT_CHECK_SHARE: z.coerce.number().min(0).max(1).default(0),
  /** Days that a finished video is kept; it can be made again after that, for FLATRENDER_RENDER_RECREATE_DAYS. */
  FLATRENDER_RENDER_EXPORT_DAYS: z.coerce.number().int().min(1).max(3650).default(30),
  /** Days after those for which what a video is made of is kept, so that it can be made again. */
  FLATRENDER_RENDER_RECREATE_DAYS: z.coerce.number().int().min(0).max(3650).default(30),
  /** Days that rendered segments are kept that nobody uses. */
  FLATRENDER_RENDER_SEGMENT_DAYS: z.coerce.number().int().min(1).max(3650).default(30),
  /** Workers of the render node that runs beside the gateway: none for 0. Unless set, one a core where all services are in one process. */
  FLATRENDER_NODE_WORKERS: z.coerce.number().int().min(0).max(MOST_NODE_WORKERS).optional(),
  /** Gigabytes of memory (10⁹ bytes) that such a worker may take. */
  FLATRENDER_WORKER_MEMORY_GIGABYTES: z.coerce.number().positive().default(3),
  /** Seconds without a sign of life after which such a worker counts as stuck. */
  FLATRENDER_WORKER_SILENCE_SECONDS: z.coerce.number().positive().default(120),
  /** Gigabytes (10⁹ bytes) of inputs that the node keeps. */
  FLATRENDER_CACHE_GIGABYTES: z.coerce.number().min(0).default(10),
  /** Name servers by which tenants prove their domains, with commas between: 192.0.2.53 or 192.0.2.53:5353; the machine's own unless set. */
  FLATRENDER_DNS_SERVERS: listOf(isNameServer, 'no address of a name server'),
  /** Hosts, addresses and CIDR ranges outside of the internet that webhooks and media may be at, with commas between. */
  FLATRENDER_OUTBOUND_ALLOWED: listOf(isException, 'no host, address or CIDR range: no port, no path'),
  /** The mail server: smtp://user:password@host:587 or smtps://…; without one, mails are files in `mail/` of the folder. */
  FLATRENDER_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  /** Who mails come from. */
  FLATRENDER_MAIL_FROM: z.string().min(3).default('FlatRender <no-reply@flatrender.local>'),
  ...storageSettingsSchema.shape,
  /** Addresses and CIDR ranges of proxies that are believed, with commas between. */
  FLATRENDER_GATEWAY_TRUSTED_PROXIES: list,
  /** Bytes of a request's JSON body. */
  FLATRENDER_GATEWAY_BODY_BYTES: limit(gateway.bodyLimit),
  /** Seconds within which a request must have arrived whole. */
  FLATRENDER_GATEWAY_REQUEST_SECONDS: limit(gateway.requestTimeout / 1000),
  /** Which lines are logged: debug, info, warn, error or silent; each with those after it. */
  FLATRENDER_LOG_LEVEL: z.enum(logLevels).default('info'),
  /** A file that log lines (JSON) are added to, instead of stderr. */
  FLATRENDER_LOG_FILE: z.string().min(1).optional(),
  /** Address of an OpenTelemetry collector that takes traces by HTTP, such as http://localhost:4318; none are kept without it. */
  FLATRENDER_OTLP_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Address on which a process without a gateway shows its own /metrics. */
  FLATRENDER_METRICS_HOST: z.string().min(1).default('127.0.0.1'),
  /** Port of the same; any free one unless set. */
  FLATRENDER_METRICS_PORT: port(0),
  /** Who reads /metrics sends it as a bearer token, 16 characters or more; without it this machine alone may. */
  FLATRENDER_METRICS_TOKEN: z.string().min(16).optional(),
  /** Requests a minute from an address (IPv6: a /64) that proved nothing, counted in each gateway process. */
  FLATRENDER_GATEWAY_VISITOR_LIMIT: limit(gateway.visitorLimit),
  /** Requests a minute of a user. */
  FLATRENDER_GATEWAY_USER_LIMIT: limit(gateway.userLimit),
  /** Requests a minute of an API key. */
  FLATRENDER_GATEWAY_KEY_LIMIT: limit(gateway.keyLimit),
  /** Requests a minute of a whole tenant; its visitors have half of them at most. */
  FLATRENDER_GATEWAY_TENANT_LIMIT: limit(gateway.tenantLimit),
})

/** What the environment decides; `home` is an absolute path. */
export type Settings = Omit<z.infer<typeof settingsSchema>, 'FLATRENDER_HOME' | 'FLATRENDER_PUBLIC_URL'> & {
  readonly home: string
  readonly FLATRENDER_PUBLIC_URL: string
}

/** The port that browsers are thought to come to where any free one is taken. */
const USUAL_PORT = 3000

/** Reads the settings from an environment; what is empty is not set. Errors: SETTING_INVALID, SETTING_UNKNOWN. */
export function readSettings(environment: NodeJS.ProcessEnv, folder: string): Settings {
  const set = listSet(environment)
  refuseUnknown(set, Object.keys(settingsSchema.shape), commandSettings)
  const parsed = settingsSchema.safeParse(set)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const setting = issue?.path.join('.') ?? ''
    throw new FlatRenderError('SETTING_INVALID', { setting, reason: issue?.message ?? 'it is not valid' })
  }
  const { FLATRENDER_HOME, FLATRENDER_PUBLIC_URL: told, ...rest } = parsed.data
  const FLATRENDER_PUBLIC_URL = told ?? `http://localhost:${rest.FLATRENDER_PORT || USUAL_PORT}`
  return { ...rest, FLATRENDER_PUBLIC_URL, home: path.resolve(folder, FLATRENDER_HOME) }
}

/** Reads `--services=identity,gateway`; all of them without it. Errors: COMMAND_WRONG. */
export function readServices(argv: readonly string[]): readonly ServiceName[] {
  const chosen: string[] = []
  for (const argument of argv) {
    const [, names] = argument.match(/^--services=(.+)$/) ?? []
    if (names === undefined)
      throw wrong(`there is no option ${argument}; there is --services=${serviceNames.join(',')} and --help`)
    chosen.push(...names.split(','))
  }
  const unknown = chosen.filter((name) => !serviceNames.some((known) => known === name))
  if (unknown.length > 0)
    throw wrong(`there is no service ${unknown.join(', ')}; there are ${serviceNames.join(', ')}`)
  return chosen.length === 0 ? serviceNames : serviceNames.filter((name) => chosen.includes(name))
}

function isNameServer(text: string): boolean {
  const [, address = '', port = '53'] = /^\[?([^\]]*?)\]?(?::(\d{1,5}))?$/.exec(text) ?? []
  return isIP(text) !== 0 || (isIP(address) !== 0 && Number(port) <= 65_535)
}

function wrong(reason: string): FlatRenderError {
  return new FlatRenderError('COMMAND_WRONG', { reason })
}
