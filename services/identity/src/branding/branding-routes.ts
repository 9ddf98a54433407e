import type { Identity } from '../deps.ts'
import { procedures } from '../procedures.ts'
import { changeBranding } from './change-branding.ts'
import { proveDomain } from './prove-domain.ts'
import { removeDomain } from './remove-domain.ts'
import { setDomain } from './set-domain.ts'
import { showBranding } from './show-branding.ts'
import { showPublicBranding } from './show-public-branding.ts'

const os = procedures.branding

/** `branding.*`: procedure → use case. */
export const brandingRoutes = (identity: Identity) =>
  os.router({
    show: os.show.handler(({ context }) => showBranding(identity, context)),
    change: os.change.handler(({ context, input }) => changeBranding(identity, context, input)),
    showPublic: os.showPublic.handler(({ context }) => showPublicBranding(identity, context)),
    setDomain: os.setDomain.handler(({ context, input }) => setDomain(identity, context, input)),
    proveDomain: os.proveDomain.handler(({ context }) => proveDomain(identity, context)),
    removeDomain: os.removeDomain.handler(({ context }) => removeDomain(identity, context)),
  })
