import type { Generated } from 'kysely'

/** A text by language (BCP 47). */
type LocalisedText = Record<string, string>

interface Templates {
  tenant_id: string
  id: Generated<string>
  owner_id: string | null
  slug: string
  name: LocalisedText
  description: Generated<LocalisedText>
  state: Generated<'draft' | 'published' | 'archived'>
  shared: Generated<boolean>
  current_version_id: string | null
  formats: Generated<string[]>
  languages: Generated<string[]>
  duration_seconds: string | null
  revision: Generated<number>
  published_at: Date | null
}

interface TemplateVersions {
  tenant_id: string
  id: Generated<string>
  template_id: string
  version: string
  state: Generated<'draft' | 'checking' | 'published' | 'rejected' | 'retired'>
  template_shared: Generated<boolean>
  package_hash: Buffer
  package_key: string
  package_bytes: string
  package_sha256: Buffer
  manifest: Record<string, unknown>
  fps: string
  engine_minimum: string
  created_at: Generated<Date>
  checked_at: Date | null
  published_at: Date | null
}

interface Scenes {
  tenant_id: string
  id: Generated<string>
  version_id: string
  key: string
  name: LocalisedText
  description: Generated<LocalisedText>
  position: number
  formats: string[]
  default_frames: number
  min_frames: number | null
  max_frames: number | null
  follows: Generated<'nothing' | 'text' | 'media' | 'voiceover'>
  snapshot_frame: number
}

interface Slots {
  tenant_id: string
  id: Generated<string>
  scene_id: string
  key: string
  type: string
  name: Generated<LocalisedText>
  description: Generated<LocalisedText>
  position: number
  constraints: Generated<Record<string, unknown>>
}

/** The rows of `database/migrations/06_content_projects.sql` and `07_content_scenes.sql` that the service uses. */
export interface Tables {
  readonly 'content.templates': Templates
  readonly 'content.template_versions': TemplateVersions
  readonly 'content.scenes': Scenes
  readonly 'content.slots': Slots
}
