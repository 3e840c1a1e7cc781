import { Attendant, MANAGER_PIN } from './attendant.ts'
import { booksAgree } from './books.ts'
import { Customer, expect, test } from './kiosk.ts'

// A customer has paid and left, and gets the money back at the desk: the lane's screen says so when the desk is closed, with the
// number that they know, also after a restart; and it is in nobody's way.

test('the money goes back at the desk: the screen says so afterwards, until somebody puts it away', async ({
  page,
  till,
}) => {
  const customer = new Customer(page)
  await customer.wantsToPay(till)
  await customer.pays(till)
  await customer.press('おわる')
  await customer.reads('いらっしゃいませ')
  await till.callDesk('setUp', { lane: 'main', name: '店長', pin: MANAGER_PIN })
  const attendant = new Attendant(page)
  await attendant.getsIn()
  await attendant.givesBack('850')
  await expect(page.getByText('¥850 を返しました')).toBeVisible()
  await customer.press('終了')

  await customer.reads('いらっしゃいませ')
  const said = () => page.getByRole('status').filter({ hasText: '受付番号 001：¥850 をお返ししました' })
  await expect(said()).toBeInViewport({ ratio: 1 })
  await till.crash()
  await page.reload()
  await expect(said()).toBeInViewport({ ratio: 1 })
  // It is no part of the screen's one big button, and not in the way of whoever orders next.
  await said().click()
  await customer.reads('いらっしゃいませ')
  await customer.press('注文をはじめる')
  await expect(said()).toBeVisible()
  await customer.press('唐揚げ弁当 を1つ追加')
  await page.getByRole('button', { name: 'お返しのお知らせをとじる' }).click()
  await expect(said()).toHaveCount(0)
  await customer.press('お会計へ')
  await customer.reads('ご注文の確認')
  await customer.press('もどる')
  await customer.press('最初から')
  await customer.reads('いらっしゃいませ')
  await expect(said()).toHaveCount(0)
  await booksAgree(till, 0, 0, 850)
})
