/** Every delay of the screen: its name, its unit (all are ms), its reason. The machine and the transport use no other. */
export const DELAYS = {
  /** A card, a wallet and a phone can be looked for in this time; nobody is hurried before it. */
  idleMs: 60_000,
  /** Long enough to read the question and reach out, short enough for the person who waits behind. */
  stillThereMs: 15_000,
  /** The claim number can be read twice; then the next customer must not see it. */
  thankYouMs: 10_000,
  /**
   * A long receipt is read, and its QR photographed, in this time; a touch starts it anew. Whoever has left an open receipt has
   * left what they bought on the screen, and the next customer may be as near as this.
   */
  receiptMs: 60_000,
  /** "On its way back" and "staff have been called" are longer sentences than "thank you"; a touch starts it anew. */
  resultMs: 30_000,
  /** When waiting for an answer has become a burden, "leave it to us" is offered. */
  offerLeavingMs: 20_000,
  /** A host that restarts, or a Wi-Fi that roams, is back within it; nobody has to see that. */
  hostGraceMs: 3_000,
  /** A host on the same machine answers its first call in a few ms, one on the same network within seconds. */
  firstViewMs: 5_000,
  /** No "closed" flashes up between the page's first frame and the first snapshot. */
  bootQuietMs: 1_000,
  /** Between two tries to reach a host that does not answer: quick for people, slow for a small host. */
  retryMs: 2_000,
  /** A customer who was choosing when the till closed waits about this long; after that the basket is nobody's. */
  keepBasketMs: 60_000,
  /** "I have paid" stays acknowledged this long, so that the answer "not yet" is not taken for a dead button. */
  askedMs: 1_500,
  /** The second tap of a double tap comes within it. It must not press what has just come up under the finger. */
  settleMs: 300,
  /** The host answers from its ledger, not from PayPay, so a call that takes longer was lost. */
  callMs: 10_000,
  /** The host sends a ping every 5 s; two of them and a bit were missed. */
  silenceMs: 12_000,
  /** Before a closed event stream is opened again. */
  reopenMs: 2_000,
  /** How often a time that runs out in front of the customer is drawn again. */
  redrawMs: 250,
  /** After a bug in a screen: the words "one moment" can be read, then the page is loaded again. */
  reloadAfterBugMs: 5_000,
} as const satisfies Readonly<Record<`${string}Ms`, number>>
