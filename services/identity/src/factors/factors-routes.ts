import type { Identity } from '../deps.ts'
import { procedures } from '../procedures.ts'
import { addWebauthn } from '../webauthn/add-webauthn.ts'
import { verifyWebauthn } from '../webauthn/verify-webauthn.ts'
import { addTotp } from './add-totp.ts'
import { listFactors } from './list-factors.ts'
import { removeFactor } from './remove-factor.ts'
import { replaceRecoveryCodes } from './replace-recovery-codes.ts'
import { verifyTotp } from './verify-totp.ts'

const os = procedures.factors

/** `factors.*`: procedure → use case. */
export const factorsRoutes = (identity: Identity) =>
  os.router({
    addTotp: os.addTotp.handler(({ context, input }) => addTotp(identity, context, input)),
    verifyTotp: os.verifyTotp.handler(({ context, input }) => verifyTotp(identity, context, input)),
    addWebauthn: os.addWebauthn.handler(({ context, input }) => addWebauthn(identity, context, input)),
    verifyWebauthn: os.verifyWebauthn.handler(({ context, input }) =>
      verifyWebauthn(identity, context, input),
    ),
    list: os.list.handler(({ context }) => listFactors(identity, context)),
    remove: os.remove.handler(({ context, input }) => removeFactor(identity, context, input)),
    replaceRecoveryCodes: os.replaceRecoveryCodes.handler(({ context }) =>
      replaceRecoveryCodes(identity, context),
    ),
  })
