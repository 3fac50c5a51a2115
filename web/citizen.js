// Citizens' pages: drafts on the phone, dossiers that wait for a network, smaller photos. All of it is
// optional: without this file the same forms send the same fields.

/** @typedef {{at: number, fields: [string, string][]}} Draft */
/** @typedef {{id: string, at: number, name: string, action: string, fields: [string, string][],
 *   files: [string, File][], state: 'waiting' | 'sent' | 'refused', text: string}} Waiting */

const week = 7 * 24 * 3600 * 1000;
const photoEdge = 1600, photoBytes = 300_000;

/** @param {string} name */
const key = (name) => 'draft:' + name;

// ── Drafts: only where the form asks for it, seven days, with a button that wipes ──

/** @param {HTMLFormElement} form @returns {(HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement)[]} */
function kept(form) {
  return /** @type {any[]} */ ([...form.elements]).filter((e) =>
    e.name && !['hidden', 'file', 'password', 'submit', 'button'].includes(e.type) && e.autocomplete !== 'off');
}

/** @param {HTMLFormElement} form */
function save(form) {
  /** @type {[string, string][]} */
  const fields = kept(form)
    .filter((e) => !(e instanceof HTMLInputElement && (e.type === 'radio' || e.type === 'checkbox')) || e.checked)
    .map((e) => [e.name, e.value]);
  try {
    localStorage.setItem(key(form.dataset.draft ?? ''), JSON.stringify({ at: Date.now(), fields }));
  } catch { /* full or forbidden: the form still works */ }
}

/** @param {HTMLFormElement} form */
function restore(form) {
  const name = key(form.dataset.draft ?? '');
  /** @type {Draft | null} */
  let draft = null;
  try { draft = JSON.parse(localStorage.getItem(name) ?? 'null'); } catch { /* as if there were none */ }
  if (!draft || Date.now() - draft.at > week) {
    try { localStorage.removeItem(name); } catch { /* nothing to remove */ }
    return;
  }
  // What the server sent back wins: it may say what is wrong with it.
  if (document.querySelector('.error-summary')) return;
  const left = [...draft.fields];
  let filled = false;
  for (const e of kept(form)) {
    const at = left.findIndex(([n, v]) => n === e.name &&
      (!(e instanceof HTMLInputElement && (e.type === 'radio' || e.type === 'checkbox')) || e.value === v));
    if (at < 0) continue;
    const [[, value]] = /** @type {[[string, string]]} */ (left.splice(at, 1));
    if (e instanceof HTMLInputElement && (e.type === 'radio' || e.type === 'checkbox')) e.checked = true;
    else if (!e.value) e.value = value;
    else continue;
    filled = filled || value !== '';
  }
  if (filled) note(form, name);
}

/** @param {HTMLFormElement} form @param {string} name */
function note(form, name) {
  const line = document.createElement('p');
  line.className = 'draft-note';
  line.setAttribute('role', 'status');
  line.append('Đã điền lại những gì anh/chị khai dở trên máy này. ');
  const wipe = document.createElement('button');
  wipe.type = 'button';
  wipe.className = 'button quiet';
  wipe.textContent = 'Xóa khỏi máy này';
  wipe.addEventListener('click', () => {
    try { localStorage.removeItem(name); } catch { /* nothing was kept */ }
    form.reset();
    line.remove();
  });
  line.append(wipe);
  form.prepend(line);
}

// ── Photos: a phone's 4 MB becomes ≤ 300 kB before it meets a weak cell ──

/** @param {File} file @returns {Promise<File>} */
async function shrink(file) {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size <= photoBytes) return file;
  const image = await createImageBitmap(file);
  const scale = Math.min(1, photoEdge / Math.max(image.width, image.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(image.width * scale);
  canvas.height = Math.round(image.height * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  for (const quality of [0.82, 0.7, 0.55]) {
    /** @type {Blob | null} */
    const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', quality));
    if (blob && (blob.size <= photoBytes || quality === 0.55)) {
      if (blob.size >= file.size) return file;
      return new File([blob], file.name.replace(/\.\w+$/, '') + '.jpg', { type: 'image/jpeg' });
    }
  }
  return file;
}

document.addEventListener('change', async (event) => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || !input.files || input.dataset.shrink === undefined) return;
  try {
    const list = new DataTransfer();
    for (const file of input.files) list.items.add(await shrink(file));
    input.files = list.files;
  } catch { /* the photo goes as it is */ }
});

// ── Dossiers that wait for a network: a list one sees, sent by itself, gone after seven days ──

/** One request to the phone's own store; it keeps nothing but this list.
 * @template T @param {(store: IDBObjectStore) => IDBRequest<T>} ask @returns {Promise<T>} */
function stored(ask) {
  return new Promise((done, fail) => {
    const opening = indexedDB.open('chilang', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('waiting', { keyPath: 'id' });
    opening.onerror = () => fail(opening.error);
    opening.onsuccess = () => {
      const request = ask(opening.result.transaction('waiting', 'readwrite').objectStore('waiting'));
      request.onsuccess = () => { done(request.result); opening.result.close(); };
      request.onerror = () => { fail(request.error); opening.result.close(); };
    };
  });
}

/** @returns {Promise<Waiting[]>} */
async function waiting() {
  /** @type {Waiting[]} */
  const all = await stored((s) => s.getAll());
  const old = all.filter((w) => Date.now() - w.at > week);
  for (const w of old) await stored((s) => s.delete(w.id));
  return all.filter((w) => !old.includes(w));
}

/** @param {HTMLFormElement} form @param {boolean} withFiles */
async function keep(form, withFiles) {
  /** @type {Waiting} */
  const w = { id: '', at: Date.now(), name: document.querySelector('h1')?.textContent ?? '', action: form.action,
    fields: [], files: [], state: 'waiting', text: 'Chờ có mạng để gửi.' };
  for (const [name, value] of new FormData(form)) {
    if (name === 'csrf') continue;
    if (name === 'idempotency') w.id = String(value);
    if (typeof value === 'string') w.fields.push([name, value]);
    else if (withFiles && value.size) w.files.push([name, value]);
  }
  await stored((s) => s.put(w));
}

/** @param {Waiting} w */
async function send(w) {
  const parse = async (/** @type {Response} */ answer) => new DOMParser().parseFromString(await answer.text(), 'text/html');
  const blank = await fetch(w.action);
  const body = new FormData();
  body.set('csrf', /** @type {HTMLInputElement | null} */ ((await parse(blank)).querySelector('[name=csrf]'))?.value ?? '');
  for (const [name, value] of w.fields) body.append(name, value);
  for (const [name, file] of w.files) body.append(name, file, file.name);
  const answer = await fetch(w.action, { method: 'POST', body });
  if (answer.status >= 500) return;
  const page = await parse(answer);
  const codes = [...page.querySelectorAll('.confirmation .code')].map((e) => e.textContent ?? '');
  w.state = codes.length ? 'sent' : 'refused';
  w.text = codes.length ? `Đã gửi. Mã hồ sơ ${codes[0]}, mã bí mật ${codes[1]}: ghi lại rồi xóa khỏi máy.`
    : 'Chưa gửi được: ' + ([...page.querySelectorAll('.error-summary li')].map((e) => e.textContent).join(' ') || 'hãy mở lại và nộp.');
  if (codes.length) w.fields = w.files = [];
  await stored((s) => s.put(w));
  if (codes.length) try { localStorage.removeItem(key('nop-ho-so')); } catch { /* nothing was kept */ }
}

async function sendAll() {
  if (!navigator.onLine) return;
  try {
    const run = async () => {
      for (const w of await waiting()) if (w.state === 'waiting') await send(w);
    };
    await (navigator.locks ? navigator.locks.request('chilang-send', run) : run());
  } catch { /* the network left again: they wait on */ }
  await list();
}

/** @param {string} label @param {() => Promise<unknown>} act */
function small(label, act) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'link';
  button.textContent = label;
  button.addEventListener('click', () => act().then(list, list));
  return button;
}

/** @param {HTMLFormElement} [form] the form that was just kept, with files that may be kept too */
async function list(form) {
  const all = await waiting();
  document.querySelector('.waiting')?.remove();
  if (!all.length) return;
  const section = document.createElement('section');
  section.className = 'waiting panel';
  section.setAttribute('role', 'status');
  const title = document.createElement('h2');
  title.textContent = 'Hồ sơ chờ gửi';
  const items = document.createElement('ul');
  for (const w of all) {
    const item = document.createElement('li');
    const name = document.createElement('strong');
    name.textContent = w.name;
    const text = document.createElement('p');
    text.textContent = w.text + (w.files.length ? ` Kèm ${w.files.length} tệp.` : '');
    item.append(name, text);
    const chosen = form && [...form.querySelectorAll('input[type=file]')].some((i) => /** @type {HTMLInputElement} */ (i).files?.length);
    if (form && chosen && !w.files.length && w.action === form.action) item.append(small('Giữ cả giấy tờ đã chọn', () => keep(form, true)), ' ');
    if (w.state === 'refused') {
      const open = document.createElement('a');
      open.href = w.action;
      open.textContent = 'Mở lại để nộp';
      item.append(open, ' ');
    }
    item.append(small('Xóa khỏi máy này', async () => {
      await stored((s) => s.delete(w.id));
      try { localStorage.removeItem(key('nop-ho-so')); } catch { /* nothing was kept */ }
    }));
    items.append(item);
  }
  section.append(title, items);
  document.querySelector('main')?.prepend(section);
  if (form) section.scrollIntoView();
}

addEventListener('online', sendAll);
if ('indexedDB' in window) sendAll().then(() => list()).catch(() => { /* no store: forms work as without */ });

// ── Sending ──

for (const form of /** @type {HTMLFormElement[]} */ ([...document.querySelectorAll('form')])) {
  if (form.dataset.draft) {
    restore(form);
    let timer = 0;
    form.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(() => save(form), 400);
    });
  }
  // One key a filled-in form: sent twice, written once.
  const once = form.elements.namedItem('idempotency');
  if (once instanceof HTMLInputElement && !once.value) once.value = crypto.randomUUID?.() ?? String(Math.random());
}

// Without a network nothing is sent: this comes before send.js hears of it.
document.addEventListener('submit', (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.method !== 'post' || navigator.onLine || !form.dataset.draft) return;
  event.preventDefault();
  save(form);
  keep(form, false).then(() => list(form), () => alert('Máy không có mạng và không giữ được hồ sơ. Hãy để trang này mở và nộp lại khi có mạng.'));
}, { capture: true });

// The page after sending says that the draft is no longer needed: <div data-draft-done="name">.
for (const done of /** @type {HTMLElement[]} */ ([...document.querySelectorAll('[data-draft-done]')])) {
  try { localStorage.removeItem(key(done.dataset.draftDone ?? '')); } catch { /* nothing was kept */ }
}
/** @type {HTMLElement | null} */ (document.querySelector('[data-focus]'))?.focus();
