import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { z } from 'zod'
import { writePrivateFile } from '../files/write-private-file.ts'

/** Who a node is: its key pair, made on its first start, and the id that the server gave it. */
export interface NodeIdentity {
  readonly privateKey: KeyObject
  /** Raw, in base64url. */
  readonly publicKey: string
  /** None before it has enrolled. */
  readonly nodeId: string | undefined
  /** Keeps what the server answered. Errors: NODE_HOME_UNUSABLE, NODE_DISK_FULL. */
  enrolled(nodeId: string): Promise<NodeIdentity>
}

const keptSchema = z.object({
  /** PKCS #8, in base64. */
  privateKey: z.string(),
  /** SHA-256 of the token with which it enrols: another one makes another node of it. */
  tokenHash: z.string(),
  nodeId: z.string().nullable(),
})
type Kept = z.infer<typeof keptSchema>

/**
 * Opens the identity that is kept in a node's folder, readable by its user alone. A token that was not seen before makes a
 * new one, kept before anybody hears of it: whoever is killed while enrolling comes again with the same key, and gets the
 * same answer. Errors: NODE_NOT_ENROLLED, NODE_HOME_UNUSABLE, NODE_DISK_FULL.
 */
export async function openIdentity(home: string, token: string | undefined): Promise<NodeIdentity> {
  const file = path.join(home, 'node.json')
  const kept = await readKept(file)
  const tokenHash = token === undefined ? undefined : createHash('sha256').update(token).digest('hex')
  const isNew = tokenHash !== undefined && tokenHash !== kept?.tokenHash
  if (!isNew && kept !== undefined && (kept.nodeId !== null || tokenHash !== undefined))
    return describe(file, kept)
  if (!isNew) throw new FlatRenderError('NODE_NOT_ENROLLED', { home })
  const made = { privateKey: makeKey(), tokenHash, nodeId: null }
  await writePrivateFile(file, JSON.stringify(made))
  return describe(file, made)
}

function describe(file: string, kept: Kept): NodeIdentity {
  const privateKey = createPrivateKey({
    key: Buffer.from(kept.privateKey, 'base64'),
    format: 'der',
    type: 'pkcs8',
  })
  const { x: publicKey = '' } = createPublicKey(privateKey).export({ format: 'jwk' })
  return {
    privateKey,
    publicKey,
    nodeId: kept.nodeId ?? undefined,
    async enrolled(nodeId) {
      await writePrivateFile(file, JSON.stringify({ ...kept, nodeId }))
      return describe(file, { ...kept, nodeId })
    },
  }
}

function makeKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
}

/** Undefined where nothing is kept, or nothing of ours. */
async function readKept(file: string): Promise<Kept | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return 'null'
    const reason = error.code ?? error.message
    throw new FlatRenderError('NODE_HOME_UNUSABLE', { home: path.dirname(file), reason }, { cause: error })
  })
  try {
    return keptSchema.safeParse(JSON.parse(text)).data
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
