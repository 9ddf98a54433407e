// Two objects of an upload: whoever has the signed address can put the first again and again, and never the second.

/** Where the bytes of an upload come. */
export function arrivalKey(tenantId: string, uploadId: string): string {
  return `file/${tenantId}/uploads/${uploadId}`
}

/** Where a file is. */
export function contentKey(tenantId: string, fileId: string): string {
  return `file/${tenantId}/contents/${fileId}`
}
