import { readFile } from 'node:fs/promises'
import type { FramesOrder, SnapshotOrder } from '@flatrender/contracts/node'
import type { Lottie } from '@flatrender/engine-scene'
import { layOutPictures } from '../media/lay-out-pictures.ts'
import { inputFile, type OrderRoom } from './order-room.ts'

/** What painting an order's Lottie takes. */
export interface LaidOrder {
  readonly lottieFile: string
  readonly pictures: string
  readonly videos: Readonly<Record<string, string>>
}

/** Lays out the pictures that an order's Lottie names. Errors: those of the template's package and of media. */
export async function layOutOrder(
  order: Pick<FramesOrder | SnapshotOrder, 'lottie' | 'template'>,
  room: OrderRoom,
): Promise<LaidOrder> {
  const { workspace, pool, templates, inputs, signal } = room
  const lottieFile = inputFile(room, order.lottie.hash)
  const lottie = JSON.parse(await readFile(lottieFile, 'utf8')) as Lottie
  const files = await templates.take(order.template, (hash) => inputFile(room, hash))
  const videos = await layOutPictures([lottie], { workspace, pool, fileOfHash: inputs, files, signal })
  return { lottieFile, pictures: workspace.pictures, videos }
}
