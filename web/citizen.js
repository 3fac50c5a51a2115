// Citizens' pages: drafts on the phone, smaller photos, no double submits. All of it is optional:
// without this file the same forms send the same fields.

/** @typedef {{at: number, fields: [string, string][]}} Draft */

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
  line.append('Đã điền lại những gì bạn khai dở trên máy này. ');
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

document.addEventListener('submit', (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.method !== 'post') return;
  if (form.dataset.sent) return event.preventDefault();
  if (!navigator.onLine && form.dataset.draft) {
    event.preventDefault();
    save(form);
    alert('Máy đang không có mạng. Nội dung đã được giữ trên máy này; hãy nộp lại khi có mạng.');
    return;
  }
  form.dataset.sent = '1';
  setTimeout(() => delete form.dataset.sent, 15000);
});
addEventListener('pageshow', () => document.querySelectorAll('form').forEach((f) => delete f.dataset.sent));

// The page after sending says that the draft is no longer needed: <div data-draft-done="name">.
for (const done of /** @type {HTMLElement[]} */ ([...document.querySelectorAll('[data-draft-done]')])) {
  try { localStorage.removeItem(key(done.dataset.draftDone ?? '')); } catch { /* nothing was kept */ }
}
/** @type {HTMLElement | null} */ (document.querySelector('[data-focus]'))?.focus();
