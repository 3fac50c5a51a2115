// Sending a form: once, and it is seen. First part of live.js and of citizen.js.

const slowAfter = 6000, givenUpAfter = 60_000;
/** What a button says while nothing is sent. @type {WeakMap<Element, Node[]>} */
const labels = new WeakMap();

// A form whose answer is a file, or opens beside it, leaves its page as it is: <form data-file>.
document.addEventListener('submit', (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.method !== 'post' || form.target || form.dataset.file !== undefined || event.defaultPrevented) return;
  // A second click on "Ký duyệt" must not sign twice.
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = '1';
  const button = event.submitter;
  if (button instanceof HTMLButtonElement) {
    labels.set(button, [...button.childNodes]);
    button.replaceChildren('Đang gửi…');
    button.setAttribute('aria-busy', 'true');
  }
  const timers = [
    setTimeout(() => {
      const line = document.createElement('p');
      line.className = 'hint sending';
      line.setAttribute('role', 'status');
      line.textContent = 'Mạng đang chậm. Xin chờ và đừng đóng trang này.';
      (button ?? form).after(line);
    }, slowAfter),
    setTimeout(() => sendable(form), givenUpAfter)];
  addEventListener('pagehide', () => timers.forEach(clearTimeout), { once: true });
});

/** The form as it was before it was sent. @param {HTMLFormElement} form */
function sendable(form) {
  delete form.dataset.sent;
  form.querySelectorAll('.sending').forEach((line) => line.remove());
  for (const button of form.querySelectorAll('button[aria-busy]')) {
    button.replaceChildren(...labels.get(button) ?? []);
    button.removeAttribute('aria-busy');
  }
}

// Back to a page that the browser kept as it was left.
addEventListener('pageshow', () => document.querySelectorAll('form').forEach(sendable));

