// What a page does better with a script: every page works without it.
'use strict';

// Shows what is in a password field, and says when Caps Lock is on. It is sent as a password again, so that the browser
// keeps it as one, and no spelling checker reads it.
for (const button of document.querySelectorAll('.reveal')) {
  const input = document.getElementById(button.getAttribute('aria-controls'));
  const show = (shown) => {
    input.type = shown ? 'text' : 'password';
    button.setAttribute('aria-pressed', shown);
  };
  input.spellcheck = false;
  input.autocapitalize = 'none';
  button.addEventListener('click', () => show(input.type === 'password'));
  input.form.addEventListener('submit', () => show(false));
  const capsLock = document.createElement('p');
  capsLock.className = 'hint caps-lock';
  capsLock.setAttribute('role', 'status');
  button.closest('.field').append(capsLock);
  const say = (event) => {
    capsLock.textContent = event.getModifierState?.('CapsLock') ? button.dataset.capsLock : '';
  };
  for (const type of ['keydown', 'keyup', 'blur']) input.addEventListener(type, say);
  button.hidden = false;
}

// A form is sent once. An answer may leave the page where it is (an application is opened, a file is saved): the button
// can be pressed again after a while, and when the browser comes back to the page.
const release = (button) => button.removeAttribute('aria-busy');
document.addEventListener('submit', (event) => {
  const { target: form, submitter: button } = event;
  if (form.getAttribute('method') !== 'post' || !button) return;
  if (form.querySelector('[aria-busy]')) return event.preventDefault();
  button.setAttribute('aria-busy', 'true');
  setTimeout(release, 10_000, button);
});
addEventListener('pageshow', () => document.querySelectorAll('form [aria-busy]').forEach(release));

// Copies code and identifiers, where the page brings the button and the browser allows it (https, or this machine).
const copy = navigator.clipboard && document.getElementById('copy')?.content.firstElementChild;
for (const source of copy ? document.querySelectorAll('input.code[readonly], pre code') : []) {
  if (source.value === '') continue;
  const shown = source.closest('pre') ?? source;
  const [holder, button] = [document.createElement('div'), copy.cloneNode(true)];
  const name = (text) => {
    button.setAttribute('aria-label', button.title = text);
    button.classList.toggle('copied', text === button.dataset.done);
  };
  holder.className = 'with-inset';
  shown.replaceWith(holder);
  holder.append(shown, button);
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(source.value ?? source.textContent);
    name(button.dataset.done);
    setTimeout(name, 2_000, copy.title);
  });
}

// On a phone, the row of tabs is wider than the screen.
document.querySelector('.tabs [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });

// Moments in the time zone of the reader, and in their variant of the page's language.
const { lang } = document.documentElement;
const language = navigator.languages.find((known) => known.split('-')[0] === lang) ?? lang;
const formats = {
  day: { dateStyle: 'long' },
  minute: { dateStyle: 'long', timeStyle: 'short' },
  second: { dateStyle: 'medium', timeStyle: 'medium' },
};
for (const time of document.querySelectorAll('time[data-precision]')) {
  const format = new Intl.DateTimeFormat(language, formats[time.dataset.precision]);
  time.title = time.textContent;
  time.textContent = format.format(new Date(time.dateTime));
}
