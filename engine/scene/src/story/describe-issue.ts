/** Just what we use of a zod error. */
interface SchemaError {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]
}

/** The first thing that a schema refused: where, as `scenes.0.duration`, and why. */
export function describeIssue(error: SchemaError): { path: string; reason: string } {
  const issue = error.issues[0]
  const path = issue?.path.map(String).join('.')
  return {
    path: path === undefined || path === '' ? 'the top' : path,
    reason: issue?.message ?? 'it is not valid',
  }
}
