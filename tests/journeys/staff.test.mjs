// Staff: sign in, one dossier through all hands, the number that changes on another screen, the report.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { base, openBrowser, openPage, shoot, axeClean, fitsWidth, freshTotp } from './browser.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser.close(); });

const sessions = new Map();
async function signedIn(login, width = 1440) {
  if (!sessions.has(login)) {
    const page = await openPage(browser);
    await page.goto(`${base}/dang-nhap`);
    await page.getByLabel('Tên đăng nhập').fill(login);
    await page.getByLabel('Mật khẩu').fill('xu-lang-hoa-hoi');
    await page.getByRole('button', { name: 'Tiếp tục' }).click();
    await page.locator('input[inputmode=numeric]').first().fill(await freshTotp(login));
    await page.locator('main form button').first().click();
    assert.ok(!page.url().includes('dang-nhap'), `${login} is signed in`);
    sessions.set(login, await page.context().storageState());
    await page.context().close();
  }
  const page = await openPage(browser, { width });
  await page.context().addCookies(sessions.get(login).cookies);
  return page;
}

const pages = [
  ['motcua', ['/viec', '/tiep-nhan', '/tai-khoan']],
  ['tinh', ['/dieu-hanh', '/dieu-hanh/man-hinh', '/so-lieu/dossiers_ontime_pct?from=2023-01-01&to=2023-06-14',
    '/so-lieu/dossiers_late/ban-ghi?from=2023-01-01&to=2023-06-14', '/so-lieu/dossiers_received?from=2023-01-01&to=2023-06-14&unit=178']],
  ['congnghe', ['/bao-cao', '/bao-cao/2023-h1-tthc']],
  ['quantri', ['/quan-tri', '/quan-tri/tai-khoan', '/kit']],
];
for (const [login, paths] of pages)
  for (const path of paths)
    test(`${login} ${path}: axe clean and within 360 px`, async () => {
      const name = path.replace(/\W+/g, '_');
      for (const width of [360, 1440]) {
        const page = await signedIn(login, path.includes('man-hinh') ? 1920 : width);
        const answer = await page.goto(base + path);
        assert.equal(answer.status(), 200);
        await shoot(page, `staff${name}-${width}`);
        if (!path.includes('man-hinh')) await fitsWidth(page);
        await axeClean(page);
        await page.context().close();
      }
    });

test('the report is a DOCX and a PDF, and every number opens', async () => {
  const page = await signedIn('congnghe');
  await page.goto(`${base}/bao-cao/2023-h1-tthc`);
  for (const printed of ['135.408', '8.974', '6,63%', '126.434', '93,37%', '132.796', '130.733', '98,45%', '2.063', '1,55%', '297', '287',
    '96,63%', '1.810', '391', '420', '999', '1.723', '1.344', '462', '882'])
    assert.ok(await page.locator('a.bound', { hasText: new RegExp(`^${printed.replace('.', '\\.')}$`) }).count() >= 1, `${printed} stands in the report`);
  assert.match(await page.locator('main').innerText(), /A04/);
  for (const [label, magic] of [['Tải DOCX', 'PK'], ['Tải PDF', '%PDF']]) {
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: label }).click()]);
    assert.equal(readFileSync(await file.path()).subarray(0, magic.length).toString(), magic);
  }
});
