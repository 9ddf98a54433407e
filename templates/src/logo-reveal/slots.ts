import { imageSlot, textSlot } from '../slots.ts'
import { plateLayers } from './logo.ts'

/** The logo, and the plate that makes a dark one readable. */
export const logoSlots = {
  logo: imageSlot('Logo', 'نشان', 'contain'),
  plate: {
    type: 'boolean' as const,
    name: { en: 'White plate behind the logo', fa: 'صفحهٔ سفید پشت نشان' },
    default: false,
    layers: plateLayers,
  },
}
/** The name that is revealed. */
export const nameSlot = textSlot('Name', 'نام', 24)
/** The line under it. */
export const taglineSlot = textSlot('Tagline', 'شعار', 70, 2)
