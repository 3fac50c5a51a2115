// Bar: a step that another client takes is seen in an open page, p99 within 500 ms of its commit.
//
// A browser holds a page with the number of received dossiers open, signed in as a leader of the
// province. A one-stop officer's client accepts dossiers (submitted beforehand by citizens, untimed)
// at a steady rate through the API; each answer comes after the commit. A MutationObserver in the
// page notes when the number in the DOM changes and to what. The n-th acknowledged step is seen when
// the number has grown by n: counting, not naming, since the page shows a count.
//   live.mjs URL PROGRAM [steps a second] [seconds]        prints: name value unit bar met
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { createRequire } from 'node:module';

const { chromium } = createRequire(new URL('../tests/journeys/', import.meta.url))('playwright-core');
const [base, program, rate = '100', seconds = '15'] = process.argv.slice(2);
const steps = Number(rate) * Number(seconds);
const procedure = '1.001193', agency = 'H37.22.04';  // registering a birth, at the officer's own ward
const password = 'xu-lang-hoa-hoi';                // of every demonstration account
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const number = (text) => Number(String(text).replaceAll('.', ''));
let failed = false;

function line(name, value, unit, bar = '-', met = null) {
  failed ||= met === false;
  console.log(`${name} ${value} ${unit} ${bar} ${met === null ? '-' : met ? 'yes' : 'NO'}`);
}

// The answer and when its last byte was here.
function post(path, body, headers = {}) {
  return new Promise((done, fail) => {
    const sent = request(base + path, { agent, method: 'POST', headers: { 'content-type': 'application/json', ...headers } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part) => { text += part; });
      answer.on('end', () => {
        if (answer.statusCode >= 300) return fail(new Error(`${path}: ${answer.statusCode} ${text.slice(0, 300)}`));
        done({ at: Date.now(), body: JSON.parse(text) });
      });
    });
    sent.on('error', fail);
    sent.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
}

async function signIn(browser, login) {
  const page = await (await browser.newContext({ locale: 'vi-VN', bypassCSP: true })).newPage();
  await page.goto(`${base}/dang-nhap`);
  await page.getByLabel('Tên đăng nhập').fill(login);
  await page.getByLabel('Mật khẩu').fill(password);
  await page.getByRole('button', { name: 'Tiếp tục' }).click();
  // A code is good for one sign-in only: another bench may just have used this one.
  for (let tries = 0; tries < 20 && page.url().includes('dang-nhap'); tries += 1) {
    await page.locator('input[inputmode=numeric]').first().fill(execFileSync(program, ['totp', login], { encoding: 'utf8' }).trim());
    await page.locator('main form button').first().click();
    await page.waitForURL((url) => !url.pathname.startsWith('/dang-nhap'), { timeout: 3000 }).catch(() => {});
  }
  if (page.url().includes('dang-nhap')) throw new Error(`${login} could not sign in`);
  return page;
}

// A submission with a file for each of the two papers that the procedure asks for.
const pdf = '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n';
function submit(applicant) {
  const part = (head, body) => `--paper\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`;
  const files = [1, 2].map((n) => part(`name="component_${n}"; filename="giay.pdf"`, pdf));
  return post('/api/v1/dossiers', part('name="dossier"', JSON.stringify({ procedure, agency, applicant })) + files.join('') + '--paper--\r\n',
    { 'content-type': 'multipart/form-data; boundary=paper', 'idempotency-key': randomUUID() });
}

async function submitted(count) {
  const ids = [];
  while (ids.length < count) {
    const some = Array.from({ length: Math.min(64, count - ids.length) }, () => submit({ name: 'Nông Thị Thử', phone: '0912345678' }));
    for (const answer of await Promise.all(some)) ids.push(answer.body.id);
  }
  return ids;
}

// Takes the steps on time, whatever the answers do; gives back when each was acknowledged.
async function accepted(ids, headers) {
  const begin = Date.now(), waiting = [];
  for (let i = 0; i < ids.length; i += 1) {
    const early = begin + (i * 1000) / Number(rate) - Date.now();
    if (early > 0) await wait(early);
    waiting.push(post(`/api/v1/dossiers/${ids[i]}/actions`, { action: 'accept' }, headers));
  }
  return (await Promise.all(waiting)).map((answer) => answer.at).sort((a, b) => a - b);
}

async function measure(name, page, path, selector, headers) {
  const ids = await submitted(steps);
  await page.goto(base + path);
  await page.locator(selector).first().waitFor();
  await wait(2000);
  const start = number(await page.locator(selector).first().textContent());
  await page.evaluate((where) => {
    window.seen = [];
    new MutationObserver(() => {
      const text = document.querySelector(where)?.textContent ?? '';
      if (text !== window.seen.at(-1)?.text) window.seen.push({ text, at: Date.now() });
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  }, selector);
  const begin = Date.now();
  const acks = await accepted(ids, headers);
  const took = (Date.now() - begin) / 1000;
  await wait(3000);
  const seen = (await page.evaluate(() => window.seen)).map((s) => ({ grown: number(s.text) - start, at: s.at }));
  const late = acks.map((at, i) => Math.max(0, (seen.find((s) => s.grown >= i + 1)?.at ?? Infinity) - at)).sort((a, b) => a - b);
  const p = (share) => late[Math.min(late.length - 1, Math.floor(late.length * share))];
  line(`live_${name}_steps`, (steps / took).toFixed(1), 'steps/s', rate, steps / took >= Number(rate) * 0.95);
  line(`live_${name}_unseen`, late.filter((ms) => ms === Infinity).length, 'steps', 0, late.at(-1) !== Infinity);
  line(`live_${name}_changes`, seen.length, 'changes');
  line(`live_${name}_p50`, p(0.5), 'ms');
  line(`live_${name}_p99`, p(0.99), 'ms', 500, p(0.99) <= 500);
  line(`live_${name}_worst`, late.at(-1), 'ms');
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
try {
  const officer = await signIn(browser, 'motcua');
  await officer.goto(`${base}/viec`);
  const headers = {
    cookie: (await officer.context().cookies()).map((c) => `${c.name}=${c.value}`).join('; '),
    'x-csrf-token': await officer.locator('input[name=csrf]').first().inputValue(),
  };
  const leader = await signIn(browser, 'tinh');
  const period = 'from=2023-01-01&to=2030-12-31';  // the demonstration has a time of its own
  await measure('figure', leader, `/so-lieu/dossiers_received?${period}`, '.figure-number [data-figure]', headers);
  await measure('board', leader, `/dieu-hanh?${period}`, '.figure:has(a[href^="/so-lieu/dossiers_received"]) [data-figure]', headers);
} finally {
  await browser.close();
  agent.destroy();
}
process.exit(failed ? 1 : 0);
