/** A mail as it goes out. */
export interface Mail {
  readonly to: string
  /** What of the installation's own sender is another. */
  readonly from?: { readonly name: string | null; readonly address: string | null }
  /** Where answers go, if not to the sender. */
  readonly replyTo?: string | null
  readonly subject: string
  readonly text: string
  readonly html: string
  /** The same for every try, so that a mailbox can tell a repetition. Without angle brackets. */
  readonly messageId: string
}

/** Sends mails. */
export interface Mailer {
  /** What it is, for a delivery's row: `smtp` or `folder`. */
  readonly name: string
  /** Resolves when somebody else has taken the mail on. Errors: those of the connection and the server's refusals. */
  send(mail: Mail): Promise<void>
  close(): Promise<void>
}
