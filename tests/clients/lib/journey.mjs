// What every journey shares: the world it runs in, and how it tells what it found.
import assert from 'node:assert/strict';

if (!process.env.AUTHSERVER_WORLD) {
  console.error('Set AUTHSERVER_WORLD to the JSON that describes the server; README.md here shows how to get it.');
  process.exit(2);
}

export const world = JSON.parse(process.env.AUTHSERVER_WORLD);
export const issuer = new URL(world.issuer);

// The last exchanges that went through fetch, to be shown when a fact fails. The clients don't notice.
const exchanges = [];
const realFetch = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const url = new URL(input?.url ?? input);
  const line = { text: `${init?.method ?? input?.method ?? 'GET'} ${url.origin}${url.pathname}` };
  exchanges.push(line);
  const answer = await realFetch(input, init);
  line.text += ` -> ${answer.status} ${answer.headers.get('content-type') ?? ''}`;
  if (answer.status >= 400) line.text += `\n         ${(await answer.clone().text()).slice(0, 500)}`;
  return answer;
};

/** Prints one checked fact, or what was found instead, and ends the journey at the first that fails. */
export async function fact(sentence, work) {
  const before = exchanges.length;
  try {
    const value = await work();
    console.log(`ok    ${sentence}`);
    return value;
  } catch (error) {
    fail(sentence, error, before);
  }
}

function fail(sentence, error, since) {
  console.log(`FAIL  ${sentence}`);
  for (const line of reasons(error)) console.log(`      ${line}`);
  for (const { text } of exchanges.slice(Math.max(since, exchanges.length - 5))) console.log(`      saw ${text}`);
  process.exit(1);
}

process.on('uncaughtException', (error) => fail('what the next fact needs', error, 0));

/** The work has to fail with this OAuth error code; answers the error. */
export const refused = (sentence, code, work) => fact(sentence, async () => {
  let error;
  try {
    await work();
  } catch (caught) {
    error = caught;
  }
  assert.ok(error, `it succeeded; expected ${code}`);
  const found = [error.error, error.cause?.error, error.cause?.cause?.error, error.cause?.[0]?.parameters?.error, error.cause?.code, error.code].filter((value) => typeof value === 'string');
  if (!found.includes(code)) throw new Error(`expected ${code}, found ${found.join(', ') || error.name}`, { cause: error });
  return error;
});

/** The claims of a JWT, unverified. */
export const claimsOf = (jwt) => {
  assert.equal(typeof jwt, 'string', `expected a token, found ${jwt}`);
  assert.equal(jwt.split('.').length, 3, 'expected a JWT of three parts');
  return JSON.parse(Buffer.from(jwt.split('.')[1], 'base64url').toString());
};

/** Exactly these names, in any order. */
export const hasNames = (object, names) => assert.deepEqual(Object.keys(object).sort(), [...names].sort());

function* reasons(error, depth = 0) {
  if (!error || depth > 4) return;
  if (!(error instanceof Error)) {
    yield `because ${error instanceof Response ? `HTTP ${error.status}` : JSON.stringify(error)}`;
    return;
  }
  const extra = ['error', 'error_description', 'statusCode', 'errorCode', 'body']
    .filter((name) => error[name] !== undefined)
    .map((name) => `${name}=${typeof error[name] === 'string' ? error[name] : JSON.stringify(error[name])}`);
  yield `${depth ? 'because ' : ''}${error.name}: ${error.message} ${extra.join(' ')}`.trimEnd();
  if (depth === 0) {
    const here = error.stack?.split('\n').find((line) => line.includes('/tests/clients/') && !line.includes('node_modules') && !line.includes('/lib/'));
    if (here) yield here.trim();
  }
  yield* reasons(error.cause, depth + 1);
}
