import { errorDefinitions, type FlatRenderError } from '@flatrender/contracts/errors'

/** May the very same go well later, without anybody changing anything? */
export function isPassing({ code }: FlatRenderError): boolean {
  return errorDefinitions[code].retryable
}
