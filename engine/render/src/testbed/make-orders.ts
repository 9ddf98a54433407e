import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import {
  type AssembleOrder,
  type FramesOrder,
  type InputFile,
  type NodeOrder,
  nodeOrderSchema,
  type SoundOrder,
  type TemplateFile,
} from '@flatrender/contracts/node'
import { listNamedFiles, packTemplate, type TemplatePackage } from '@flatrender/engine-scene'
import type { OrderFiles } from '../order/render-engine.ts'
import type { PreparedRender } from '../prepare/prepare-render.ts'

/** A node's disk: inputs by hash, and folders for what orders leave. */
export interface NodeDisk {
  readonly inputs: Map<string, string>
  /** Lays content down by its hash. */
  hold(content: Uint8Array, extension?: string): Promise<InputFile>
  /** Files of an order, in a folder of its own. */
  filesFor(order: NodeOrder): Promise<OrderFiles>
}

/** Opens a disk in a folder. */
export function openNodeDisk(folder: string): NodeDisk {
  const inputs = new Map<string, string>()
  let orders = 0
  return {
    inputs,
    async hold(content, extension = '') {
      const hash = createHash('sha256').update(content).digest('hex')
      const file = path.join(folder, 'inputs', hash)
      await mkdir(path.dirname(file), { recursive: true })
      await writeFile(file, content)
      inputs.set(hash, file)
      return { hash, bytes: content.length, url: `/inputs/${hash}`, extension }
    },
    async filesFor(order) {
      const scratch = path.join(folder, `order-${++orders}`)
      await mkdir(scratch, { recursive: true })
      const count = order.kind === 'frames' ? order.segments.length : 1
      const outputs = Array.from({ length: count }, (_, index) => path.join(scratch, `output-${index}`))
      return { inputs, outputs, scratch }
    },
  }
}

/** A prepared render as a farm would order it: a frames order for every piece, each order as it passes the contract. */
export async function orderFrames(
  { plan, lotties, fileOfHash }: PreparedRender,
  template: TemplatePackage,
  disk: NodeDisk,
): Promise<FramesOrder[]> {
  const packed = await holdTemplate(template, disk)
  const orders: FramesOrder[] = []
  for (const [index, piece] of plan.pieces.entries()) {
    const { lottie, json } = lotties.get(piece.lottie)!
    const named = listNamedFiles(lottie)
    const order = {
      kind: 'frames',
      template: named.packaged.length > 0 ? packed : null,
      media: await holdAll(named.media, fileOfHash, disk),
      lottie: await disk.hold(Buffer.from(json)),
      piece,
      settings: plan.settings,
      background: plan.background,
      verify: 'key',
      segments: plan.segments
        .filter((segment) => segment.piece === index)
        .map((segment) => ({ ...segment, put: `/segments/${segment.key}` })),
    }
    orders.push(nodeOrderSchema.parse(JSON.parse(JSON.stringify(order))) as FramesOrder)
  }
  return orders
}

/** The order that mixes a render's sound; undefined where it has none. */
export async function orderSound(
  { plan: { container, engine }, sound, fileOfHash }: PreparedRender,
  template: TemplatePackage,
  disk: NodeDisk,
): Promise<SoundOrder | undefined> {
  if (sound === undefined) return undefined
  const hashes = [...new Set(sound.plan.tracks.map(({ hash }) => hash))].filter((hash) =>
    fileOfHash.has(hash),
  )
  const order = {
    kind: 'sound',
    plan: sound.plan,
    container,
    engine,
    template: await holdTemplate(template, disk),
    media: await holdAll(hashes, fileOfHash, disk),
    put: '/sound',
  }
  return nodeOrderSchema.parse(JSON.parse(JSON.stringify(order))) as SoundOrder
}

/** The order that joins what the other orders have left. */
export function orderAssembly(
  { plan }: PreparedRender,
  segments: AssembleOrder['segments'],
  sound: AssembleOrder['sound'],
): AssembleOrder {
  const order = { kind: 'assemble', plan, segments, sound, put: '/video' }
  return nodeOrderSchema.parse(JSON.parse(JSON.stringify(order))) as AssembleOrder
}

async function holdTemplate({ files, hash }: TemplatePackage, disk: NodeDisk): Promise<TemplateFile> {
  const { hash: archive, bytes, url } = await disk.hold(packTemplate(files))
  return { contentHash: hash, hash: archive, bytes, url }
}

async function holdAll(
  hashes: readonly string[],
  fileOfHash: ReadonlyMap<string, string>,
  disk: NodeDisk,
): Promise<InputFile[]> {
  const files = hashes.map((hash) => fileOfHash.get(hash)!)
  return Promise.all(files.map(async (file) => disk.hold(await readFile(file), path.extname(file))))
}
