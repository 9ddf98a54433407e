import type { Content } from '../deps.ts'
import { procedures } from '../procedures.ts'
import { addressPackage } from './address-package.ts'
import { findPackage } from './find-package.ts'
import { showVersion } from './show-version.ts'

const os = procedures.versions

/** `versions.*`: procedure → use case. */
export const versionsRoutes = (content: Content) =>
  os.router({
    show: os.show.handler(({ input, context }) => showVersion(content, context, input)),
    package: os.package.handler(({ input, context }) => addressPackage(content, context, input)),
    packageOf: os.packageOf.handler(({ input, context }) => findPackage(content, context, input)),
  })
