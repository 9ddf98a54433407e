import type { ExportRow } from './exports-store.ts'

/** What a finished file is called on the web. */
export const mediaTypes: Readonly<Record<ExportRow['container'], string>> = {
  mp4: 'video/mp4',
  webm: 'video/webm',
  mov: 'video/quicktime',
  gif: 'image/gif',
  webp: 'image/webp',
  png: 'image/png',
  zip: 'application/zip',
}
