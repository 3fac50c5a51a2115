// The administrator: every page at two widths, a day of the calendar with its preview, a version of a
// procedure from draft to publishing, an agency renamed, an API token made, used and revoked.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { base, openBrowser, openPage, shoot, axeClean, fitsWidth, freshTotp } from './browser.mjs';

let browser;
let cookies;
before(async () => {
  browser = await openBrowser();
  const page = await openPage(browser);
  await page.goto(`${base}/dang-nhap`);
  await page.getByLabel('Tên đăng nhập').fill('quantri');
  await page.getByLabel('Mật khẩu').fill('xu-lang-hoa-hoi');
  await press(page, 'Tiếp tục');
  await page.locator('input[inputmode=numeric]').first().fill(await freshTotp('quantri'));
  await page.locator('main form button').first().click();
  ({ cookies } = await page.context().storageState());
  await page.context().close();
});
after(async () => { await browser.close(); });

async function open(path, width = 1440) {
  const page = await openPage(browser, { width });
  await page.context().addCookies(cookies);
  const answer = await page.goto(base + path);
  assert.equal(answer.status(), 200, path);
  return page;
}

// A form's button, and the page that answers it.
const press = (page, name) => Promise.all([page.waitForNavigation(),
  page.getByRole('button', { name, exact: typeof name === 'string' }).first().click()]);

const dayAfter = (days) => new Date(Date.now() + (7 * 60 + days * 24 * 60) * 60000).toISOString().slice(0, 10)
  .split('-').reverse().join('/');

const pages = ['/quan-tri', '/quan-tri/tai-khoan', '/quan-tri/tai-khoan?trang=2', '/quan-tri/tai-khoan?q=khongco', '/quan-tri/tai-khoan/them', '/quan-tri/quyen', '/quan-tri/ma-truy-cap', '/quan-tri/don-vi',
  '/quan-tri/don-vi?q=that+khe', '/quan-tri/don-vi/1', '/quan-tri/co-quan', '/quan-tri/co-quan?q=khongco', '/quan-tri/co-quan/13',
  '/quan-tri/co-quan/them', '/quan-tri/ngay-nghi?nam=2026', '/quan-tri/ngay-nghi?nam=2028', '/quan-tri/thu-tuc',
  '/quan-tri/thu-tuc?q=khongco', '/quan-tri/thu-tuc/1', '/quan-tri/thu-tuc/1/soan', '/quan-tri/thu-tuc/them',
  '/quan-tri/xem-du-lieu', '/tai-khoan'];
for (const path of pages)
  test(`${path}: axe clean and within 360 px`, async () => {
    for (const width of [360, 1440]) {
      const page = await open(path, width);
      await shoot(page, `admin${path.replace(/\W+/g, '_')}-${width}`);
      await fitsWidth(page);
      await axeClean(page);
      await page.context().close();
    }
  });

// Every form sent empty: each fault beside its field, the page still clean.
test('empty forms answer with faults beside the fields', async () => {
  for (const [path, button] of [['/quan-tri/ngay-nghi?nam=2026', 'Xem ảnh hưởng'], ['/quan-tri/tai-khoan/them', 'Tạo tài khoản'],
    ['/quan-tri/ma-truy-cap', 'Cấp mã truy cập'], ['/quan-tri/co-quan/them', 'Thêm cơ quan'], ['/quan-tri/co-quan/13', 'Cho thôi hoạt động'],
    ['/quan-tri/thu-tuc/them', 'Lưu bản soạn']]) {
    for (const width of [360, 1440]) {
      const page = await open(path, width);
      await press(page, button);
      assert.ok(await page.locator('.has-error').count() > 0, `${path}: faults beside fields`);
      assert.match(await page.title(), /^Lỗi/);
      await shoot(page, `admin_faults${path.replace(/\W+/g, '_')}-${width}`);
      await fitsWidth(page);
      await axeClean(page);
      await page.context().close();
    }
  }
});

test('sign-in says what is wrong without saying which', async () => {
  for (const width of [360, 1440]) {
    const page = await openPage(browser, { width });
    await page.goto(`${base}/dang-nhap`);
    await shoot(page, `admin_sign_in-${width}`);
    await axeClean(page);
    await page.getByLabel('Tên đăng nhập').fill('khong.co.ai');
    await page.getByLabel('Mật khẩu').fill('sai');
    await press(page, 'Tiếp tục');
    assert.match(await page.title(), /^Lỗi/);
    await shoot(page, `admin_sign_in_fault-${width}`);
    await fitsWidth(page);
    await axeClean(page);
    await page.context().close();
  }
});

test('a new account is shown once and can be opened', async () => {
  for (const width of [360, 1440]) {
    const page = await open('/quan-tri/tai-khoan/them', width);
    const login = `thu${Date.now() % 1e7}.${width}`;
    await page.getByLabel('Tên đăng nhập').fill(login);
    await page.getByLabel('Họ và tên').fill('Bế Thị Thử');
    await page.getByLabel('Chức danh').fill('Chuyên viên');
    await page.getByLabel('Cơ quan').selectOption({ index: 1 });
    await press(page, 'Tạo tài khoản');
    assert.match(await page.locator('main').innerText(), /chỉ hiện một lần/);
    await shoot(page, `admin_credentials-${width}`);
    await fitsWidth(page);
    await axeClean(page);
    await press(page, 'Đã trao, đến tài khoản');
    await shoot(page, `admin_account-${width}`);
    await fitsWidth(page);
    await axeClean(page);
    await page.context().close();
  }
});

test('a day off: preview, save, end', async () => {
  const page = await open('/quan-tri/ngay-nghi?nam=2026');
  await page.getByRole('link', { name: 'Thứ Hai, 23/11/2026' }).click();
  assert.match(await page.locator('main').innerText(), /Chưa xác nhận/);
  await page.goto(`${base}/quan-tri/ngay-nghi?nam=2027`);
  await page.getByLabel('Ngày', { exact: true }).fill('05/05/2027');
  await page.getByLabel('Tên', { exact: true }).fill('Ngày nghỉ thử');
  await page.getByLabel('Văn bản quyết định').fill('Thông báo thử 01/TB');
  await press(page, 'Xem ảnh hưởng');
  assert.match(await page.locator('main').innerText(), /Hạn đã hẹn với người dân được giữ nguyên/);
  await shoot(page, 'admin_calendar_preview-1440');
  await axeClean(page);
  await press(page, 'Thêm ngày vào lịch');
  assert.match(await page.locator('main').innerText(), /Đã lưu vào lịch/);
  await page.getByRole('link', { name: 'Thứ Tư, 05/05/2027' }).click();
  await page.getByLabel('Văn bản quyết định').fill('Thông báo thử 02/TB');
  await press(page, 'Xem ảnh hưởng khi bỏ');
  await press(page, 'Bỏ ngày khỏi lịch');
  assert.equal(await page.getByRole('link', { name: 'Thứ Tư, 05/05/2027' }).filter({ visible: true }).count(), 0);
});

test('a version of a procedure: draft, doubts, publish from tomorrow', async () => {
  const page = await open('/quan-tri/thu-tuc?q=ket+hon');
  await page.locator('main table a').first().click();
  await page.locator('a', { hasText: /Soạn phiên bản mới|Sửa bản đang soạn/ }).click();
  await page.getByLabel('Phí, lệ phí (đồng)').fill('700');
  await press(page, 'Lưu bản soạn');
  assert.match(await page.locator('main').innerText(), /có phải 700.000 đồng không/);
  await shoot(page, 'admin_procedure_draft-1440');
  await axeClean(page);
  await page.getByLabel('Có hiệu lực từ ngày').fill(dayAfter(1));
  await press(page, 'Công bố');
  assert.match(await page.title(), /^Lỗi/);
  await page.locator('a', { hasText: 'Sửa bản đang soạn' }).click();
  await page.getByLabel('Phí, lệ phí (đồng)').fill('0');
  await press(page, 'Lưu bản soạn');
  await page.getByLabel('Có hiệu lực từ ngày').fill(dayAfter(1));
  if (await page.getByLabel('Tôi đã đối chiếu với văn bản gốc').count())
    await page.getByLabel('Tôi đã đối chiếu với văn bản gốc').check();
  await press(page, 'Công bố');
  assert.match(await page.locator('main').innerText(), /Sắp có hiệu lực[^]*Đặng Xuân Hải, ngày/);
  await shoot(page, 'admin_procedure_published-1440');
});

test('an agency gets a name from tomorrow on', async () => {
  const page = await open('/quan-tri/co-quan/13');
  const before_ = await page.locator('h1').innerText();
  await page.getByLabel('Tên đầy đủ').fill('Sở Thử nghiệm');
  await page.getByLabel('Tên viết tắt').fill('STN');
  await page.getByLabel('Tên mới từ ngày').fill(dayAfter(1));
  await page.getByLabel('Quyết định').first().fill('Quyết định thử 01/QĐ');
  await press(page, 'Đổi tên');
  assert.equal(await page.locator('h1').innerText(), before_, 'not before its day');
  assert.match(await page.locator('main').innerText(), /Sở Thử nghiệm/);
});

test('an API token: once seen, used, revoked', async () => {
  const page = await open('/quan-tri/ma-truy-cap');
  await page.getByLabel('Chương trình').fill('Hành trình thử');
  await page.getByLabel('Tên đăng nhập của tài khoản').fill('quantri');
  await page.getByLabel('Dùng đến hết ngày').fill(dayAfter(30));
  await press(page, 'Cấp mã truy cập');
  const token = (await page.locator('.panel.code').innerText()).trim();
  await shoot(page, 'admin_token_made-1440');
  const ask = () => fetch(`${base}/api/v1/admin/tokens`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal((await ask()).status, 200);
  await page.goto(`${base}/quan-tri/ma-truy-cap`);
  await page.locator('summary', { hasText: 'Thu hồi' }).click();
  await press(page, /Thu hồi mã của Hành trình thử/);
  assert.equal((await ask()).status, 401);
});
