import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Render } from '../deps.ts'

/**
 * The version of a template that is meant: the current one unless it is told, and never a retired one.
 * Errors: TEMPLATE_UNKNOWN, VERSION_UNKNOWN.
 */
export async function findVersion(
  { content }: Render,
  call: Call,
  { template, version }: { readonly template: string; readonly version?: string | undefined },
): Promise<{ templateId: string; versionId: string }> {
  const context = { context: call }
  const found = await content.templates.show({ id: template }, context)
  if (version === undefined || version === found.version)
    return { templateId: found.id, versionId: found.versionId }
  const { versions } = await content.templates.listVersions({ id: found.id }, context)
  const chosen = versions.find((one) => one.version === version && one.state === 'published')
  if (chosen === undefined) throw new FlatRenderError('VERSION_UNKNOWN', { version })
  return { templateId: found.id, versionId: chosen.id }
}
