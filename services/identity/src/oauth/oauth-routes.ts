import type { Identity } from '../deps.ts'
import { procedures } from '../procedures.ts'
import { beginLink } from './begin-link.ts'
import { beginTrip } from './begin-trip.ts'
import { changeProvider } from './change-provider.ts'
import { createProvider } from './create-provider.ts'
import { finishLink } from './finish-link.ts'
import { finishLogin } from './finish-login.ts'
import { listAccounts } from './list-accounts.ts'
import { listChoices } from './list-choices.ts'
import { listProviders } from './list-providers.ts'
import { removeProvider } from './remove-provider.ts'
import { unlinkAccount } from './unlink-account.ts'

const os = procedures.oauth

/** `oauth.*`: procedure → use case. */
export const oauthRoutes = (identity: Identity) =>
  os.router({
    listChoices: os.listChoices.handler(({ context }) => listChoices(identity, context)),
    begin: os.begin.handler(({ context, input }) => beginTrip(identity, context, input, null)),
    finish: os.finish.handler(({ context, input }) => finishLogin(identity, context, input)),
    listAccounts: os.listAccounts.handler(({ context }) => listAccounts(identity, context)),
    beginLink: os.beginLink.handler(({ context, input }) => beginLink(identity, context, input)),
    finishLink: os.finishLink.handler(({ context, input }) => finishLink(identity, context, input)),
    unlink: os.unlink.handler(({ context, input }) => unlinkAccount(identity, context, input)),
    createProvider: os.createProvider.handler(({ context, input }) =>
      createProvider(identity, context, input),
    ),
    listProviders: os.listProviders.handler(({ context }) => listProviders(identity, context)),
    changeProvider: os.changeProvider.handler(({ context, input }) =>
      changeProvider(identity, context, input),
    ),
    removeProvider: os.removeProvider.handler(({ context, input }) =>
      removeProvider(identity, context, input),
    ),
  })
