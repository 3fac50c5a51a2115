// Staff's pages: live fragments and figures, keyboard for tables, the rail, dialogs.
// Everything works without this file; it only makes pages quicker to work with.

/** @type {<T extends Element>(selector: string, from?: ParentNode) => T[]} */
const all = (selector, from = document) => [...from.querySelectorAll(/** @type {any} */ (selector))];

/** Where a row of a table leads: its first link.
 * @param {Element | null | undefined} row */
const address = (row) => row?.querySelector('a[href]')?.getAttribute('href') ?? '';

// ── Live: one event stream a page, resumed by the browser with Last-Event-ID ──

/** Fetches anew what shows `source`; at most five times a second, never twice at once.
 * @param {HTMLElement} place */
function refresher(place) {
  let waiting = false, busy = false, again = false, last = 0;
  const run = async () => {
    waiting = false;
    if (busy) { again = true; return; }
    busy = true;
    last = Date.now();
    try {
      const answer = await fetch(place.dataset.src ?? '', { headers: { 'x-fragment': '1' } });
      if (answer.ok && !answer.redirected) replace(place, await answer.text());
    } catch { /* the stream says when we are cut off */ }
    busy = false;
    if (again) { again = false; ask(); }
  };
  const ask = () => {
    if (waiting) return;
    waiting = true;
    setTimeout(run, Math.max(0, 200 - (Date.now() - last)));
  };
  return ask;
}

/** Puts in new content but keeps the focused row and open details; flashes numbers that changed.
 * @param {HTMLElement} place @param {string} html */
function replace(place, html) {
  const before = new Map(all('[data-figure]', place).map((e) => [e.getAttribute('data-figure'), e.textContent]));
  const row = address(document.activeElement?.closest('tr[tabindex]'));
  const inside = place.contains(document.activeElement);
  const open = all('details', place).map((d) => /** @type {HTMLDetailsElement} */ (d).open);
  const fresh = new DOMParser().parseFromString(html, 'text/html').body;
  const same = fresh.querySelector('[data-live][data-src]');
  const content = same && fresh.children.length === 1 ? same : fresh;
  place.replaceChildren(...content.childNodes);
  all('details', place).forEach((d, i) => { /** @type {HTMLDetailsElement} */ (d).open = open[i] ?? false; });
  if (row && inside) {
    const found = all('tr[tabindex]', place).find((r) => address(r) === row);
    /** @type {HTMLElement | undefined} */ (found)?.focus();
  }
  for (const e of all('[data-figure]', place)) {
    const old = before.get(e.getAttribute('data-figure'));
    if (old !== undefined && old !== e.textContent) flash(e);
  }
}

/** @param {Element} element */
function flash(element) {
  element.classList.remove('flash');
  void /** @type {HTMLElement} */ (element).offsetWidth;
  element.classList.add('flash');
  setTimeout(() => element.classList.remove('flash'), 600);
}

/** @param {{id?: unknown, text?: unknown}} figure */
function patch(figure) {
  if (typeof figure.id !== 'string' || typeof figure.text !== 'string') return;
  for (const e of all('[data-figure]')) {
    if (e.getAttribute('data-figure') !== figure.id || e.textContent === figure.text) continue;
    e.textContent = figure.text;
    flash(e);
  }
}

function listen() {
  const stream = document.body.dataset.liveStream;
  const places = /** @type {HTMLElement[]} */ (all('[data-live][data-src]'));
  if (!stream) return;
  /** @type {Map<string, (() => void)[]>} */
  const topics = new Map();
  for (const place of places) {
    const name = place.dataset.live ?? '';
    topics.set(name, [...(topics.get(name) ?? []), refresher(place)]);
  }
  if (all('[data-figure]').length && !topics.has('figures')) topics.set('figures', []);
  if (!topics.size) return;
  const query = [...topics.keys()].map((t) => 'topic=' + encodeURIComponent(t)).join('&');
  const source = new EventSource(stream + (stream.includes('?') ? '&' : '?') + query);
  let cut = 0, connected = false;
  const everything = () => topics.forEach((asks) => asks.forEach((ask) => ask()));
  source.onopen = () => {
    clearTimeout(cut);
    cut = 0;
    document.body.classList.remove('disconnected');
    // Between the page's making and the stream's opening something may have been said.
    if (!connected) everything();
    connected = true;
  };
  source.onerror = () => {
    if (!cut) cut = setTimeout(() => document.body.classList.add('disconnected'), 5000);
    if (source.readyState === EventSource.CLOSED) { source.close(); setTimeout(listen, 5000); }
  };
  source.addEventListener('reset', everything);
  for (const [topic, asks] of topics) {
    source.addEventListener(topic, (event) => {
      try {
        const data = JSON.parse(/** @type {MessageEvent<string>} */ (event).data);
        patch(data);
        for (const figure of Array.isArray(data.figures) ? data.figures : []) patch(figure);
      } catch { /* not a figure: the fragment is fetched anyway */ }
      asks.forEach((ask) => ask());
    });
  }
}

// ── Keyboard ──

/** @param {number} step */
function move(step) {
  const rows = /** @type {HTMLElement[]} */ (all('table[data-rows] tr[tabindex]'));
  if (!rows.length) return false;
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: 'nearest' });
  return true;
}

/** @param {string} id */
function show(id) {
  const dialog = document.getElementById(id);
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}

document.addEventListener('keydown', (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (target.closest('input, textarea, select, [contenteditable]')) {
    if (event.key === 'Escape') target.blur();
    return;
  }
  if (document.querySelector('dialog[open]')) return;
  const row = target.closest('tr[tabindex]');
  let done = true;
  if (event.key === 'ArrowDown' || event.key === 'j') done = move(1);
  else if (event.key === 'ArrowUp' || event.key === 'k') done = move(-1);
  else if (event.key === 'Enter' && row && target === row) location.href = address(row);
  else if (event.key === 'x' && row) /** @type {HTMLElement | null} */ (row.querySelector('input[type=checkbox]'))?.click();
  else if (event.key === '/') /** @type {HTMLElement | null} */ (document.querySelector('[data-search]'))?.focus();
  else if (event.key === '?') show('keys');
  else done = false;
  if (done) event.preventDefault();
});

document.addEventListener('click', (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  const opener = /** @type {HTMLElement | null} */ (target.closest('[data-dialog]'));
  if (opener) return show(opener.dataset.dialog ?? '');
  if (target.closest('[data-print]')) return window.print();
  const row = target.closest('tr[tabindex]');
  if (row && !target.closest('a, input, button, label') && !String(getSelection())) {
    location.href = address(row);
  }
});

// ── Choices that are remembered on this machine ──

/** @param {string} name @param {string} button */
function choice(name, button) {
  const set = (/** @type {boolean} */ on) => {
    document.documentElement.classList.toggle(name, on);
    all(button).forEach((b) => b.setAttribute('aria-pressed', String(on)));
  };
  let on = false;
  try { on = localStorage.getItem(name) === '1'; } catch { /* storage may be off */ }
  set(on);
  for (const b of all(button)) {
    /** @type {HTMLElement} */ (b).hidden = false;
    b.addEventListener('click', () => {
      on = !on;
      set(on);
      try { localStorage.setItem(name, on ? '1' : '0'); } catch { /* remembered until the page is left */ }
    });
  }
}

choice('rail-narrow', '[data-rail]');
choice('dense', '[data-density]');
all('[data-tools]').forEach((e) => { /** @type {HTMLElement} */ (e).hidden = false; });
// On a phone the row of tabs is wider than the page: the present one comes into sight.
document.querySelector('.tabs [aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
/** @type {HTMLElement | null} */ (document.querySelector('[data-focus]'))?.focus();
listen();
