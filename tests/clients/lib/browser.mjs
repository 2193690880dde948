// A browser without a screen and without JavaScript: cookies, redirects, and the server's forms filled in as a person would.
import http from 'node:http';
import https from 'node:https';
import { load } from 'cheerio';
import { issuer, world } from './journey.mjs';

const BUTTONS = ['login-submit', 'consent-allow', 'logout-confirm'];
const MOST_STEPS = 25;

export class Browser {
  #cookies = new Map();
  #sites;
  #ports;
  #user;

  /** The ids of the buttons that were pressed, in order. */
  pressed = [];

  /** The URLs that were fetched, in order. */
  seen = [];

  /**
   * @param also origins besides the server's whose pages are fetched; anything else is where a visit ends.
   * @param ports where origins listen that are not at the port which they name.
   */
  constructor({ also = [], ports = {}, user = world.user } = {}) {
    this.#sites = new Set([issuer.origin, ...also]);
    this.#ports = ports;
    this.#user = user;
  }

  /**
   * Goes to a page, or posts an object of fields there, and on, through redirects and forms, until it leaves the known sites or has nothing to press.
   * Left: {url}, with {form} when a page posts itself there. Stayed: {url, status, text, location}.
   */
  async visit(address, fields) {
    const url = new URL(address);
    const form = fields && Object.entries(fields).map(([name, value]) => ({ name, value }));
    let request = form ? { url, method: 'POST', form, from: url, origin: url.origin } : { url, method: 'GET' };
    const pressedBefore = this.pressed.length;
    for (let step = 0; step < MOST_STEPS; step++) {
      if (!this.#sites.has(request.url.origin)) return { url: request.url, form: request.form };

      this.seen.push(request.url);
      const answer = await this.#send(request);
      if (answer.status >= 300 && answer.status < 400 && answer.headers.location) {
        request = { url: new URL(answer.headers.location, request.url), method: 'GET', from: request.url };
        continue;
      }

      const next = this.#press(answer, request.url);
      if (!next) return { url: request.url, status: answer.status, text: textOf(answer.body), body: answer.body };
      if (this.pressed.slice(pressedBefore).filter((id) => id === 'login-submit').length > 1)
        throw new Error(`the login page came back: ${textOf(answer.body)}`);
      // A page that hides its address from others hides it from its own server too: Fetch, "append a request Origin header".
      const origin = /no-referrer\s*$/.test(answer.headers['referrer-policy'] ?? '') ? 'null' : request.url.origin;
      request = { ...next, from: request.url, origin };
    }
    throw new Error(`more than ${MOST_STEPS} steps; at last ${request.method} ${request.url}`);
  }

  /** Visits, and must leave: answers the URL (or the posted form's fields) with which the client's redirect_uri is called. */
  async authorize(address) {
    const end = await this.visit(address);
    if (end.status !== undefined) throw new Error(`expected to be sent back to the client, and stayed at ${end.url.origin}${end.url.pathname} (${end.status}): ${end.text}`);
    return end;
  }

  forget() {
    this.#cookies.clear();
  }

  /** The request that follows from a page: a known button pressed, or a form that posts itself. Null when there is none. */
  #press(answer, at) {
    if (!/^text\/html/.test(answer.headers['content-type'] ?? '')) return null;
    const $ = load(answer.body);
    const id = BUTTONS.find((button) => $(`#${button}`).length > 0);
    if (id) {
      const button = $(`#${id}`);
      const form = button.attr('form') ? $(`#${button.attr('form')}`) : button.closest('form');
      if (form.length === 0) throw new Error(`the button ${id} at ${at.pathname} is in no form`);
      if (id === 'login-submit') {
        if (form.find('input[name=username]').length === 0 || form.find('input[name=password]').length === 0)
          throw new Error(`the form of ${id} at ${at.pathname} lacks the input username or password`);
        form.find('input[name=username]').attr('value', this.#user.email);
        form.find('input[name=password]').attr('value', this.#user.password);
      }
      const fields = form.serializeArray();
      if (button.attr('name')) fields.push({ name: button.attr('name'), value: button.attr('value') ?? '' });
      this.pressed.push(id);
      return submit(fields, button.attr('formaction') ?? form.attr('action'), button.attr('formmethod') ?? form.attr('method'), at);
    }

    const form = $('form');
    const posting = form.length === 1 && form.attr('method')?.toLowerCase() === 'post' && form.find('input:not([type=hidden]), select, textarea').length === 0
      && /\.submit\(\)/.test($('script').text());
    return posting ? submit(form.serializeArray(), form.attr('action'), 'post', at) : null;
  }

  #send({ url, method, form, from, origin }) {
    const body = method === 'POST' ? new URLSearchParams(form.map(({ name, value }) => [name, value])).toString() : undefined;
    const headers = {
      accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8',
      'accept-language': 'en',
      'sec-fetch-dest': 'document',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-site': !from ? 'none' : from.origin === url.origin ? 'same-origin' : from.hostname === url.hostname ? 'same-site' : 'cross-site',
      cookie: this.#cookiesFor(url),
      host: url.host,
    };
    if (!headers.cookie) delete headers.cookie;
    if (body !== undefined) {
      headers['content-type'] = 'application/x-www-form-urlencoded';
      headers['content-length'] = Buffer.byteLength(body);
      headers.origin = origin;
    }
    return new Promise((resolve, reject) => {
      const request = (url.protocol === 'https:' ? https : http).request(url, { method, headers, agent: false, port: this.#ports[url.origin] ?? url.port }, (answer) => {
        const chunks = [];
        answer.on('data', (chunk) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          this.#keep(url, answer.headers['set-cookie'] ?? []);
          resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks).toString() });
        });
      });
      request.on('error', (cause) => reject(new Error(`${method} ${url.origin}${url.pathname} got no answer`, { cause })));
      request.end(body);
    });
  }

  // Cookies belong to a host, whatever its port, as in a real browser.
  #keep(url, lines) {
    for (const line of lines) {
      const [pair, ...attributes] = line.split(';').map((part) => part.trim());
      const name = pair.slice(0, pair.indexOf('='));
      const ended = attributes.some((a) => /^max-age=(0|-\d+)$/i.test(a) || (/^expires=/i.test(a) && new Date(a.slice(8)) <= new Date()));
      const key = `${url.hostname} ${name}`;
      if (ended) this.#cookies.delete(key);
      else this.#cookies.set(key, { pair, secure: attributes.some((a) => /^secure$/i.test(a)) });
    }
  }

  #cookiesFor(url) {
    return [...this.#cookies]
      .filter(([key, { secure }]) => key.startsWith(`${url.hostname} `) && (!secure || url.protocol === 'https:' || url.hostname === 'localhost'))
      .map(([, { pair }]) => pair)
      .join('; ');
  }
}

function submit(fields, action, method, at) {
  const url = new URL(action || at.href, at);
  if (method?.toLowerCase() === 'post') return { url, method: 'POST', form: fields };
  for (const { name, value } of fields) url.searchParams.append(name, value);
  return { url, method: 'GET' };
}

const textOf = (body) => {
  const $ = load(body);
  $('script, style').remove();
  return $.root().text().replace(/\s+/g, ' ').trim().slice(0, 300);
};
