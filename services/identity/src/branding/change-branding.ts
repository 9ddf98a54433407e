import type { Call } from '@flatrender/contracts/call'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { assertProven } from '../sessions/assert-proven.ts'
import type { BrandingColors } from '../tables.ts'
import { type BrandingChange, type BrandingRow, holdBranding, updateBranding } from './branding-store.ts'
import { describeBranding } from './describe-branding.ts'

/** What may be sent; what isn't stays as it is. */
export interface BrandingInput {
  readonly colors?: BrandingColors | undefined
  readonly mailSenderName?: string | null | undefined
  readonly mailSenderAddress?: string | null | undefined
  readonly termsUrl?: string | null | undefined
  readonly privacyUrl?: string | null | undefined
  readonly supportUrl?: string | null | undefined
  readonly hidesPlatform?: boolean | undefined
  readonly allowedOrigins?: string[] | undefined
}

/**
 * Changes the branding of the tenant acted in, and writes down what was before. Pages of an allowed origin act for whoever
 * is logged in, so those are a dangerous act. Errors: STEP_UP_REQUIRED.
 */
export async function changeBranding(identity: Identity, call: Call, input: BrandingInput) {
  const { tenantId } = call.actor
  return identity.database.transact(call.actor, async (transaction) => {
    if (input.allowedOrigins !== undefined) await assertProven(transaction, call)
    const before = await holdBranding(transaction, tenantId)
    const change = changed(before, input)
    if (Object.keys(change).length === 0) return describeBranding(before)
    const row = await updateBranding(transaction, tenantId, change)
    await writeAudit(transaction, call, {
      action: 'branding.changed',
      subject: tenantId,
      before: pick(before, change),
      after: pick(row, change),
    })
    await identity.emit(transaction, {
      type: 'identity.branding.changed',
      tenantId,
      subject: tenantId,
      data: { tenantId },
    })
    return describeBranding(row)
  })
}

/** The columns that would be others than they are. */
function changed(before: BrandingRow, input: BrandingInput): BrandingChange {
  const wanted = {
    colors: input.colors,
    mail_sender_name: input.mailSenderName,
    mail_sender_address: input.mailSenderAddress,
    terms_url: input.termsUrl,
    privacy_url: input.privacyUrl,
    support_url: input.supportUrl,
    hides_platform: input.hidesPlatform,
    allowed_origins: input.allowedOrigins && [...new Set(input.allowedOrigins)],
  }
  const differs = ([name, value]: [string, unknown]) =>
    value !== undefined && JSON.stringify(value) !== JSON.stringify(before[name as keyof BrandingRow])
  return Object.fromEntries(Object.entries(wanted).filter(differs))
}

function pick(row: BrandingRow, change: BrandingChange): Record<string, unknown> {
  return Object.fromEntries(Object.keys(change).map((name) => [name, row[name as keyof BrandingRow]]))
}
