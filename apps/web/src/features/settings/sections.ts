import type { Role } from '@recomamp/contracts'

/** The sections of the settings, as their addresses name them, in the order of the page. */
export const settingsSections = [
  'connections',
  'members',
  'sessions',
  'tokens',
  'webhooks',
  'keeping',
  'audit',
  'appearance',
  'trash',
] as const
export type SettingsSection = (typeof settingsSections)[number]

/** What somebody of that role may look at. */
export function sectionsFor(role: Role | undefined): readonly SettingsSection[] {
  return settingsSections.filter((section) => section !== 'audit' || role === 'owner')
}
