// The browser and the server under test: one Chromium for a test file, pages at two widths, axe.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { brotliCompressSync } from 'node:zlib';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

export const base = process.env.CHILANG_URL ?? 'http://127.0.0.1:8080';
export const program = process.env.CHILANG_PROGRAM ?? new URL('../../build/chilang', import.meta.url).pathname;
const shots = new URL('./shots/', import.meta.url).pathname;
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export async function openBrowser() {
  mkdirSync(shots, { recursive: true });
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
}

// A page of its own context; `script: false` switches JavaScript off.
export async function openPage(browser, { width = 1440, script = true } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 740 : 900 }, javaScriptEnabled: script, locale: 'vi-VN', bypassCSP: script,
    acceptDownloads: true,
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => assert.fail(`script error on ${page.url()}: ${error.message}`));
  return page;
}

export async function shoot(page, name) {
  await page.screenshot({ path: `${shots}${name}.png`, fullPage: true });
}

// WCAG 2.2 A and AA, no exceptions.
export async function axeClean(page) {
  await page.evaluate(axeSource);
  const result = await page.evaluate(() => window.axe.run(document, {
    runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  }));
  const found = result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 5).join(' | ')}`);
  assert.deepEqual(found, [], `axe on ${page.url()}`);
}

// Nothing may be wider than the window.
export async function fitsWidth(page) {
  const [content, view] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(content <= view, `${page.url()} is ${content} px wide in a window of ${view} px`);
}

// The bytes of a citizens' page as sent: HTML with its inline style, brotli.
export async function pageBytes(path) {
  const html = Buffer.from(await (await fetch(base + path)).arrayBuffer());
  return brotliCompressSync(html).length;
}

export function totp(login) {
  return execFileSync(program, ['totp', login], { encoding: 'utf8' }).trim();
}

// Waits for the next TOTP step when this one was used already: a code is good for one sign-in only.
const used = new Map();
export async function freshTotp(login) {
  for (let i = 0; i < 70; i += 1) {
    const code = totp(login);
    if (used.get(login) !== code) {
      used.set(login, code);
      return code;
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('no fresh TOTP code in 35 s');
}

// The smallest paper that is one.
export const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
