import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'

/** Folder in which the starter templates lie. */
export const templatesFolder = path.join(import.meta.dirname, '../../../templates')

/** Folder names of the starter templates, sorted. */
export async function listTemplates(): Promise<string[]> {
  const names = await readdir(templatesFolder)
  return names.filter((name) => existsSync(path.join(templatesFolder, name, 'flatrender.json'))).sort()
}
