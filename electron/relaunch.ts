import { app } from 'electron'

/** When this program has ended it is started again: the file that stands in its place then, with the words of this start. */
export function relaunch(): void {
  // An AppImage is unmounted when it ends, and what would start it again with it: the file itself is named.
  const { APPIMAGE } = process.env
  app.relaunch(APPIMAGE === undefined ? {} : { execPath: APPIMAGE, args: process.argv.slice(1) })
}
