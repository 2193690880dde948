using System.Text.Json.Nodes;
using AuthServer.Actions.Messages;

namespace AuthServer.Web.Tests.Actions;

/// <summary>Common Actions behave as on Node.js.</summary>
public sealed class IdiomTests(ActionPoolFixture actions) : IClassFixture<ActionPoolFixture>
{
    public static TheoryData<string> Names => [.. ActionScripts.Idioms.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_idiom_gives_the_commands_that_Node_gives(string name)
    {
        var result = await actions.RunAsync(ActionScripts.Idioms[name]);

        Assert.Null(result.Error);
        var expected = JsonNode.Parse(ActionScripts.Expected[name]);
        var actual = JsonNode.Parse(result.Commands.GetRawText());
        Assert.True(JsonNode.DeepEquals(expected, actual), $"{actual}\ninstead of\n{expected}");
    }

    [Fact]
    public async Task The_documented_Action_runs_as_it_stands()
    {
        var result = await actions.RunAsync(ActionScripts.Documented);

        Assert.Null(result.Error);
        Assert.Equal(7, result.Commands.GetArrayLength());
        Assert.Equal("removeScope", result.Commands[6][0].GetString()!.Split('.')[1]);
    }

    [Theory]
    [InlineData("const axios = require('axios');", "(await axios.post('https://api.example/', { a: 1 })).data.method")]
    [InlineData(
        "const axios = require('axios').create({ baseURL: 'https://api.example' });",
        "(await axios.request({ url: '/x', method: 'post' })).data.method")]
    [InlineData(
        "const fetch = require('node-fetch');",
        "(await (await fetch('https://api.example/', { method: 'POST', body: 'x' })).json()).method")]
    public async Task Requests_go_through_the_server(string head, string call)
    {
        var result = await actions.RunAsync(
            $$"""
            {{head}}
            exports.onExecutePostLogin = async (event, api) => { api.idToken.setCustomClaim('m', {{call}}); };
            """);

        Assert.Null(result.Error);
        Assert.Equal("POST", result.Commands[0][2].GetString());
    }

    [Theory]
    [InlineData(
        "fetch('http://refused.example/')",
        "TypeError: fetch failed, undefined, ECONNREFUSED: connect ECONNREFUSED refused.example")]
    [InlineData("fetch('nonsense')", "TypeError: Failed to parse URL from nonsense, undefined, -")]
    [InlineData(
        "fetch('https://a.example/', { signal: AbortSignal.abort() })",
        "AbortError: This operation was aborted, 20, -")]
    [InlineData(
        "require('axios').get('http://refused.example/')",
        "AxiosError: connect ECONNREFUSED refused.example, ECONNREFUSED, -")]
    [InlineData(
        "require('axios').post('https://a.example/missing', {})",
        "AxiosError: Request failed with status code 404, ERR_BAD_REQUEST, 404 Not Found")]
    [InlineData("require('fs')", "Error: Cannot find module 'fs', MODULE_NOT_FOUND, -")]
    public async Task What_fails_can_be_caught_and_says_why_and_where(string call, string expected)
    {
        var result = await actions.RunAsync(
            $$"""
            exports.onExecutePostLogin = async (event, api) => { let error;
              try { await
                    {{call}};
              } catch (e) { error = e; }
              const { code, response, cause } = error;
              const why = response ? `${response.status} ${response.statusText}`
                : code === undefined && cause ? `${cause.code}: ${cause.message}` : '-';
              api.idToken.setCustomClaim('e', `${error.name}: ${error.message}, ${code}, ${why}`);
              throw error;
            };
            """);

        Assert.Equal(expected, result.Commands[0][2].GetString());
        Assert.StartsWith("action:3:", result.Error?.Place, StringComparison.Ordinal);
    }

    /// <summary>Each is what Node.js 22 gives.</summary>
    [Theory]
    [InlineData("await new Request('https://a.example', { method: 'post', body: 'x' }).text()", "x")]
    [InlineData("Response.json({ a: 1 }).headers.get('content-type')", "application/json")]
    [InlineData("(await fetch('https://a.example/x')).url + (await fetch('https://a.example')).statusText",
        "https://a.example/xOK")]
    [InlineData(
        "((f) => (f.append('a', '1'), f.append('b', new Blob(['xy']), 'n'), [...f.keys()] + f.get('b').size))"
            + "(new FormData())",
        "a,b2")]
    [InlineData("AbortSignal.any([AbortSignal.abort(new DOMException('m', 'AbortError'))]).reason.code", "20")]
    [InlineData("((t) => (t.addEventListener('x', (e) => e.preventDefault()),"
        + " t.dispatchEvent(new Event('x', { cancelable: true }))))(new EventTarget())", "false")]
    [InlineData("(await axios.get('/', { params: { o: { x: 1 }, a: [1], d: new Date(0), n: null } })).data.url",
        "https://d.example/?o%5Bx%5D=1&a%5B%5D=1&d=1970-01-01T00%3A00%3A00.000Z")]
    [InlineData("(await axios.get('/')).data.headers.authorization", "Bearer t")]
    [InlineData("(await axios.get('/')).data.headers['x-intercepted']", "1")]
    [InlineData("(await axios.postForm('/', { a: { b: 1 } })).data.body.split('\\r\\n').slice(1, 4).join('|')",
        "Content-Disposition: form-data; name=\"a[b]\"||1")]
    [InlineData("await ((s) => (s.cancel('stop'), axios.get('/', { cancelToken: s.token }).catch((e) => isCancel(e)"
        + " + e.message)))(CancelToken.source())", "truestop")]
    [InlineData("(await all([1, 2]).then(spread((a, b) => a + b)))", "3")]
    [InlineData("qs.stringify({ a: { b: [1, 'x y'] } })", "a%5Bb%5D%5B0%5D=1&a%5Bb%5D%5B1%5D=x%20y")]
    [InlineData("qs.stringify({ a: 1 }, null) + qs.parse('b=2', null).b", "a=12")]
    [InlineData("qs.stringify(null) + qs.stringify([1]) + JSON.stringify(qs.parse(undefined))", "0=1{}")]
    [InlineData("crypto.scryptSync('a', 'b', 4, null).toString('hex')", "87c5081b")]
    [InlineData("crypto.createCipheriv('aes-256-cbc', Buffer.alloc(32), Buffer.alloc(16), null).final('hex')",
        "1f788fe6d86c317549697fbf0c07fa43")]
    [InlineData("JSON.stringify(qs.parse('a[b]=1&c[]=2&c[]=3&d=4&d=5&__proto__[x]=6'))",
        "{\"a\":{\"b\":\"1\"},\"c\":[\"2\",\"3\"],\"d\":[\"4\",\"5\"]}")]
    [InlineData("JSON.stringify(qs.parse('a=1&a[b]=2&c[b]=2&c=1&d[b]=2&d[]=1&e[1]=1&e[0]=2&f[20]=1'))",
        "{\"a\":[\"1\",{\"b\":\"2\"}],\"c\":[{\"b\":\"2\"},\"1\"],\"d\":{\"0\":\"1\",\"b\":\"2\"},\"e\":[\"2\",\"1\"],"
            + "\"f\":{\"20\":\"1\"}}")]
    [InlineData("JSON.stringify(qs.parse('a[b][c][d][e][f][g]=1&h[[i=%ff+&toString[j]=1&k[l=m]=n'))",
        "{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":{\"f\":{\"[g]\":\"1\"}}}}}},\"h\":{\"[[i\":\"%ff \"},"
            + "\"k\":{\"l=m\":\"n\"}}")]
    [InlineData("Object.keys(qs.parse('a[]=1&'.repeat(21)).a).length + JSON.stringify(qs.parse('a[0][b]=1&a[0][c]=2'))",
        "21{\"a\":[{\"b\":\"1\",\"c\":\"2\"}]}")]
    [InlineData("encrypt('aes-256-gcm', 12, (c) => c.getAuthTag().toString('hex'))",
        "6f1562252638 5ef645232e72e6fde896019ade86cb98 hëllo")]
    [InlineData("encrypt('aes-256-gcm', 16, (c) => c.getAuthTag().toString('hex'))",
        "18f53c26b3ae 982888111df0b5a90e4751ad2eb2c487 hëllo")]
    [InlineData("((c) => (c.setAAD(Buffer.from('aad')).update('hëllo'), c.final('hex') + c.getAuthTag()"
        + ".toString('hex')))(crypto.createCipheriv('aes-256-gcm', Buffer.alloc(32, 1), Buffer.alloc(1, 2)))",
        "90ca4249718d4204ea3511fd614e3290e6223e1a6981")]
    [InlineData("encrypt('aes-256-cbc', 16, () => '')", "0c4a796e0d044786835be0ee7a0b5b53  hëllo")]
    [InlineData("(await axios.postForm('/', { f: new Blob(['hello']) })).data.body.includes('filename=\"blob\"')",
        "true")]
    [InlineData("(await axios.post('/', { a: 1, n: null }, { headers: { 'content-type':"
        + " 'application/x-www-form-urlencoded' } })).data.body", "a=1")]
    [InlineData("require('jsonwebtoken').decode(require('jsonwebtoken').sign('61', 'k', { encoding: 'hex' }))", "a")]
    [InlineData("((p) => (require('jsonwebtoken').sign(p, 'k', { mutatePayload: true, issuer: 'i' }), p.iss))({})",
        "i")]
    [InlineData("crypto.pbkdf2Sync('p', 's', 100000, 32, 'sha256').length", "32")]
    [InlineData("crypto.pbkdf2Sync('p', 's', 1000, 20, 'sha256').toString('hex')",
        "07f5f5e23e40846c35c4c7bbc8244ee25ed607c7")]
    [InlineData("crypto.scryptSync('p', 's', 64).toString('hex')",
        "4329787752e75d1de359a05806e492d4f2062fa48c50403a9cbc5db3712328c7"
            + "dd5452e196f9dc0fbff89c9ff06969ccd709ae9338b124844b318f31c970b070")]
    [InlineData("(await require('util').promisify(crypto.scrypt)('p', 's', 32, { cost: 512, blockSize: 4,"
        + " parallelization: 2 })).toString('hex')",
        "c9937d4c6e17e1d2eedc4c771926fc144d2b66eaf928dd4e4e5ba284037f0260")]
    [InlineData("crypto.getHashes().includes('sha256') + __dirname + __filename", "true//action.js")]
    public async Task The_runtime_has_it_as_Node(string expression, string expected)
    {
        var result = await actions.RunAsync(
            $$"""
            const crypto = require('crypto');
            const qs = require('qs');
            const { all, spread, CancelToken, isCancel } = require('axios');
            const axios = require('axios').create({ baseURL: 'https://d.example' });
            axios.defaults.headers.common.Authorization = 'Bearer t';
            axios.interceptors.request.use((config) => { config.headers['X-Intercepted'] = '1'; return config; });
            const encrypt = (name, size, tag) => {
              const [key, iv] = [Buffer.alloc(32, 1), Buffer.alloc(size, 2)];
              const cipher = crypto.createCipheriv(name, key, iv);
              const text = cipher.update('hëllo', 'utf8', 'hex') + cipher.final('hex');
              const decipher = crypto.createDecipheriv(name, key, iv);
              if (tag(cipher)) decipher.setAuthTag(Buffer.from(tag(cipher), 'hex'));
              return `${text} ${tag(cipher)} ${decipher.update(text, 'hex', 'utf8') + decipher.final('utf8')}`;
            };
            exports.onExecutePostLogin = async (event, api) => {
              api.idToken.setCustomClaim('v', String({{expression}}));
            };
            """);

        Assert.Null(result.Error);
        Assert.Equal(expected, result.Commands[0][2].GetString());
    }

    [Theory]
    [InlineData("const d = crypto.createDecipheriv('aes-256-gcm', Buffer.alloc(32), Buffer.alloc(12));"
        + " d.setAuthTag(Buffer.alloc(16)).update('00', 'hex'); d.final()",
        "Unsupported state or unable to authenticate data")]
    [InlineData("crypto.createDecipheriv('aes-256-gcm', Buffer.alloc(32), Buffer.alloc(12))"
        + ".setAuthTag(Buffer.alloc(4)).final()", "Invalid authentication tag length")]
    [InlineData("crypto.pbkdf2Sync('p', 's', 100000, 33, 'sha256')", "A derived key may need 100000 iterations")]
    [InlineData("const d = crypto.createDecipheriv('aes-256-gcm', Buffer.alloc(32), Buffer.alloc(16));"
        + " d.setAuthTag(Buffer.alloc(16)).update('00', 'hex'); d.final()",
        "Unsupported state or unable to authenticate data")]
    [InlineData("crypto.scryptSync('p', 's', 32, { N: 32768 })", "Invalid scrypt params: memory limit exceeded")]
    [InlineData("crypto.scryptSync('p', 's', 32, { N: 1000 })", "Invalid scrypt params")]
    [InlineData("for (const cost of [16, 16384]) crypto.scryptSync('p', 's', 32, { cost })",
        "scrypt may have a cost (N * r * p) of 131072 in an Action")]
    [InlineData("require('qs').parse('a[30]=1&a=2')", "qs: a list of more than 20 items must be written in one way")]
    [InlineData("require('qs').stringify({}, { delimiter: ';' })", "qs: the option delimiter is not available")]
    [InlineData(
        "crypto.createCipheriv('aes-256-gcm', Buffer.alloc(32), Buffer.alloc(12), { authTagLength: 12 })",
        "The authTagLength must be 16")]
    [InlineData("await import('axios')",
        "import('axios') is not available on this server: use require('axios')")]
    public async Task A_call_that_is_not_possible_says_so(string call, string message)
    {
        var result = await actions.RunAsync(
            $$"""
            const crypto = require('crypto');
            exports.onExecutePostLogin = async (event, api) => { {{call}}; };
            """);

        Assert.Equal(message, result.Error?.Message);
    }

    [Theory]
    [InlineData("exports.onExecutePostLogin = async function* (event, api) { api.access.deny('no'); };")]
    [InlineData("exports.onExecutePostLogin = function* (event, api) { api.access.deny('no'); };")]
    [InlineData("async function* deny() {} exports.onExecutePostLogin = (event, api) => deny();")]
    public async Task A_generator_that_nothing_would_execute_fails_its_Action(string code)
    {
        var result = await actions.RunAsync(code);

        Assert.Equal("Invalid function signature for the handler onExecutePostLogin", result.Error?.Message);
    }

    /// <summary>The messages are those of jsonwebtoken 9.</summary>
    [Theory]
    [InlineData(
        "jwt.sign({ exp: 1 }, 'k', { expiresIn: '1h' })",
        "Bad \"options.expiresIn\" option the payload already has an \"exp\" property.")]
    [InlineData(
        "jwt.sign({ aud: 'a' }, 'k', { audience: 'b' })",
        "Bad \"options.audience\" option. The payload already has an \"aud\" property.")]
    [InlineData(
        "jwt.sign({}, 'k', { expiresIn: undefined })",
        "\"expiresIn\" should be a number of seconds or string representing a timespan")]
    [InlineData("jwt.sign({}, 'k', { issuer: ['i'] })", "\"issuer\" must be a string")]
    [InlineData("jwt.sign({}, 'k', { expires: 1 })", "\"expires\" is not allowed in \"options\"")]
    [InlineData("jwt.sign({ exp: 'soon' }, 'k')", "\"exp\" should be a number of seconds")]
    [InlineData("jwt.sign({}, 'k', { allowInsecureKeySizes: true })", "\"allowInsecureKeySizes\" must be false")]
    [InlineData(
        "jwt.sign({}, 'k', { allowInvalidAsymmetricKeyTypes: true })",
        "\"allowInvalidAsymmetricKeyTypes\" must be false")]
    [InlineData("jwt.sign('text', 'k', { subject: 's' })", "invalid subject option for string payload")]
    [InlineData("jwt.verify(token, 'k', { nonce: 'other' })", "jwt nonce invalid. expected: other")]
    [InlineData("jwt.verify(token, 'k', { issuer: ['a', 'b'] })", "jwt issuer invalid. expected: a,b")]
    [InlineData("jwt.verify(token, 'k', { subject: ['s'] })", "jwt subject invalid. expected: s")]
    [InlineData("jwt.verify(token, 'k', { audience: ['b', /c/] })", "jwt audience invalid. expected: b or /c/")]
    [InlineData("jwt.verify(token, 'k', { audience: /^a/, issuer: ['i'], subject: 's', nonce: 'n' })", "")]
    [InlineData("jwt.verify(token, 'k', { maxAge: '1h' })", "iat required when maxAge is specified")]
    [InlineData("jwt.verify(jwt.sign({ nbf: 1 }, 'k'), 'x')", "invalid signature")]
    public async Task Jsonwebtoken_refuses_what_it_refuses_on_Node(string call, string message)
    {
        var result = await actions.RunAsync(
            $$"""
            const jwt = require('jsonwebtoken');
            const token = jwt.sign({ nonce: 'n' }, 'k',
              { audience: ['a', 'x'], issuer: 'i', subject: 's', noTimestamp: true });
            exports.onExecutePostLogin = async (event, api) => { {{call}}; };
            """);

        Assert.Equal(message, result.Error?.Message ?? "");
    }

    [Fact]
    public async Task A_key_is_found_by_the_header_of_the_token()
    {
        var result = await actions.RunAsync(
            """
            const jwt = require('jsonwebtoken');
            const { promisify } = require('util');
            exports.onExecutePostLogin = async (event, api) => {
              const token = jwt.sign({ a: 1 }, 'secret', { keyid: '7' });
              const find = (header, done) => done(header.kid === '7' ? null : new Error('unknown'), 'secret');
              api.idToken.setCustomClaim('a', (await promisify(jwt.verify)(token, find, {})).a);
              const other = jwt.sign({ a: 1 }, 'secret', { keyid: '8' });
              await promisify(jwt.verify)(other, find, {}).catch((e) => api.idToken.setCustomClaim('e', e.message));
            };
            """);

        Assert.Null(result.Error);
        Assert.Equal(1, result.Commands[0][2].GetInt32());
        Assert.Equal("error in secret or public key callback: unknown", result.Commands[1][2].GetString());
    }

    [Theory]
    [InlineData("api.multifactor.enable('any')", "api.multifactor.enable is not available on this server")]
    [InlineData(
        "api.authentication.challengeWith({ type: 'otp' })",
        "api.authentication.challengeWith is not available on this server")]
    [InlineData("api.idToken.setCustomClaim('scope', 1)", "The claim scope is changed by addScope and removeScope")]
    [InlineData("api.accessToken.addScope('a b')", "The scope is not valid")]
    [InlineData("throw new Error('no')", "no")]
    [InlineData("throw { message: 'plain' }", "plain")]
    [InlineData("throw 'text'", "text")]
    [InlineData(
        "api.redirect.sendUserTo('javascript:alert(1)')",
        "The URL of api.redirect.sendUserTo must begin with https:// or http://")]
    [InlineData("require('fs')", "Cannot find module 'fs'")]
    [InlineData("await new Promise(() => {})", "The Action awaits a promise that nothing settles.")]
    public async Task A_failure_names_its_reason(string statement, string message)
    {
        var result = await actions.RunAsync($"exports.onExecutePostLogin = async (event, api) => {{ {statement}; }};");

        Assert.Equal(message, result.Error?.Message);
    }

    [Fact]
    public async Task The_console_is_bounded_and_shows_no_secrets()
    {
        var result = await actions.RunAsync(
            """
            exports.onExecutePostLogin = async (event) => {
              console.log(event.secrets.KEY.length, event);
              for (let i = 0; i < 500; i++) console.log('x'.repeat(1000));
            };
            """);

        Assert.Equal(100, result.Lines.Count);
        Assert.Equal("402 more lines", result.Lines[99]);
        Assert.All(result.Lines, line => Assert.True(line.Length <= 256));
        Assert.DoesNotContain("KEY", result.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_console_shows_values_as_Node_does()
    {
        var result = await actions.RunAsync(
            """
            const failed = () => { throw new TypeError('bad'); };
            exports.onExecutePostLogin = async () => {
              const cyclic = { list: [1n, -0, 'it\'s', undefined] };
              cyclic.self = cyclic;
              console.log(cyclic, { a: { b: { c: {} } } }, Object.create(null));
              console.log(new Map([['a', { b: 1 }]]), new Set([/x/g]), new URLSearchParams('a=1'), [new Date(0)]);
              console.log('%s is %d%%', 'it', 5, Buffer.from('ab'), () => {}, new (class Own { a = 1 })());
              console.log({ e: Object.assign(new RangeError('inner'), { code: 'C' }) });
              try { failed(); } catch (error) { console.log(error.stack); }
            };
            """);

        Assert.Null(result.Error);
        Assert.Equal(
            [
                "{ list: [ 1n, -0, \"it's\", undefined ], self: [Circular] } { a: { b: { c: {} } } } "
                    + "[Object: null prototype] {}",
                "Map(1) { 'a' => { b: 1 } } Set(1) { /x/g } URLSearchParams { 'a' => '1' } "
                    + "[ 1970-01-01T00:00:00.000Z ]",
                "it is 5% <Buffer 61 62> [Function (anonymous)] Own { a: 1 }",
                "{ e: RangeError: inner\n    at call (action:8:34) { code: 'C' } }",
            ],
            result.Lines.Take(4));
        Assert.StartsWith("TypeError: bad\n    at failed (action:1:", result.Lines[4], StringComparison.Ordinal);
        Assert.DoesNotContain("realm", result.Lines[4], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_fails_while_the_code_is_loaded_has_its_place_and_its_lines()
    {
        var result = await actions.RunAsync("console.log('before');\nthrow { name: 'Own', message: 'at once' };");

        Assert.Equal(("Own", "at once"), (result.Error?.Id, result.Error?.Message));
        Assert.Equal("before", Assert.Single(result.Lines));
        Assert.Equal("action:2:1", (await actions.RunAsync("\nrequire('fs');")).Error?.Place);
    }

    [Fact]
    public async Task A_text_that_is_cut_within_a_surrogate_pair_stays_readable()
    {
        var result = await actions.RunAsync(
            """
            exports.onExecutePostLogin = async () => {
              console.log('x'.repeat(255) + '😀');
              throw new Error('y'.repeat(1023) + '😀');
            };
            """);

        Assert.Equal(new string('x', 255) + '\uFFFD', Assert.Single(result.Lines));
        Assert.Equal(new string('y', 1023) + '\uFFFD', result.Error?.Message);
    }

    [Theory]
    [InlineData("api.user.setAppMetadata('\\ud83d', 1)")]
    [InlineData("api.user.setAppMetadata('key', '\\ud83d')")]
    [InlineData("api.idToken.setCustomClaim('key', '\\0')")]
    [InlineData("let v = 1; for (let i = 0; i < 16; i++) v = [v]; api.user.setUserMetadata('key', v)")]
    public async Task A_value_that_can_t_be_stored_fails_its_Action_and_not_the_process(string statement)
    {
        var result = await actions.RunAsync(
            $"exports.onExecutePostLogin = async (event, api) => {{ {statement}; }};");

        Assert.Equal("A value is nested too deeply, or has text that can't be stored.", result.Error?.Message);
        Assert.Equal(0, result.Commands.GetArrayLength());
    }

    [Fact]
    public async Task Actions_run_in_order_and_see_what_was_set_before()
    {
        var results = await actions.Pool.RunAsync(
            ActionScripts.Run(
                """
                exports.onExecutePostLogin = async (event, api) => {
                  globalThis.leak = 1;
                  Array.prototype.map = null;
                  api.user.setAppMetadata('step', 1);
                  api.cache.set('k', 'v');
                  api.transaction.setMetadata('t', 2);
                };
                """,
                """
                exports.onExecutePostLogin = async (event, api) => {
                  const { user, transaction } = event;
                  const seen = [user.app_metadata.step, api.cache.get('k').value, transaction.metadata.t];
                  api.idToken.setCustomClaim('seen', [...seen, typeof leak, [1].map((x) => x)]);
                  api.access.deny('enough');
                };
                """,
                "exports.onExecutePostLogin = async (event, api) => { throw new Error('never'); };"),
            CancellationToken.None);

        Assert.Equal(2, results.Count);
        Assert.Equal("""[1,"v",2,"undefined",[1]]""", results[1].Commands[0][2].GetRawText());
    }

    [Theory]
    [InlineData("module.exports = { async *onExecutePostLogin() {} };", 1)]
    [InlineData("async function* run() {} exports['onExecutePostLogin'] = run;", 1)]
    [InlineData("exports.other = () => {};", 1)]
    [InlineData("module.exports = require('actions:Own');", 0)]
    [InlineData("const name = 'onExecute' + 'PostLogin'; exports[name] = () => {};", 0)]
    [InlineData("async function onExecutePostLogin() {} module.exports = { onExecutePostLogin };", 0)]
    public async Task Code_that_its_trigger_could_not_call_is_refused_and_other_code_is_not(string code, int errors)
    {
        var check = new CodeCheck(code, ["Own"]) { Handlers = ["onExecutePostLogin"] };

        Assert.Equal(errors, (await actions.Pool.CheckAsync(check, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task Code_is_checked_with_line_and_column()
    {
        var errors = await actions.Pool.CheckAsync(
            new CodeCheck(
                """
                const ok = 1;
                const fs = require('fs');
                require('crypto'); require('node:url'); require('actions:Own');
                require('node:axios'); require('node:actions:Own');
                try { require('fs'); } catch { require('net'); }
                async () => import('axios');
                """,
                ["Own"]),
            CancellationToken.None);
        var broken = await actions.Pool.CheckAsync(
            new CodeCheck("exports.x = async () => {\n  const = 1;\n};", []), CancellationToken.None);

        Assert.Equal(
            [
                new CompileError("Cannot find module 'fs'", 2, 12),
                new CompileError("Cannot find module 'node:axios'", 4, 1),
                new CompileError("Cannot find module 'node:actions:Own'", 4, 24),
                new CompileError("Cannot find module 'net'", 5, 32),
                new CompileError("import('axios') is not available on this server: use require('axios')", 6, 13),
            ],
            errors);
        Assert.Equal((2, 9), (broken.Single().Line, broken.Single().Column));
    }
}
