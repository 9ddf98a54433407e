import type { MailLanguage } from './words.ts'

/** The mails in Persian. */
export const persian: MailLanguage = {
  direction: 'rtl',
  footer: { terms: 'شرایط', privacy: 'حریم خصوصی', support: 'راهنما', platform: 'فرستاده با FlatRender' },
  mails: {
    'identity.email_verification.requested': {
      subject: 'نشانی ایمیل خود را تأیید کنید',
      greeting: 'سلام {name}،',
      paragraphs: ['با این کد تأیید کنید که این نشانی از آنِ شماست. کد تا ۲۴ ساعت اعتبار دارد.'],
      afterwards: ['اگر شما ثبت‌نام نکرده‌اید، لازم نیست کاری بکنید.'],
    },
    'identity.password_reset.requested': {
      subject: 'گذرواژهٔ تازه بگذارید',
      greeting: 'سلام {name}،',
      paragraphs: [
        'با این کد می‌توانید گذرواژهٔ تازه‌ای بگذارید. کد یک ساعت اعتبار دارد و همهٔ ورودهای شما را پایان می‌دهد.',
      ],
      afterwards: ['اگر شما آن را نخواسته‌اید، لازم نیست کاری بکنید: گذرواژهٔ شما همان می‌ماند.'],
    },
    'identity.registration.repeated': {
      subject: 'شما پیش‌تر ثبت‌نام کرده‌اید',
      greeting: 'سلام {name}،',
      paragraphs: [
        'کسی، شاید خودِ شما، همین حالا خواست با این نشانی ثبت‌نام کند. شما حساب دارید: وارد شوید، یا کدی برای گذاشتن گذرواژهٔ تازه بخواهید.',
      ],
      afterwards: ['اگر شما نبوده‌اید، لازم نیست کاری بکنید.'],
    },
    'identity.invitation.requested': {
      subject: 'شما دعوت شده‌اید',
      greeting: 'سلام {name}،',
      paragraphs: [
        'کسی شما را به همکاری دعوت کرده است. با این کد دعوت را بپذیرید؛ کد تا هفت روز اعتبار دارد.',
      ],
      afterwards: ['اگر نمی‌خواهید، لازم نیست کاری بکنید.'],
    },
    'identity.password.changed': {
      subject: 'گذرواژهٔ شما عوض شد',
      greeting: 'سلام {name}،',
      paragraphs: ['گذرواژهٔ شما همین حالا عوض شد و ورودهای دیگر شما پایان یافت.'],
      afterwards: ['اگر شما نبوده‌اید، بی‌درنگ کدی برای گذاشتن گذرواژهٔ تازه بخواهید.'],
    },
    'identity.factor.added': {
      subject: 'عامل دوم ورود افزوده شد',
      greeting: 'سلام {name}،',
      paragraphs: ['برای حساب شما همین حالا عامل دومی گذاشته شد: از این پس برای ورود به آن نیاز است.'],
      afterwards: [
        'اگر شما نبوده‌اید، کدی برای گذاشتن گذرواژهٔ تازه بخواهید و از گردانندهٔ حساب خود کمک بگیرید.',
      ],
    },
    'identity.factor.removed': {
      subject: 'عامل دوم ورود برداشته شد',
      greeting: 'سلام {name}،',
      paragraphs: ['یکی از عامل‌های دومِ ورود به حساب شما همین حالا برداشته شد.'],
      afterwards: ['اگر شما نبوده‌اید، بی‌درنگ گذرواژهٔ تازه‌ای بگذارید و عامل دوم را دوباره برپا کنید.'],
    },
    'identity.recovery_code.used': {
      subject: 'کد بازیابی به کار رفت',
      greeting: 'سلام {name}،',
      paragraphs: ['یکی از کدهای بازیابی شما همین حالا برای ورود یا اثبات آن به کار رفت.'],
      afterwards: ['اگر شما نبوده‌اید، بی‌درنگ گذرواژهٔ تازه‌ای بگذارید و کدهای بازیابی تازه بگیرید.'],
    },
    'identity.recovery_codes.replaced': {
      subject: 'کدهای بازیابی تازه دارید',
      greeting: 'سلام {name}،',
      paragraphs: ['به حساب شما همین حالا کدهای بازیابی تازه داده شد؛ کدهای پیشین دیگر به کار نمی‌آیند.'],
      afterwards: ['اگر شما نبوده‌اید، بی‌درنگ گذرواژهٔ تازه‌ای بگذارید و کدهای بازیابی تازه بگیرید.'],
    },
  },
}
