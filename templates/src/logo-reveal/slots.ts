import { imageSlot, textSlot } from '../slots.ts'
import { plateLayers } from './logo.ts'

export const logoSlots = {
  logo: imageSlot('Logo', 'نشان', 'contain'),
  plate: {
    type: 'boolean' as const,
    name: { en: 'White plate behind the logo', fa: 'صفحهٔ سفید پشت نشان' },
    default: false,
    layers: plateLayers,
  },
}
export const nameSlot = textSlot('Name', 'نام', 24)
export const taglineSlot = textSlot('Tagline', 'شعار', 70, 2)
