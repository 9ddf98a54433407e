import { derivePassword, deriveVerifier } from './role-password.ts'

/** How roles log in: by what follows from the present key, and while a key is changed by what followed from former ones. */
export interface Logins {
  readonly passwordOf: (role: string) => string
  readonly former: {
    readonly passwordsOf: (role: string) => readonly string[]
    /** What the server keeps of the present password (SCRAM), so that no statement holds it. */
    readonly verifierOf: (role: string) => string
  }
}

/** The logins that follow from an installation's secret keys, 32 bytes each. */
export function deriveLogins({
  present,
  former,
}: {
  readonly present: Buffer
  readonly former: readonly Buffer[]
}): Logins {
  return {
    passwordOf: (role) => derivePassword(present, role),
    former: {
      passwordsOf: (role) => former.map((key) => derivePassword(key, role)),
      verifierOf: (role) => deriveVerifier(present, role),
    },
  }
}
