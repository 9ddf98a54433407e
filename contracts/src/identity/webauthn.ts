import { z } from 'zod'

/** Bytes in base64url; the longest is an attestation that we didn't ask for. */
const bytes = z
  .string()
  .regex(/^[\w-]+$/)
  .max(16_000)
/** How an authenticator is reached: `usb`, `internal`, … */
const transports = z.array(z.string().max(20)).max(10)
const descriptors = z.array(
  z.object({ type: z.string(), id: z.string(), transports: z.array(z.string()).optional() }),
)
const answered = z.object({ id: bytes, rawId: bytes, type: z.literal('public-key') })

/** `location.origin` of the page that asks, where the tenant has more than one: its own domain, ours, or one that it allows. */
export const page = z
  .url({ protocol: /^https?$/ })
  .max(300)
  .optional()

/** What `navigator.credentials.create` takes as `publicKey`: PublicKeyCredentialCreationOptionsJSON of WebAuthn. */
export const creationOptions = z.object({
  rp: z.object({ id: z.string().optional(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  challenge: z.string(),
  pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.int() })),
  /** Milliseconds. */
  timeout: z.int().positive().optional(),
  excludeCredentials: descriptors.optional(),
  authenticatorSelection: z
    .object({
      residentKey: z.string().optional(),
      requireResidentKey: z.boolean().optional(),
      userVerification: z.string().optional(),
    })
    .optional(),
  attestation: z.string().optional(),
})

/** What the browser made of it: RegistrationResponseJSON, `credential.toJSON()`. */
export const attestation = answered.extend({
  response: z.object({
    clientDataJSON: bytes,
    attestationObject: bytes,
    transports: transports.default([]),
  }),
})

/** What `navigator.credentials.get` takes as `publicKey`: PublicKeyCredentialRequestOptionsJSON of WebAuthn. */
export const assertionOptions = z.object({
  rpId: z.string().optional(),
  challenge: z.string(),
  /** Milliseconds. */
  timeout: z.int().positive().optional(),
  allowCredentials: descriptors.optional(),
  userVerification: z.string().optional(),
})

/** What the browser made of it: AuthenticationResponseJSON, `credential.toJSON()`. */
export const assertion = answered.extend({
  response: z.object({ clientDataJSON: bytes, authenticatorData: bytes, signature: bytes }),
})
export type Attestation = z.infer<typeof attestation>
export type Assertion = z.infer<typeof assertion>
