// Staff: sign in, one dossier through all hands, the number that changes on another screen, the report.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { base, openBrowser, openPage, shoot, axeClean, fitsWidth, freshTotp, pdf } from './browser.mjs';

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

async function submit() {
  const body = new FormData();
  body.set('component_1', new Blob([pdf], { type: 'application/pdf' }), 'to-khai.pdf');
  body.set('dossier', JSON.stringify({ procedure: '1.004873', agency: 'H37.22.04', applicant: { name: 'Hoàng Văn Thử', citizen_id: '020090000123',
      phone: '0912345678', email: '', address: 'Thôn Nà Thử' } }));
  const answer = await fetch(`${base}/api/v1/dossiers`, { method: 'POST', headers: { 'idempotency-key': `journey-${Math.random()}` }, body });
  assert.ok(answer.ok, await answer.clone().text());
  return answer.json();
}

// Takes one step on the record page: a button that asks nothing, or a link to a small form.
async function step(page, id, label, fill = async () => {}) {
  await page.goto(`${base}/ho-so/${id}`);
  const link = page.locator('.actions a', { hasText: label });
  if (await link.count()) {
    await link.first().click();
    await shoot(page, `staff_step_${label.replace(/\W+/g, '_')}-1440`);
    await axeClean(page);
    await fill(page);
    await page.locator('main form button[type=submit]').first().click();
  } else {
    await page.locator('.actions button', { hasText: label }).first().click();
  }
}

test('one dossier through all hands, and the number on another screen', async () => {
  const wall = await signedIn('tinh');
  await wall.goto(`${base}/dieu-hanh`);
  const number = () => wall.locator('[data-figure=dossiers_received]').first().innerText();
  const begun = await number();
  const { id, code } = await submit();

  const desk = await signedIn('motcua');
  await desk.goto(`${base}/viec?q=${code}`);
  assert.ok((await desk.locator('main').innerText()).includes(code), 'the search finds the dossier');
  await desk.goto(`${base}/ho-so/${id}`);
  await shoot(desk, 'staff_record-1440');
  await axeClean(desk);
  await step(desk, id, 'Tiếp nhận hồ sơ');
  await wall.waitForFunction((before) => document.querySelector('[data-figure=dossiers_received]')?.textContent.trim() !== before,
    begun.trim(), { timeout: 5000 });
  assert.equal(await number(), (Number(begun.replaceAll('.', '')) + 1).toLocaleString('de-DE'), 'one more, without a reload');

  const head = await signedIn('truongphong');
  await step(head, id, 'Phân công', async (page) => {
    const choice = page.locator('main select').first();
    await choice.selectOption(await choice.locator('option:not([value=""])').first().getAttribute('value'));
  });
  const specialist = await signedIn('chuyenvien');
  await step(specialist, id, 'Trình ký kết quả');
  const leader = await signedIn('lanhdao');
  await step(leader, id, 'Ký duyệt kết quả');
  await step(desk, id, 'Trả kết quả');
  await desk.goto(`${base}/ho-so/${id}`);
  assert.match(await desk.locator('main').innerText(), /Đã trả kết quả/);
  await shoot(desk, 'staff_record_done-1440');

  const stranger = await openPage(browser, { width: 360 });
  await stranger.goto(`${base}/ho-so/${id}/lich-su`);
  const history = await stranger.locator('main').innerText();
  assert.ok(!history.includes('Hoàng Văn Thử') && !history.includes('020090000123'), 'no personal data in public');
  await shoot(stranger, 'citizen_history-360');
  await axeClean(stranger);
  await fitsWidth(stranger);
});

test('the counter by keyboard alone: search, scan, receive, print; the second time it warns', async () => {
  const page = await signedIn('motcua');
  const citizen = `0201${String(Date.now()).slice(-8)}`;
  const scan = async () => {
    await page.goto(`${base}/tiep-nhan`);
    await page.keyboard.type('1.013978');
    await page.keyboard.press('Enter');
    await page.waitForURL(/thu-tuc=1\.013978/);
    await page.keyboard.type(`${citizen}||Hoàng Văn Quầy|01021983|Nam|Nà Mò, Đình Lập|01012021`);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.id === 'f-phone');
    assert.equal(await page.getByLabel('Họ và tên người nộp').inputValue(), 'Hoàng Văn Quầy');
    assert.match(await page.locator('#f-name-hint').innerText(), /từ QR/);
  };
  await scan();
  await page.locator('[name=all_brought]').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await page.locator('h1', { hasText: 'Đã tiếp nhận' }).waitFor();
  await shoot(page, 'staff_counter_receipt-1440');
  await axeClean(page);
  const [printed] = await Promise.all([
    page.context().waitForEvent('response', (answer) => answer.url().endsWith('/giay/giay-tiep-nhan')), page.keyboard.press('Enter')]);
  assert.equal(printed.headers()['content-type'], 'application/pdf');
  await scan();
  assert.match(await page.locator('main').innerText(), /đang có hồ sơ chưa xong[\s\S]*cùng thủ tục/);
  await shoot(page, 'staff_counter_earlier-1440');
  await axeClean(page);
});
