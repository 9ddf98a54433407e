import type { Manifest } from '@flatrender/contracts/template'
import { isFlat, readFlat, readModifications, withFlatValues } from './read-modifications.ts'

/**
 * Lays one person's words over what many share: values in the short form over the shared story, one by one; fields of the
 * full form in the place of the shared ones. What comes out is in full, unless one of both is empty. Errors: those of
 * `readModifications`.
 */
export function layOver(
  manifest: Manifest,
  shared: Readonly<Record<string, unknown>>,
  own: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  if (Object.keys(own).length === 0) return { ...shared }
  if (Object.keys(shared).length === 0) return { ...own }
  if (isFlat(own)) return withFlatValues(manifest, readModifications(manifest, shared), readFlat(own))
  return { ...(isFlat(shared) ? readModifications(manifest, shared) : shared), ...own }
}
