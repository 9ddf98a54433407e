import type { InputFile, NodeOrder, TemplateFile } from '@flatrender/contracts/node'

/** A file that an order has put somewhere. */
export interface OrderedOutput {
  readonly url: string
  /** With its extension. */
  readonly name: string
  readonly contentType: string
}

/** Of segments and sounds: those that were made here lie under the name by which they would be fetched. */
export const PART_EXTENSION = '.segment'

const pictureTypes = { png: 'image/png', webp: 'image/webp' } as const
const videoTypes: Readonly<Record<string, string>> = {
  mp4: 'video/mp4',
  webm: 'video/webm',
  mov: 'video/quicktime',
  gif: 'image/gif',
  webp: 'image/webp',
}

/** Every file that an order needs, each once. */
export function listInputs(order: NodeOrder): (InputFile | TemplateFile)[] {
  const files = namedFiles(order).filter((file) => file !== null)
  return [...new Map(files.map((file) => [file.hash, file])).values()]
}

function namedFiles(order: NodeOrder): (InputFile | TemplateFile | null)[] {
  switch (order.kind) {
    case 'frames':
    case 'snapshot':
      return [order.template, order.lottie, ...order.media]
    case 'probe':
    case 'thumbnail':
      return [order.media]
    case 'compare':
      return order.segments
    case 'sound':
      return [order.template, ...order.media]
    case 'assemble': {
      const { segments, sound } = order
      return (sound === null ? segments : [...segments, sound]).map((file) => ({
        ...file,
        extension: PART_EXTENSION,
      }))
    }
  }
}

/** Every file that an order has put, in its sequence. */
export function listOutputs(order: NodeOrder): OrderedOutput[] {
  switch (order.kind) {
    case 'frames':
      return order.segments.map(({ key, put }) => ({
        url: put,
        name: `${key}.segment`,
        contentType: 'application/octet-stream',
      }))
    case 'snapshot':
    case 'thumbnail':
      return [{ url: order.put, name: `picture.${order.format}`, contentType: pictureTypes[order.format] }]
    case 'probe':
    case 'compare':
      return []
    case 'sound':
      return [{ url: order.put, name: 'sound.segment', contentType: 'application/octet-stream' }]
    case 'assemble': {
      const { container } = order.plan
      const contentType = videoTypes[container] ?? 'application/octet-stream'
      return [{ url: order.put, name: `video.${container}`, contentType }]
    }
  }
}
