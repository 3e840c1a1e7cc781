/** What `import … from 'electron'` finds in the stand-in. A name that main needs and that is not here fails at the import. */
export { app } from './app.ts'
export { dialog, Menu, powerMonitor, powerSaveBlocker, screen } from './desktop.ts'
export { ipcMain } from './ipc.ts'
export { safeStorage } from './keyStore.ts'
export { protocol, session } from './session.ts'
export { BrowserWindow } from './window.ts'
