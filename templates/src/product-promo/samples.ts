/** Sample modifications by language. */
export const samples = {
  en: {
    language: 'en',
    scenes: [
      {
        scene: 'intro',
        modifications: {
          brand: 'Lumo',
          title: 'Light that follows your day',
          subtitle: 'The lamp that wakes, works and winds down with you.',
        },
      },
      {
        scene: 'feature',
        modifications: {
          picture: '../i/lamp-desk.jpg',
          label: 'Adaptive glow',
          title: 'It reads the room, so you don’t have to',
          text: 'Twelve sensors follow the daylight and keep your desk at the brightness your eyes like best.',
        },
      },
    ],
  },
  fa: {
    language: 'fa',
    scenes: [
      {
        scene: 'intro',
        modifications: {
          brand: 'نورا',
          title: 'نوری که با روز شما همراه است',
          subtitle: 'چراغی که با شما بیدار می‌شود، کار می‌کند و آرام می‌گیرد.',
        },
      },
      {
        scene: 'feature',
        modifications: {
          picture: '../i/lamp-desk.jpg',
          label: 'نور هوشمند',
          title: 'حال‌وهوای اتاق را می‌فهمد',
          text: '۱۲ حسگر، نور روز را دنبال می‌کنند و میز شما را همان‌قدر روشن نگه می‌دارند که چشم‌هایتان دوست دارند.',
        },
      },
    ],
  },
}
