import type { Content } from '../deps.ts'
import { procedures } from '../procedures.ts'
import { listTemplates } from './list-templates.ts'
import { listVersions } from './list-versions.ts'
import { showTemplate } from './show-template.ts'

const os = procedures.templates

/** `templates.*`: procedure → use case. */
export const templatesRoutes = (content: Content) =>
  os.router({
    list: os.list.handler(({ input, context }) => listTemplates(content, context, input)),
    show: os.show.handler(({ input, context }) => showTemplate(content, context, input)),
    listVersions: os.listVersions.handler(({ input, context }) => listVersions(content, context, input)),
  })
