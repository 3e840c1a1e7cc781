import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PNG } from 'pngjs'
import { root } from '../../scripts/run.ts'

/** A panel's size: the fewer pixels, the sooner they are drawn without a graphics card. */
export const WIDTH = 800
export const HEIGHT = 480
const OPENBOX = join(root, 'packaging/deb/files/usr/lib/kaikei-server/kiosk/openbox.xml')

/** An X server without a screen, with the package's window manager, and hands on its keyboard and mouse. */
export class Display {
  readonly name: string
  readonly #picture: string
  readonly #openbox: ChildProcess

  private constructor(name: string, picture: string, openbox: ChildProcess) {
    this.name = name
    this.#picture = picture
    this.#openbox = openbox
  }

  /** `folder` takes the picture of the screen. */
  static async open(folder: string): Promise<Display> {
    const size = `${WIDTH}x${HEIGHT}x24`
    const args = ['-displayfd', '3', '-screen', '0', size, '-nolisten', 'tcp', '-fbdir', folder]
    const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
    const name = await new Promise<string>((resolve, reject) => {
      server.once('error', reject)
      server.once('exit', code => reject(new Error(`Xvfb ended with ${code}`)))
      server.stdio[3]?.once('data', chunk => resolve(`:${String(chunk).trim()}`))
    })
    const openbox = spawn('openbox', ['--config-file', OPENBOX], {
      stdio: 'ignore',
      env: { ...process.env, DISPLAY: name },
    })
    return new Display(name, join(folder, 'Xvfb_screen0'), openbox)
  }

  /** Whether somebody could still end or change the window manager: it is to outlive every attempt. */
  get isManaged(): boolean {
    return this.#openbox.exitCode === null && this.#openbox.signalCode === null
  }

  /** xdotool's words: `key F11`, `mousemove 10 10 click 3`. */
  hands(...words: readonly string[]): void {
    this.#ask('xdotool', words)
  }

  /** Every window that can be seen, a menu or a bubble with no name too: size and place. */
  windows(): readonly string[] {
    const every = [
      'search',
      '--onlyvisible',
      '--maxdepth',
      '1',
      '--name',
      '',
      'getwindowgeometry',
      '--shell',
      '%@',
    ]
    return (
      [...this.#ask('xdotool', every).matchAll(/X=(-?\d+)\nY=(-?\d+)\nWIDTH=(\d+)\nHEIGHT=(\d+)/g)]
        // The first is the root, which they all are in.
        .slice(1)
        .map(([, x, y, width, height]) => `${width}x${height}+${x}+${y}`)
        // Openbox and Chromium keep some of one pixel.
        .filter(place => !place.startsWith('1x1+'))
    )
  }

  /** What stands on the screen, as RGBA. */
  picture(): PNG {
    const file = readFileSync(this.#picture)
    const [headerBytes = 0, lineBytes = 0, colours = 0] = [0, 12, 19].map(at => file.readUInt32BE(at * 4))
    const start = headerBytes + colours * 12
    const png = new PNG({ width: WIDTH, height: HEIGHT })
    for (let y = 0; y < HEIGHT; y += 1)
      for (let x = 0; x < WIDTH; x += 1) {
        const from = start + y * lineBytes + x * 4
        const to = (y * WIDTH + x) * 4
        png.data[to] = file[from + 2] ?? 0
        png.data[to + 1] = file[from + 1] ?? 0
        png.data[to + 2] = file[from] ?? 0
        png.data[to + 3] = 255
      }
    return png
  }

  #ask(program: string, args: readonly string[]): string {
    return execFileSync(program, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, DISPLAY: this.name },
    })
  }
}
