import { FlatRenderError } from '@flatrender/contracts/errors'

/**
 * Where the browser may be sent back to: a page that the provider's row lists, or one of the tenant's own origins. Gives it
 * in the one form that is compared. Errors: OAUTH_REDIRECT_REFUSED.
 */
export function assertRedirect(
  uri: string,
  { listed, origins }: { listed: readonly string[]; origins: readonly string[] },
): string {
  const url = new URL(uri)
  const plain = `${url.username}${url.password}` === '' && !/[?#]/.test(uri)
  const pages = new Set(listed.map((page) => new URL(page).href))
  if (!plain || !(pages.has(url.href) || origins.includes(url.origin)))
    throw new FlatRenderError('OAUTH_REDIRECT_REFUSED', { uri })
  return url.href
}
