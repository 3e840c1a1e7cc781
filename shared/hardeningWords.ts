import type { HardeningCheck, HardeningFinding, HardeningReason } from './hardening.ts'

type Language = 'ja' | 'en'
/** What is, and, where something is to be done, what. */
type Sentence = { readonly says: string; readonly advice?: string }
type Words = {
  readonly [C in HardeningCheck]: {
    readonly title: string
    readonly because: Readonly<Record<HardeningReason<C>, Sentence>>
  }
}

const en: Words = {
  runsAs: {
    title: 'User of the till',
    because: {
      ownUser: { says: 'The till runs as a user of its own.' },
      root: {
        says: 'The till runs as the administrator.',
        advice: 'Run it as a user of its own: the package kaikei-server brings one.',
      },
      tillAway: { says: 'No till runs as a service here, so its user was not seen.' },
    },
  },
  dataFolder: {
    title: 'Data folder',
    because: {
      ownerOnly: { says: 'Only the till’s user can open it.' },
      othersMayRead: {
        says: 'Other users of this machine can open it.',
        advice: 'chmod 700 on the data folder.',
      },
      folderAway: { says: 'There is none yet.' },
    },
  },
  keysFile: {
    title: 'PayPay’s keys',
    because: {
      ownerOnly: { says: 'Only the till’s user can read their file.' },
      othersMayRead: {
        says: 'Other users of this machine can read their file.',
        advice: 'chmod 600 on paypay-keys.json, and ask PayPay for new keys.',
      },
      unreadable: {
        says: 'Their file cannot be read, so the till has no keys ({{detail}}).',
        advice: 'Enter them again at the desk. When the till sells, delete what was put aside of the file.',
      },
      noKeysHere: { says: 'There is no file with keys in the data folder.' },
    },
  },
  coreDumps: {
    title: 'Memory after a crash',
    because: {
      off: { says: 'A crash writes no memory to the disk.' },
      on: {
        says: 'A crash may write memory, with keys in it, to the disk.',
        advice: 'LimitCORE=0 in the unit, or ulimit -c 0 before the till starts.',
      },
      tillAway: { says: 'No till runs as a service here, so this was not seen.' },
    },
  },
  sandbox: {
    title: 'Walls round the till',
    because: {
      shutIn: {
        says: 'The service has no rights over the machine, gets none, and may not call what it does not need.',
      },
      partly: {
        says: 'Some walls are missing: {{detail}}.',
        advice: 'Compare the unit with the one of the package: systemd-analyze security kaikei-server.',
      },
      free: {
        says: 'The till runs without any walls.',
        advice: 'Run it as a service, with the unit of the package or the one in docs/deploy.',
      },
      tillAway: { says: 'No till runs as a service here, so its walls were not seen.' },
    },
  },
  swap: {
    title: 'Swap',
    because: {
      none: { says: 'This machine swaps nothing.' },
      notForTheTill: { says: 'The till’s memory is never swapped.' },
      on: {
        says: 'The till’s memory, with keys in it, may be swapped to a disk.',
        advice: 'MemorySwapMax=0 in the unit, or encrypted swap, or none.',
      },
      unseen: { says: 'It was not seen whether this machine swaps.' },
    },
  },
  clock: {
    title: 'Clock',
    because: {
      synchronised: { says: 'The system keeps it right.' },
      alone: {
        says: 'Nobody keeps it right; PayPay refuses a clock that is two minutes off.',
        advice: 'timedatectl set-ntp true',
      },
      unseen: { says: 'It was not seen whether anybody keeps it right.' },
    },
  },
  disk: {
    title: 'Disk',
    because: {
      room: { says: '{{detail}} are free.' },
      little: {
        says: 'Only {{detail}} are free.',
        advice: 'Make room: the till closes when its disk is full.',
      },
      unseen: { says: 'The room on it was not seen.' },
    },
  },
  autologin: {
    title: 'Logging in by itself',
    because: {
      none: { says: 'No terminal and no desktop logs anybody in by itself.' },
      shell: {
        says: 'Somebody is logged in by itself ({{detail}}): whoever ends the browser has a terminal.',
        advice: 'Switch it off; the kiosk session of the package needs no login.',
      },
      unseen: { says: 'It was not seen whether anybody is logged in by itself.' },
    },
  },
  kioskSession: {
    title: 'The customer’s screen',
    because: {
      alone: { says: 'It is a session of its own, with the browser alone in it ({{detail}}).' },
      noneHere: { says: 'This machine shows no customer’s screen of the package.' },
    },
  },
  browserPolicies: {
    title: 'The browser’s policies',
    because: {
      inPlace: { says: 'They keep the browser at the till’s address.' },
      missing: {
        says: 'There are none: the browser can go anywhere.',
        advice:
          'Put the package’s policies.json into /etc/chromium/policies/managed; its kiosk/install does.',
      },
      loosened: {
        says: 'They allow more than those of the package: {{detail}}.',
        advice: 'Put the package’s policies.json in place again, and what you need beside it.',
      },
      noKioskHere: { says: 'This machine shows no customer’s screen of the package.' },
    },
  },
  updates: {
    title: 'Updates',
    because: {
      off: { says: 'The till installs no new versions by itself; somebody does.' },
      waiting: { says: 'The till installs new versions by itself in its quiet hours; none has come yet.' },
      trial: { says: 'A new version was put in and is being watched until it is well.' },
      installed: { says: 'Version {{detail}} was installed by itself and is well.' },
      interrupted: {
        says: 'Version {{detail}} could not be put in place.',
        advice: 'See the log for why. It is tried three times in all.',
      },
      rolledBack: {
        says: 'Version {{detail}} did not become well here and was taken back.',
        advice: 'Tell whoever makes the releases, with the log. It is not tried again; a later one is.',
      },
      stuck: {
        says: 'Version {{detail}} did not become well, and the one before it is not there any more.',
        advice: 'Install a version that works by hand.',
      },
    },
  },
}

const ja: Words = {
  runsAs: {
    title: 'レジを動かすユーザー',
    because: {
      ownUser: { says: 'レジ専用のユーザーで動いています。' },
      root: {
        says: 'レジが管理者の権限で動いています。',
        advice: '専用のユーザーで動かしてください。パッケージ kaikei-server が用意します。',
      },
      tillAway: { says: 'サービスとして動くレジがないため、確かめられません。' },
    },
  },
  dataFolder: {
    title: 'データの場所',
    because: {
      ownerOnly: { says: 'レジのユーザーだけが開けます。' },
      othersMayRead: {
        says: 'この機械のほかのユーザーも開けます。',
        advice: 'データの場所に chmod 700 をしてください。',
      },
      folderAway: { says: 'まだありません。' },
    },
  },
  keysFile: {
    title: 'PayPayのキー',
    because: {
      ownerOnly: { says: 'レジのユーザーだけが読めます。' },
      othersMayRead: {
        says: 'この機械のほかのユーザーも読めます。',
        advice: 'paypay-keys.json に chmod 600 をして、PayPayで新しいキーを発行してください。',
      },
      unreadable: {
        says: 'キーのファイルが読めず、レジにキーがありません（{{detail}}）。',
        advice:
          '受付の設定でキーを入れなおしてください。会計できるようになったら、取り置かれたファイルを消してください。',
      },
      noKeysHere: { says: 'データの場所にキーのファイルはありません。' },
    },
  },
  coreDumps: {
    title: '異常終了時のメモリー',
    because: {
      off: { says: '異常終了しても、メモリーの内容は書き出されません。' },
      on: {
        says: '異常終了すると、キーを含むメモリーの内容が書き出されることがあります。',
        advice: 'ユニットに LimitCORE=0 を書くか、起動の前に ulimit -c 0 をしてください。',
      },
      tillAway: { says: 'サービスとして動くレジがないため、確かめられません。' },
    },
  },
  sandbox: {
    title: 'レジのまわりの壁',
    because: {
      shutIn: { says: 'サービスには機械への権限がなく、増やすこともできず、要らない機能は呼べません。' },
      partly: {
        says: '足りない壁があります（{{detail}}）。',
        advice: 'パッケージのユニットと比べてください。systemd-analyze security kaikei-server',
      },
      free: {
        says: 'レジが壁のないまま動いています。',
        advice: 'パッケージのユニットか docs/deploy のユニットで、サービスとして動かしてください。',
      },
      tillAway: { says: 'サービスとして動くレジがないため、確かめられません。' },
    },
  },
  swap: {
    title: 'スワップ',
    because: {
      none: { says: 'この機械はスワップを使いません。' },
      notForTheTill: { says: 'レジのメモリーはスワップされません。' },
      on: {
        says: 'キーを含むレジのメモリーが、ディスクに書かれることがあります。',
        advice: 'ユニットに MemorySwapMax=0 を書くか、スワップを暗号化するか、止めてください。',
      },
      unseen: { says: 'スワップの有無を確かめられません。' },
    },
  },
  clock: {
    title: '時計',
    because: {
      synchronised: { says: 'システムが時刻を合わせています。' },
      alone: {
        says: '時刻が自動で合わせられていません。2分ずれるとPayPayに断られます。',
        advice: 'timedatectl set-ntp true',
      },
      unseen: { says: '時刻が合わせられているか、確かめられません。' },
    },
  },
  disk: {
    title: 'ディスク',
    because: {
      room: { says: '空きは {{detail}} です。' },
      little: {
        says: '空きが {{detail}} しかありません。',
        advice: '空きを作ってください。いっぱいになるとレジは閉じます。',
      },
      unseen: { says: '空き容量を確かめられません。' },
    },
  },
  autologin: {
    title: '自動ログイン',
    because: {
      none: { says: '自動でログインする端末もデスクトップもありません。' },
      shell: {
        says: '自動でログインしています（{{detail}}）。ブラウザーを終わらせた人に端末が開きます。',
        advice: '止めてください。パッケージのキオスク画面にログインは要りません。',
      },
      unseen: { says: '自動ログインの有無を確かめられません。' },
    },
  },
  kioskSession: {
    title: 'お客さまの画面',
    because: {
      alone: { says: 'ブラウザーだけの専用の画面です（{{detail}}）。' },
      noneHere: { says: 'パッケージのお客さま画面は、この機械にはありません。' },
    },
  },
  browserPolicies: {
    title: 'ブラウザーのポリシー',
    because: {
      inPlace: { says: 'ブラウザーはレジのアドレスだけを開けます。' },
      missing: {
        says: 'ポリシーがなく、どこへでも移動できます。',
        advice:
          'パッケージの policies.json を /etc/chromium/policies/managed に置いてください。kiosk/install が置きます。',
      },
      loosened: {
        says: 'パッケージのものより緩くなっています（{{detail}}）。',
        advice: 'パッケージの policies.json を置きなおし、必要なものは別のファイルに書いてください。',
      },
      noKioskHere: { says: 'パッケージのお客さま画面は、この機械にはありません。' },
    },
  },
  updates: {
    title: '更新',
    because: {
      off: { says: '新しい版は自動では入りません。人が入れます。' },
      waiting: { says: '決めた時間帯に、新しい版を自動で入れます。まだ何も来ていません。' },
      trial: { says: '新しい版を入れ、正しく動くか様子を見ています。' },
      installed: { says: '版 {{detail}} を自動で入れ、問題なく動いています。' },
      interrupted: {
        says: '版 {{detail}} を入れられませんでした。',
        advice: 'わけは記録にあります。全部で3回まで試します。',
      },
      rolledBack: {
        says: '版 {{detail}} は正しく動かなかったため、元の版に戻しました。',
        advice: '記録を添えて、配布元に知らせてください。この版はもう試さず、次の版を待ちます。',
      },
      stuck: {
        says: '版 {{detail}} は正しく動かず、元の版も残っていません。',
        advice: '動く版を手で入れてください。',
      },
    },
  },
}

const words: Readonly<Record<Language, Words>> = { ja, en }

/** A finding for people: what was looked at, how it is, and what to do about it (null: nothing). */
export function hardeningInWords(
  { check, because, detail }: HardeningFinding,
  language: Language,
): { readonly title: string; readonly says: string; readonly advice: string | null } {
  const { title, because: reasons } = words[language][check]
  const { says, advice = null } = (reasons as Readonly<Record<string, Sentence>>)[because] ?? {
    says: because,
  }
  return { title, says: says.replace('{{detail}}', detail ?? ''), advice }
}
