/** Somebody at a screen, in a real browser: goes by what stands on buttons, links and fields. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'

/** One click on a machine that is busy. */
const patience_ms = 20_000

export const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync)

/** Where tests run as root, as they do in a container, Chromium has no sandbox of its own. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] })

export interface VisitorOptions {
  /** The folder for pictures. */
  pictures: string
  javaScriptEnabled?: boolean
  width?: number
}

/** A person, and everything the browser had to complain about meanwhile. */
export class Visitor {
  readonly complaints: string[] = []
  /** Buttons pressed and links followed. */
  clicks = 0

  private constructor(
    readonly page: Page,
    private readonly pictures: string,
  ) {
    page.setDefaultTimeout(patience_ms)
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.#complain(message.text())
    })
    page.on('pageerror', (error) => this.#complain(error.message))
    page.on('response', (response) => {
      if (response.status() >= 400) this.#complain(`${response.status()} ${response.url()}`)
    })
  }

  static async come(browser: Browser, url: string, options: VisitorOptions): Promise<Visitor> {
    const { pictures, javaScriptEnabled = true, width = 1280 } = options
    const viewport = { width, height: 900 }
    const context = await browser.newContext({ viewport, javaScriptEnabled })
    const visitor = new Visitor(await context.newPage(), pictures)
    await visitor.page.goto(url)
    return visitor
  }

  async signIn(email: string, password: string): Promise<void> {
    await this.fill('E-mail', email)
    await this.fill('Password', password)
    await this.press('Sign in')
  }

  #complain(words: string): void {
    this.complaints.push(`${this.page.url()}: ${words}`)
  }

  /** A field by the words in front of it; the first of several. */
  field = (label: string) => this.page.getByLabel(new RegExp(`^${label}(, .*)?( \\(optional\\))?$`))

  fill = (label: string, text: string) => this.field(label).first().fill(text)
  choose = (label: string, words: string) =>
    this.field(label).first().selectOption({ label: words })

  async press(words: string): Promise<void> {
    this.clicks += 1
    await this.page.getByRole('button', { name: words, exact: true }).first().click()
    await this.page.waitForLoadState()
  }

  async follow(words: string): Promise<void> {
    this.clicks += 1
    await this.page.getByRole('link', { name: words, exact: true }).first().click()
    await this.page.waitForLoadState()
  }

  async goTo(entry: string): Promise<void> {
    this.clicks += 1
    const navigation = this.page.getByRole('navigation').first()
    await navigation.getByRole('link', { name: entry, exact: true }).click()
    await this.page.waitForLoadState()
  }

  sees = (words: string) => this.page.getByText(words).first().waitFor()
  picture = (name: string) =>
    this.page.screenshot({ path: join(this.pictures, `${name}.png`), fullPage: true })
  title = async () => (await this.page.locator('h1').first().innerText()).split(/\s/)[0]!
}
