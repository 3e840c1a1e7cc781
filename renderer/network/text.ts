import { createContext, useContext } from 'react'

/** What the pages say that whoever sets up a screen reads: staff's two languages, and none of the desk's sentences with them. */
export const networkTexts = {
  ja: {
    pairTitle: 'この画面を登録します',
    pairTell: '会計機の受付（設定 → タブレットとテレビ）で出した8桁の番号を入れてください。',
    pairEnded: 'この画面の登録は消されました。使うには、もう一度登録してください。',
    code: '登録コード',
    pair: '登録する',
    pairing: '確かめています',
    wrongCode: '番号が違うか、時間が切れています。もう一度確かめてください。',
    tooManyTries: '間違いが続いたので、{{minutes}}分待ってから入れてください。',
    tooManyScreens: '登録した画面が多すぎます。使わない画面の登録を、受付で消してください。',
    away: '会計機から返事がありません。少し待って、もう一度押してください。',
    toAuthority: '「安全でない」と出るときは',
    authorityTitle: 'この会計機の証明書を入れます',
    authorityWhy:
      '一度入れると、この画面は会計機を本物と確かめられ、「安全でない」の警告が出なくなります。店の会計に使う画面だけに入れてください。',
    ownTitle: 'この会計機は、お店の証明書を使っています',
    ownTell: 'この画面に入れるものはありません。',
    fingerprint: '指紋（SHA-256）。受付の画面と同じことを、先に見くらべてください。',
    download: '証明書を取る',
    ipad: 'iPad・iPhone: 取ったあと「設定」→「プロファイルがダウンロード済み」→「インストール」。つづけて「一般」→「情報」→「証明書信頼設定」で、この証明書を入にします。',
    android:
      'Android: 「設定」→「セキュリティ」→「暗号化と認証情報」→「証明書のインストール」→「CA証明書」で、取ったファイルを選びます。',
    windows:
      'Windows: 取ったファイルを開き、「証明書のインストール」→「ローカル コンピューター」→「信頼されたルート証明機関」に置きます。',
    tv: 'テレビなど、入れる場所のない機器では、お店の証明書を設定してください。',
    back: 'もどる',
    language: 'English',
  },
  en: {
    pairTitle: 'Pair this screen',
    pairTell: 'Type the 8 digits that the till’s desk shows (Settings → Tablets and TVs).',
    pairEnded: 'This screen was revoked. To use it, pair it again.',
    code: 'Pairing code',
    pair: 'Pair',
    pairing: 'Checking',
    wrongCode: 'The number is wrong, or its time is over. Compare it once more.',
    tooManyTries: 'Too many wrong numbers: wait {{minutes}} min, then type it.',
    tooManyScreens: 'Too many screens are paired. Revoke one that is not used, at the desk.',
    away: 'The till does not answer. Wait a moment, and press again.',
    toAuthority: 'If the browser says “not secure”',
    authorityTitle: 'Install this till’s certificate',
    authorityWhy:
      'Once it is installed, this screen knows the till for what it is, and no warning comes up. Install it only on screens that the shop uses for its till.',
    ownTitle: 'This till uses the shop’s own certificate',
    ownTell: 'There is nothing to install on this screen.',
    fingerprint: 'Fingerprint (SHA-256). First compare it with what the desk shows.',
    download: 'Get the certificate',
    ipad: 'iPad, iPhone: after getting it, Settings → Profile Downloaded → Install. Then General → About → Certificate Trust Settings, and switch it on.',
    android:
      'Android: Settings → Security → Encryption & credentials → Install a certificate → CA certificate, and choose the file.',
    windows:
      'Windows: open the file, Install Certificate → Local Machine → Trusted Root Certification Authorities.',
    tv: 'For a TV or another device that takes no certificate, give the till a certificate of the shop’s own.',
    back: 'Back',
    language: '日本語',
  },
} as const satisfies Readonly<Record<'ja' | 'en', Readonly<Record<string, string>>>>

export type NetworkLocale = keyof typeof networkTexts
export type NetworkTextKey = keyof (typeof networkTexts)['ja']

export function startingLocale(): NetworkLocale {
  return navigator.language.startsWith('ja') ? 'ja' : 'en'
}

export const NetworkLanguage = createContext<NetworkLocale>('ja')

export function useNetworkText(): (key: NetworkTextKey, values?: Readonly<Record<string, number>>) => string {
  const locale = useContext(NetworkLanguage)
  return (key, values = {}) =>
    Object.entries(values).reduce(
      (text: string, [name, value]) => text.replace(`{{${name}}}`, String(value)),
      networkTexts[locale][key],
    )
}
