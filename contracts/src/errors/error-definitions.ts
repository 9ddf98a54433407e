import { accessErrors } from './access.ts'
import { batchErrors } from './batch.ts'
import { checkErrors } from './check.ts'
import { commandErrors } from './command.ts'
import { contentErrors } from './content.ts'
import { creditErrors } from './credit.ts'
import { databaseErrors } from './database.ts'
import { domainErrors } from './domain.ts'
import { farmErrors } from './farm.ts'
import { fileErrors } from './file.ts'
import { fontErrors } from './font.ts'
import { homeErrors } from './home.ts'
import { jobErrors } from './job.ts'
import { mediaErrors } from './media.ts'
import { oauthErrors } from './oauth.ts'
import { outboundErrors } from './outbound.ts'
import { outputErrors } from './output.ts'
import { renderErrors } from './render.ts'
import { secretErrors } from './secret.ts'
import { storageErrors } from './storage.ts'
import { storyErrors } from './story.ts'
import { templateErrors } from './template.ts'
import { userErrors } from './user.ts'
import { webhookErrors } from './webhook.ts'

/** Every code there is. Codes are never reused; `docs/reference/errors.md` is generated from this. */
export const errorDefinitions = {
  ...accessErrors,
  ...batchErrors,
  ...checkErrors,
  ...commandErrors,
  ...contentErrors,
  ...creditErrors,
  ...databaseErrors,
  ...domainErrors,
  ...farmErrors,
  ...fileErrors,
  ...fontErrors,
  ...homeErrors,
  ...jobErrors,
  ...mediaErrors,
  ...oauthErrors,
  ...outboundErrors,
  ...outputErrors,
  ...renderErrors,
  ...secretErrors,
  ...storageErrors,
  ...storyErrors,
  ...templateErrors,
  ...userErrors,
  ...webhookErrors,
} as const

export type ErrorCode = keyof typeof errorDefinitions
