import type { Verdict } from './check.ts'

/** Names that say nothing of what is inside, so that everything ends up there. */
const refused = new Set(['lib', 'utils', 'util', 'misc', 'common', 'helpers', 'shared'])

/** Refuses folders whose name could be the name of any folder. */
export function checkFolderNames(paths: readonly string[]): Verdict {
  const folders = new Set(
    paths.flatMap((path) => {
      const parts = path.split('/').slice(0, -1)
      return parts.flatMap((part, index) =>
        refused.has(part.toLowerCase()) ? [parts.slice(0, index + 1).join('/')] : [],
      )
    }),
  )
  return { problems: [...folders].map((folder) => `${folder}/: name the folder for what it holds`) }
}
