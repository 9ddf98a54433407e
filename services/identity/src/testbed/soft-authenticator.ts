import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** What a page asks of an authenticator, as far as this one cares. */
interface Request {
  readonly challenge: string
}

/** How an answer departs from the right one. */
export interface Bent {
  readonly origin?: string
  readonly rpId?: string
  readonly challenge?: string
  /** Stands the page within a page of another origin? */
  readonly crossOrigin?: boolean
  /** What it says that it has counted to. */
  readonly count?: number
  /** Parts of its public key (COSE), by label; undefined: left out. */
  readonly keyParts?: ReadonlyMap<number, unknown>
}

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest()
const encode = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64url')

/** CBOR (RFC 8949) of what an authenticator says: small integers, bytes, texts and maps. */
function cbor(value: number | string | Uint8Array | Map<number | string, unknown>): Buffer {
  const head = (kind: number, size: number) =>
    size < 24
      ? Buffer.of((kind << 5) | size)
      : size < 256
        ? Buffer.of((kind << 5) | 24, size)
        : Buffer.of((kind << 5) | 25, size >> 8, size & 255)
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (value instanceof Map)
    return Buffer.concat([
      head(5, value.size),
      ...[...value].flatMap(([key, part]) => [cbor(key), cbor(part as never)]),
    ])
  return Buffer.concat([head(2, value.length), value])
}

/** An authenticator in software, with one key (ES256) that counts; it answers as it is bent. */
export function openSoftAuthenticator({ origin = 'http://localhost:3000', rpId = 'localhost' } = {}) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x, y } = publicKey.export({ format: 'jwk' })
  const id = randomBytes(32)
  let count = 0
  const decode = (text = '') => Buffer.from(text, 'base64url')
  const cose = ({ keyParts = new Map() }: Bent) => {
    const parts = new Map<number, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, decode(x)],
      [-3, decode(y)],
      ...keyParts,
    ])
    return cbor(new Map([...parts].filter(([, part]) => part !== undefined)))
  }
  const authData = (bent: Bent, flags: number, more = Buffer.alloc(0)) => {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(bent.count ?? count)
    return Buffer.concat([sha256(bent.rpId ?? rpId), Buffer.of(flags), counter, more])
  }
  const clientData = (type: string, { challenge }: Request, bent: Bent) =>
    Buffer.from(
      JSON.stringify({
        type,
        challenge: bent.challenge ?? challenge,
        origin: bent.origin ?? origin,
        crossOrigin: bent.crossOrigin ?? false,
      }),
    )
  const named = { id: encode(id), rawId: encode(id), type: 'public-key' as const }
  return {
    /** As `navigator.credentials.create` would. */
    create(request: Request, bent: Bent = {}) {
      const size = Buffer.of(id.length >> 8, id.length & 255)
      // User present, and a key attached.
      const data = authData(bent, 0x41, Buffer.concat([Buffer.alloc(16), size, id, cose(bent)]))
      const attestationObject = cbor(
        new Map<string, unknown>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', data],
        ]),
      )
      const clientDataJSON = encode(clientData('webauthn.create', request, bent))
      return {
        ...named,
        response: { clientDataJSON, attestationObject: encode(attestationObject), transports: ['usb'] },
      }
    },
    /** As `navigator.credentials.get` would. */
    get(request: Request, bent: Bent = {}) {
      count += 1
      const data = authData(bent, 0x01)
      const client = clientData('webauthn.get', request, bent)
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey)
      return {
        ...named,
        response: {
          clientDataJSON: encode(client),
          authenticatorData: encode(data),
          signature: encode(signature),
        },
      }
    },
  }
}
