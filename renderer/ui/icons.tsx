import type { ReactNode } from 'react'

/** Line icons in a box of 24. They say nothing to a screen reader: the words beside them do. */
const strokes = {
  bell: 'M4 18h16M6 18a6 6 0 0 1 12 0M12 12V9M9.5 8h5M3 21h18',
  cross: 'M5 5l14 14M19 5L5 19',
  left: 'M15 4l-8 8l8 8',
  right: 'M9 4l8 8l-8 8',
  back: 'M10 5l-7 7 7 7M3.5 12H21',
  restart: 'M4 12a8 8 0 1 0 2.5-5.8M4 4v5h5',
  plus: 'M12 4v16M4 12h16',
  minus: 'M4 12h16',
  erase: 'M9 5h12v14H9l-6-7zM12 9.5l5 5M17 9.5l-5 5',
  receipt: 'M5 3v18l3-2l4 2l4-2l3 2V3zM9 8h6M9 13h6',
  printer: 'M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7z',
  check: 'M4 12.5l5.5 5.5L20 7',
  globe: 'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18',
  larger: 'M2 19L7.5 6L13 19M4 14.5h7M14 19l4-9.5l4 9.5M15.5 15.8h5',
} as const

export function Icon({ name }: { name: keyof typeof strokes }): ReactNode {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={strokes[name]} />
    </svg>
  )
}

/** The shop's crest: a leaf in a ring. */
export function Crest(): ReactNode {
  return (
    <svg viewBox="0 0 48 48" aria-hidden="true">
      <circle cx="24" cy="24" r="22" fill="none" stroke="currentColor" strokeWidth="3" />
      <path
        fill="currentColor"
        d="M24 8c9 6 12 13 9 21-1.2 3.300-4 6-7.500 7V22h-3v14c-3.500-1-6.300-3.700-7.500-7-3-8 0-15 9-21z"
      />
    </svg>
  )
}

/** A phone, and what to do with it: open PayPay, scan, confirm. */
export function PhoneStep({ step }: { step: 1 | 2 | 3 }): ReactNode {
  return (
    <svg
      viewBox="8 4 104 112"
      fill="none"
      stroke="var(--ink)"
      strokeWidth="5"
      strokeLinejoin="round"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <rect x="34" y="8" width="52" height="104" rx="10" fill="var(--sheet)" />
      {step === 1 && (
        <>
          <rect x="46" y="44" width="28" height="28" rx="7" fill="var(--ai)" stroke="none" />
          <path d="M53 99h14" />
          <circle cx="60" cy="58" r="24" stroke="var(--ai)" strokeWidth="3.5" strokeDasharray="3 8" />
        </>
      )}
      {step === 2 && (
        <>
          <path stroke="var(--ai)" d="M45 48v-8h8M67 40h8v8M75 70v8h-8M53 78h-8v-8" />
          <path
            fill="var(--ink)"
            stroke="none"
            d="M50 45h8v8h-8zM62 45h8v8h-8zM50 65h8v8h-8zM62 57h4v4h-4zM66 69h4v4h-4zM62 65h4v4h-4z"
          />
          <path d="M16 59h88" stroke="var(--ai)" strokeWidth="4" />
        </>
      )}
      {step === 3 && (
        <>
          <path d="M46 30h28M46 42h18" strokeWidth="4" />
          <rect x="44" y="66" width="32" height="26" rx="6" fill="var(--ai)" stroke="none" />
          <path d="M52 79l6 6 10-11" stroke="var(--sheet)" strokeWidth="4.5" />
        </>
      )}
    </svg>
  )
}
