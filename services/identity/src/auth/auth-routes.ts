import type { Identity } from '../deps.ts'
import { acceptInvitation } from '../invitations/accept-invitation.ts'
import { procedures } from '../procedures.ts'
import { refreshTokens } from '../sessions/refresh-tokens.ts'
import { askLoginSecond } from '../webauthn/ask-login-second.ts'
import { askStepUp } from '../webauthn/ask-step-up.ts'
import { forgotPassword } from './forgot-password.ts'
import { logIn } from './log-in.ts'
import { logInSecond } from './log-in-second.ts'
import { logOut } from './log-out.ts'
import { register } from './register.ts'
import { resetPassword } from './reset-password.ts'
import { stepUp } from './step-up.ts'
import { verifyEmail } from './verify-email.ts'

const os = procedures.auth

/** `auth.*`: procedure → use case. */
export const authRoutes = (identity: Identity) =>
  os.router({
    register: os.register.handler(({ context, input }) => register(identity, context, input)),
    verifyEmail: os.verifyEmail.handler(({ context, input }) => verifyEmail(identity, context, input)),
    login: os.login.handler(({ context, input }) => logIn(identity, context, input)),
    loginSecond: os.loginSecond.handler(({ context, input }) => logInSecond(identity, context, input)),
    askLoginSecond: os.askLoginSecond.handler(({ context, input }) =>
      askLoginSecond(identity, context, input),
    ),
    stepUp: os.stepUp.handler(({ context, input }) => stepUp(identity, context, input)),
    askStepUp: os.askStepUp.handler(({ context, input }) => askStepUp(identity, context, input)),
    refresh: os.refresh.handler(({ context, input }) => refreshTokens(identity, context, input)),
    logout: os.logout.handler(({ context, input }) => logOut(identity, context, input)),
    acceptInvitation: os.acceptInvitation.handler(({ context, input }) =>
      acceptInvitation(identity, context, input),
    ),
    forgotPassword: os.forgotPassword.handler(({ context, input }) =>
      forgotPassword(identity, context, input),
    ),
    resetPassword: os.resetPassword.handler(({ context, input }) => resetPassword(identity, context, input)),
  })
