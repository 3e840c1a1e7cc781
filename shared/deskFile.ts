/** What a file that the desk gives away is called: of Kaikei, of what, and a table or a certificate. */
export type DeskFileName = `kaikei-${string}.${'csv' | 'json'}`

/** True for those names alone, so that nothing else is taken for a file of the desk's. */
export function isDeskFileName(name: string): name is DeskFileName {
  return /^kaikei-[0-9a-z-]{1,100}\.(csv|json)$/.test(name)
}
