import type { FileKind } from '@flatrender/contracts/file'

const kinds: Readonly<Record<string, FileKind>> = {
  image: 'picture',
  video: 'video',
  audio: 'sound',
  font: 'font',
}

/** What a file is for a person, by its media type. */
export function kindOf(contentType: string): FileKind {
  const [group = ''] = contentType.split('/')
  return kinds[group] ?? 'other'
}
