/**
 * Where one lease of a job puts what its order wants under a storage key. It is moved there once it is verified: whoever still
 * has the address changes nothing by it.
 */
export function arrivingKey(objectKey: string, fence: number): string {
  return `render/arriving/${objectKey.replace(/^render\//, '')}.${fence}`
}
