/** Every delay of the engine: its name, its unit, its reason. */

/** PayPay's spec asks for 2-3 s between two reads of one payment, its SDK's README for 4-5 s; a setting from 2 to 5 s. */
export const DEFAULT_POLL_INTERVAL_MS = 2_500
/** After PayPay's expiryDate: a customer may be on the confirm screen, and our idea of PayPay's clock is a second coarse. */
export const EXPIRY_GRACE_MS = 3_000
/** NOT_FOUND right after a create is known to be transient; three in a row over this long are not. */
export const GONE_AFTER_MS = 8_000
export const GONE_AFTER_READS = 3
/** A code is hidden when PayPay has not answered for this long: nobody could tell its customer the truth. */
export const HIDE_CODE_AFTER_MS = 5_000
/** A reload takes two or three seconds; a screen that is away for longer is not coming back to this customer. */
export const SCREEN_GONE_MS = 15_000
/** A screen that blinks for so long has its customer still; goods wait for one that is away for longer. */
export const SCREEN_BLINK_MS = 3_000
/** A till that comes back so long after a code has run out, or after its last word, has nobody before it any more. */
export const ABANDONED_AFTER_MS = 60_000
/** "You have not been charged. Try again?" is asked no longer than this. */
export const UNPAID_IDLE_MS = 120_000
/** A paid checkout leaves its lane by itself, should the screen not do it after its 10 s. */
export const PAID_IDLE_MS = 60_000
/** A read of PayPay's may be this old (money-safety, faults): a proof of absence is looked at again after it. */
export const STALE_READ_MS = 10_000
/** The first pause after a failed call; doubled each time. */
export const RETRY_FIRST_MS = 1_000
export const RETRY_LONGEST_MS = 10_000
/** Retry-After is believed up to this long. */
export const RETRY_AFTER_MOST_MS = 60_000
/** What cannot be settled for this long is put before a person; the engine goes on trying. */
export const CASE_AFTER_MS = 600_000
/** What was asked and not answered may be carried out for so long after the client has given up, and a read may then still be old. */
export const LATE_EFFECT_MS = 20_000
/** The same for what an earlier life of the process asked, which nobody has waited the 30 s for. */
export const LATE_EFFECT_OF_BEFORE_MS = 50_000
/** From a cancel that PayPay has accepted to a payment that shows it. PayPay calls it asynchronous, and gives no time. */
export const CANCEL_TAKES_MOST_MS = 60_000
/** Between the last moment for a cancel and ours: twice the skew that still lets a till sell. */
export const CANCEL_MARGIN_MS = 120_000
/**
 * A lane's screen says that staff gave money back for this long: the desk that covers the screen closes after two minutes without use,
 * and then whoever stands there reads it, and looks at their phone.
 */
export const RETURN_SHOWN_MS = 300_000
/** A case is in front of a person; PayPay is asked this often for evidence that closes it. */
export const CASE_LOOK_MS = 60_000
