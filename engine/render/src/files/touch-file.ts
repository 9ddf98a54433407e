import { utimes } from 'node:fs/promises'

/** Is the file there? If so, its times say from now on that it was of use: what is kept goes by them. */
export async function touchFile(file: string): Promise<boolean> {
  const now = new Date()
  return utimes(file, now, now).then(
    () => true,
    () => false,
  )
}
