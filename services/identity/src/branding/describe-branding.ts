import { FlatRenderError } from '@flatrender/contracts/errors'
import type { BrandingRow } from './branding-store.ts'
import { nameRecord, recordValue } from './domain-record.ts'

/** How a tenant without any branding looks. */
export const plainBranding: BrandingRow = {
  domain: null,
  domain_token: null,
  domain_verified_at: null,
  colors: {},
  mail_sender_name: null,
  mail_sender_address: null,
  terms_url: null,
  privacy_url: null,
  support_url: null,
  hides_platform: false,
  allowed_origins: [],
}

/** What anybody may see of a branding. */
export function describeLook(row: BrandingRow) {
  return {
    colors: row.colors,
    termsUrl: row.terms_url,
    privacyUrl: row.privacy_url,
    supportUrl: row.support_url,
    hidesPlatform: row.hides_platform,
  }
}

/** A branding as its tenant sees it. */
export function describeBranding(row: BrandingRow) {
  return {
    ...describeLook(row),
    mailSenderName: row.mail_sender_name,
    mailSenderAddress: row.mail_sender_address,
    allowedOrigins: row.allowed_origins,
    domain: row.domain === null ? null : describeDomain(row),
  }
}

/** The domain of a branding, with the record that proves it. Errors: DOMAIN_UNKNOWN where it has none. */
export function describeDomain({ domain, domain_token, domain_verified_at }: BrandingRow) {
  if (domain === null || domain_token === null) throw new FlatRenderError('DOMAIN_UNKNOWN')
  const record = { type: 'TXT' as const, name: nameRecord(domain), value: recordValue(domain_token) }
  return { name: domain, proven: domain_verified_at !== null, record }
}
