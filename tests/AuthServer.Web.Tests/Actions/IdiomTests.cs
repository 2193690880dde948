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

    [Fact]
    public async Task A_request_that_fails_can_be_caught()
    {
        var result = await actions.RunAsync(
            """
            exports.onExecutePostLogin = async (event, api) => {
              try {
                await fetch('http://169.254.169.254/');
              } catch (e) {
                api.idToken.setCustomClaim('e', `${e.name}: ${e.message}`);
              }
            };
            """);

        Assert.Equal("TypeError: fetch failed", result.Commands[0][2].GetString());
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
    [InlineData("const p = {}; jwt.sign(p, 'k', { mutatePayload: true, issuer: 'i' }); throw new Error(p.iss)", "i")]
    [InlineData("throw new Error(jwt.decode(jwt.sign('61', 'k', { encoding: 'hex' })))", "a")]
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
        Assert.All(result.Lines, line => Assert.True(line.Length <= 256));
        Assert.DoesNotContain("KEY", result.Lines[0], StringComparison.Ordinal);
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
            ],
            errors);
        Assert.Equal((2, 9), (broken.Single().Line, broken.Single().Column));
    }
}
