import { createPublicKey, type JsonWebKey } from 'node:crypto'
import { cose, decodeCredentialPublicKey } from '@simplewebauthn/server/helpers'

const curves: Readonly<Record<number, string>> = { 1: 'P-256', 2: 'P-384', 3: 'P-521', 6: 'Ed25519' }

/** Bits of an RSA modulus below which a key is found by computing. */
const RSA_BITS = 2048

/**
 * Can this public key (COSE) tell right signatures from wrong ones? Nobody else asks before the first login by it: parts may
 * be missing, a point beside its curve, or an RSA key so small that everybody can sign.
 */
export function canVerify(publicKey: Uint8Array<ArrayBuffer>): boolean {
  try {
    const key = createPublicKey({ format: 'jwk', key: toJwk(publicKey) })
    const { modulusLength, publicExponent } = key.asymmetricKeyDetails ?? {}
    // A signature by the exponent 1 is the message.
    return key.asymmetricKeyType !== 'rsa' || (modulusLength! >= RSA_BITS && publicExponent! > 2n)
  } catch {
    // The library and Node say by throwing that it is no key.
    return false
  }
}

function toJwk(publicKey: Uint8Array<ArrayBuffer>): JsonWebKey {
  const key = decodeCredentialPublicKey(publicKey)
  if (cose.isCOSEPublicKeyRSA(key))
    return { kty: 'RSA', n: encode(key.get(cose.COSEKEYS.n)), e: encode(key.get(cose.COSEKEYS.e)) }
  if (cose.isCOSEPublicKeyEC2(key)) {
    const [x, y] = [encode(key.get(cose.COSEKEYS.x)), encode(key.get(cose.COSEKEYS.y))]
    return { kty: 'EC', crv: curves[key.get(cose.COSEKEYS.crv) ?? 0] ?? '', x, y }
  }
  if (cose.isCOSEPublicKeyOKP(key))
    return {
      kty: 'OKP',
      crv: curves[key.get(cose.COSEKEYS.crv) ?? 0] ?? '',
      x: encode(key.get(cose.COSEKEYS.x)),
    }
  throw new Error('a key of another kind')
}

function encode(bytes: Uint8Array | undefined): string {
  if (bytes === undefined) throw new Error('a part of the key is missing')
  return Buffer.from(bytes).toString('base64url')
}
