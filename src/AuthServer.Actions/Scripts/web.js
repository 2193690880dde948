// Headers, events and the signals that end a request.
(function ({ use }) {
  const inspected = Symbol.for('nodejs.util.inspect.custom');
  class Headers {
    #values = new Map();
    constructor(init = {}) {
      for (const [name, value] of init[Symbol.iterator] ? init : Object.entries(init)) this.append(name, value);
    }
    get(name) { return this.#values.get(String(name).toLowerCase()) ?? null; }
    has(name) { return this.#values.has(String(name).toLowerCase()); }
    set(name, value) { this.#values.set(String(name).toLowerCase(), String(value)); }
    append(name, value) { this.set(name, this.has(name) ? `${this.get(name)}, ${value}` : value); }
    delete(name) { this.#values.delete(String(name).toLowerCase()); }
    forEach(callback) { this.#values.forEach((value, name) => callback(value, name, this)); }
    keys() { return this.#values.keys(); }
    values() { return this.#values.values(); }
    entries() { return this.#values.entries(); }
    [Symbol.iterator]() { return this.entries(); }
    [inspected](depth, options, inspect) { return use('url').inspectPairs('Headers', this, inspect); }
  }

  const codes = { NotSupportedError: 9, InvalidStateError: 11, SyntaxError: 12, AbortError: 20, TimeoutError: 23,
    DataCloneError: 25 };
  class DOMException extends Error {
    #name;
    constructor(message = '', name = 'Error') {
      super(message);
      this.#name = typeof name === 'object' ? name?.name ?? 'Error' : String(name);
    }
    get name() { return this.#name; }
    get code() { return codes[this.#name] ?? 0; }
  }

  class Event {
    constructor(type, { cancelable = false } = {}) {
      Object.assign(this, { type: String(type), cancelable, defaultPrevented: false, target: null });
    }
    preventDefault() { this.defaultPrevented ||= this.cancelable; }
  }
  class EventTarget {
    #listeners = [];
    addEventListener(type, listener, options) {
      if (!this.#listeners.some((one) => one.type === type && one.listener === listener))
        this.#listeners.push({ type, listener, once: options?.once });
    }
    removeEventListener(type, listener) {
      this.#listeners = this.#listeners.filter((one) => one.type !== type || one.listener !== listener);
    }
    dispatchEvent(event) {
      event.target = this;
      for (const { type, listener, once } of [...this.#listeners]) {
        if (type !== event.type) continue;
        if (once) this.removeEventListener(type, listener);
        if (typeof listener === 'function') listener.call(this, event);
        else listener.handleEvent(event);
      }
      return !event.defaultPrevented;
    }
  }

  const aborted = () => new DOMException('This operation was aborted', 'AbortError');
  const abort = (signal, reason = aborted()) => {
    if (signal.aborted) return;
    Object.assign(signal, { aborted: true, reason });
    const event = new Event('abort');
    signal.onabort?.(event);
    signal.dispatchEvent(event);
  };
  class AbortSignal extends EventTarget {
    aborted = false;
    reason = undefined;
    onabort = null;
    static abort(reason) {
      const signal = new AbortSignal();
      abort(signal, reason);
      return signal;
    }
    static timeout(delay) {
      const signal = new AbortSignal();
      const reason = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
      setTimeout(() => abort(signal, reason), delay);
      return signal;
    }
    static any(signals) {
      const signal = new AbortSignal();
      for (const one of signals) {
        if (one.aborted) abort(signal, one.reason);
        else one.addEventListener('abort', () => abort(signal, one.reason));
      }
      return signal;
    }
    throwIfAborted() { if (this.aborted) throw this.reason; }
  }
  class AbortController {
    signal = new AbortSignal();
    abort(reason) { abort(this.signal, reason); }
  }
  return { Headers, DOMException, Event, EventTarget, AbortSignal, AbortController };
})
