import type { Identity } from '../deps.ts'
import { procedures } from '../procedures.ts'
import { accountOf } from './account-of.ts'
import { grantCredits } from './grant-credits.ts'
import { listCreditEntries } from './list-credit-entries.ts'
import { quoteCredits } from './quote-credits.ts'
import { releaseCredits } from './release-credits.ts'
import { renewCredits } from './renew-credits.ts'
import { reserveCredits } from './reserve-credits.ts'
import { settleCredits } from './settle-credits.ts'
import { showCredits } from './show-credits.ts'
import { splitCredits } from './split-credits.ts'

const os = procedures.credits

/** `credits.*`: procedure → use case. */
export const creditsRoutes = (identity: Identity) =>
  os.router({
    show: os.show.handler(({ context }) => showCredits(identity, context)),
    listEntries: os.listEntries.handler(({ context, input }) => listCreditEntries(identity, context, input)),
    grant: os.grant.handler(({ context, input }) => grantCredits(identity, context, input)),
    accountOf: os.accountOf.handler(({ context, input }) => accountOf(identity, context, input)),
    quote: os.quote.handler(({ context, input }) => quoteCredits(identity, context, input)),
    reserve: os.reserve.handler(({ context, input }) => reserveCredits(identity, context, input)),
    renew: os.renew.handler(({ context, input }) => renewCredits(identity, context, input)),
    split: os.split.handler(({ context, input }) => splitCredits(identity, context, input)),
    settle: os.settle.handler(({ context, input }) => settleCredits(identity, context, input)),
    release: os.release.handler(({ context, input }) => releaseCredits(identity, context, input)),
  })
