/** Just what we use of a zod issue. */
interface Issue {
  readonly path: readonly PropertyKey[]
  readonly message: string
  /** What each member of a union had against it. */
  readonly errors?: readonly (readonly Issue[])[]
}

/** A place, as `scenes.0.duration`, and what is wrong there. */
export interface DescribedIssue {
  readonly path: string
  readonly reason: string
}

/** Everything that a schema refused. */
export function describeIssues(error: { readonly issues: readonly Issue[] }): DescribedIssue[] {
  return error.issues.map(nearest).map(({ path, message }) => {
    const joined = path.map(String).join('.')
    return { path: joined === '' ? 'the top' : joined, reason: message }
  })
}

/** The first of it. */
export function describeIssue(error: { readonly issues: readonly Issue[] }): DescribedIssue {
  return describeIssues(error)[0] ?? { path: 'the top', reason: 'it is not valid' }
}

/**
 * “Invalid input” helps nobody: of a union's members the one that went furthest before it refused is what was meant;
 * where none went further, all that could stand there is named.
 */
function nearest(issue: Issue): Issue {
  const members = (issue.errors ?? []).flatMap((member) =>
    member[0] === undefined ? [] : [nearest(member[0])],
  )
  if (members.length === 0) return issue
  const furthest = members.reduce((best, member) => (member.path.length > best.path.length ? member : best))
  const path = [...issue.path, ...furthest.path]
  if (furthest.path.length > 0) return { path, message: furthest.message }
  return { path, message: [...new Set(members.map(({ message }) => message))].join(', or ') }
}
