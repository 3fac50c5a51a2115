// A citizen without JavaScript: find, read, apply, keep, follow, verify.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { base, openBrowser, openPage, shoot, axeClean, fitsWidth, pageBytes, pdf } from './browser.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser.close(); });

async function apply(page) {
  await page.goto(`${base}/thu-tuc?q=khai+sinhh`);
  await page.getByRole('link', { name: 'đăng ký khai sinh' }).first().click();
  await page.getByRole('link', { name: 'Nộp hồ sơ trực tuyến' }).click();
  await page.getByRole('combobox').selectOption({ index: 3 });
  await page.getByLabel('Họ và tên').fill('Nông Thị Thử');
  await page.getByLabel('Số định danh cá nhân').fill('020 199 000 123');
  await page.getByLabel('Số điện thoại').fill('0912 345 678');
  await page.getByLabel('Nơi ở hiện nay').fill('Thôn Nà Thử');
  for (const input of await page.locator('input[type=file]').all())
    await input.setInputFiles({ name: 'giay.pdf', mimeType: 'application/pdf', buffer: pdf });
}

test('a dossier from search to proof, without JavaScript', async () => {
  const page = await openPage(browser, { width: 360, script: false });
  await apply(page);
  await page.getByLabel('Số định danh cá nhân').fill('123');
  await page.getByRole('button', { name: 'Nộp hồ sơ' }).click();
  assert.match(await page.title(), /^Lỗi: /);
  assert.equal(await page.getByLabel('Họ và tên').inputValue(), 'Nông Thị Thử', 'what was typed is kept');
  await apply(page);
  await page.getByRole('button', { name: 'Nộp hồ sơ' }).click();
  const [code, secret] = await page.locator('.confirmation .code').allTextContents();
  assert.match(code, /^H37\.[\d.]+-\d{6}-\d{4,}$/);
  assert.match(secret, /^[A-Z2-9-]{10,14}$/);
  await shoot(page, 'citizen_receipt-360');

  await page.goto(`${base}/tra-cuu`);
  await page.getByLabel('Mã hồ sơ').fill(code);
  await page.getByLabel('Mã bí mật').fill('AAAAAAAAAA');
  await page.getByRole('button', { name: 'Xem hồ sơ' }).click();
  assert.match(await page.locator('main').innerText(), /Không có hồ sơ nào khớp/);
  await page.getByLabel('Mã bí mật').fill(secret.toLowerCase());
  await page.getByRole('button', { name: 'Xem hồ sơ' }).click();
  assert.match(await page.locator('h1').innerText(), new RegExp(code));
  await shoot(page, 'citizen_track-360');
  await fitsWidth(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await shoot(page, 'citizen_track-1440');
  await page.setViewportSize({ width: 360, height: 740 });

  const [slip] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Xác nhận đã nộp' }).click()]);
  assert.equal(readFileSync(await slip.path()).subarray(0, 5).toString(), '%PDF-');
  await new Promise((resolve) => setTimeout(resolve, 1500));  // the seal comes within a second
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Bằng chứng sổ cái' }).click()]);
  const proof = readFileSync(await file.path(), 'utf8');

  const check = async (text) => {
    await page.goto(`${base}/kiem-tra`);
    await page.getByLabel('Nội dung bằng chứng').fill(text);
    await page.getByRole('button', { name: 'Kiểm tra' }).click();
    return page.locator('main').innerText();
  };
  assert.match(await check(proof), /Biên nhận hợp lệ/);
  const broken = proof.replace(/^[A-Za-z0-9+/]{43}=$/m, (hash) => (hash[0] === 'A' ? 'B' : 'A') + hash.slice(1));
  assert.notEqual(broken, proof);
  assert.match(await check(broken), /không hợp lệ/);
});

test('no network: the dossier waits on the phone, is sent by itself, and can be wiped', async () => {
  const page = await openPage(browser, { width: 360 });
  await apply(page);
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Nộp hồ sơ' }).click();
  const list = page.locator('.waiting');
  assert.match(await list.innerText(), /Hồ sơ chờ gửi[\s\S]*Chờ có mạng/);
  await page.getByRole('button', { name: 'Giữ cả giấy tờ đã chọn' }).click();
  await page.waitForFunction(() => /Kèm 3 tệp/.test(document.querySelector('.waiting')?.textContent ?? ''));
  await shoot(page, 'citizen_waiting-360');
  await fitsWidth(page);
  await axeClean(page);
  assert.deepEqual(await page.evaluate(() => caches.keys()), [], 'no cache of visited pages');
  await page.context().setOffline(false);
  await page.waitForFunction(() => /Đã gửi\. Mã hồ sơ H37/.test(document.querySelector('.waiting')?.textContent ?? ''));
  await page.goto(base);
  assert.match(await list.innerText(), /Đã gửi/, 'the codes are still there on opening');
  await shoot(page, 'citizen_waiting_sent-360');
  await page.getByRole('button', { name: 'Xóa khỏi máy này' }).click();
  await list.waitFor({ state: 'detached' });
  await page.reload();
  assert.equal(await list.count(), 0);
});

test('no network and no files kept: what is missing is told when it is sent', async () => {
  const page = await openPage(browser, { width: 360 });
  await apply(page);
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Nộp hồ sơ' }).click();
  await page.locator('.waiting').waitFor();
  await page.context().setOffline(false);
  await page.waitForFunction(() => /Chưa gửi được: Hãy chọn ảnh/.test(document.querySelector('.waiting')?.textContent ?? ''));
  await page.getByRole('link', { name: 'Mở lại để nộp' }).click();
  await page.waitForURL(/nop-ho-so/);
  assert.equal(await page.getByLabel('Họ và tên').inputValue(), 'Nông Thị Thử');
});

test('a slow network: the button and a sentence say so, a second press sends nothing', async () => {
  const page = await openPage(browser, { width: 360 });
  await apply(page);
  let sent = 0;
  await page.route('**/nop-ho-so/**', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    sent += 1;
    await new Promise((resolve) => setTimeout(resolve, 9000));
    return route.continue();
  });
  // The page tells itself: from outside one waits for the next page, which is on its way.
  await page.evaluate(() => {
    const button = document.querySelector('main form button.button');
    button.click();
    sessionStorage.setItem('said', `${button.textContent} ${button.getAttribute('aria-busy')}`);
    button.click();
    setTimeout(() => sessionStorage.setItem('slow', document.querySelector('.sending[role=status]')?.textContent ?? ''), 7000);
  });
  await page.locator('.confirmation').waitFor();
  assert.equal(sent, 1);
  assert.deepEqual(await page.evaluate(() => [sessionStorage.getItem('said'), sessionStorage.getItem('slow')]),
    ['Đang gửi… true', 'Mạng đang chậm. Xin chờ và đừng đóng trang này.']);
  await page.goBack();
  await page.getByRole('button', { name: 'Nộp hồ sơ' }).waitFor();
});

const pages = ['/', '/thu-tuc', '/thu-tuc?q=chung+thuc', '/thu-tuc/1.001193', '/nop-ho-so/1.001193', '/tra-cuu', '/kiem-tra', '/so-cai',
  '/khong-co-trang-nay'];
for (const path of pages)
  test(`${path}: axe clean, fits 360 px, within its bytes`, async () => {
    const name = path.replace(/\W+/g, '_');
    for (const width of [360, 1440]) {
      const page = await openPage(browser, { width });
      await page.goto(base + path);
      await shoot(page, `citizen${name}-${width}`);
      await fitsWidth(page);
      await axeClean(page);
      await page.context().close();
    }
    if (!path.includes('khong')) assert.ok(await pageBytes(path) <= 14_000, 'HTML with inline CSS at most 14 kB');
  });
