using System.Net;
using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Dpop;

/// <summary>RFC 9449 §4.3 and §11.1: which proofs pass, and that each passes once.</summary>
public sealed class ProofTests(RunningServer running) : IClassFixture<RunningServer>, IAsyncLifetime
{
    private const string Api = "https://proofs.example.com";
    private readonly TestServer server = running.Server;
    private readonly DpopCaller caller = new(running.Server);
    private Client client = null!;

    public async ValueTask InitializeAsync()
    {
        client = await server.AddClientAsync(c =>
            (c.AppType, c.GrantTypes) = (AppTypes.NonInteractive, ["client_credentials"]));
        if (!await server.WithAsync<AuthServer.Core.Resources.IResourceServerStore, bool>(async apis =>
                await apis.FindAsync(Api, CancellationToken.None) is not null))
            await server.AddApiAsync(identifier: Api);
        await server.AddClientGrantAsync(client.ClientId, Api, "read:contacts");
    }

    public ValueTask DisposeAsync()
    {
        caller.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("ES256")]
    [InlineData("PS256")]
    [InlineData("RS256")]
    public async Task A_proof_binds_the_token_to_its_key(string algorithm)
    {
        using var own = new DpopCaller(server, algorithm);

        var answer = await own.TokenAsync(client, Machine, own.Proof("POST", "/oauth/token"));

        Assert.Equal((HttpStatusCode.OK, "DPoP"), (answer.Status, answer["token_type"]));
        Assert.Equal(
            own.Key.Thumbprint,
            OAuth.ClaimsOf(answer["access_token"]).GetProperty("cnf").GetProperty("jkt").GetString());
        Assert.NotEmpty(Assert.Single(answer.Headers.GetValues("DPoP-Nonce")));
    }

    [Fact]
    public async Task Without_a_proof_nothing_is_bound_and_nothing_said_of_nonces()
    {
        var answer = await new OAuth(server).TokenAsync(client, Machine);

        Assert.Equal("Bearer", answer["token_type"]);
        Assert.False(OAuth.ClaimsOf(answer["access_token"]).TryGetProperty("cnf", out _));
        Assert.False(answer.Headers.Contains("DPoP-Nonce"));
    }

    /// <summary>RFC 9449 §4.3 and the official suite's list for FAPI 2.0.</summary>
    [Theory]
    [InlineData("""{"typ":"JWT","alg":"ES256","jwk":{jwk}}""")]
    [InlineData("""{"typ":"DPOP+JWT","alg":"ES256","jwk":{jwk}}""")]
    [InlineData("""{"alg":"ES256","jwk":{jwk}}""")]
    [InlineData("""{"typ":"dpop+jwt","alg":"none","jwk":{jwk}}""")]
    [InlineData("""{"typ":"dpop+jwt","alg":"nOnE","jwk":{jwk}}""")]
    [InlineData("""{"typ":"dpop+jwt","alg":"","jwk":{jwk}}""")]
    [InlineData("""{"typ":"dpop+jwt","alg":null,"jwk":{jwk}}""")]
    [InlineData("""{"typ":"dpop+jwt","alg":[],"jwk":{jwk}}""")]
    [InlineData("""{"typ":"dpop+jwt","jwk":{jwk}}""")]
    [InlineData("""{"typ":"dpop+jwt","alg":"HS256","jwk":{jwk}}""")]
    [InlineData("""{"typ":"dpop+jwt","alg":"HS256","jwk":{"kty":"oct","k":"AAAA"}}""")]
    [InlineData("""{"typ":"dpop+jwt","alg":"RS256","jwk":{jwk}}""")]
    [InlineData("""{"typ":"dpop+jwt","alg":"ES384","jwk":{jwk}}""")]
    [InlineData("""{"typ":"dpop+jwt","alg":"PS256","jwk":{jwk}}""")]
    [InlineData("""{"typ":"dpop+jwt","alg":"ES256"}""")]
    [InlineData("""{"typ":"dpop+jwt","alg":"ES256","jwk":null}""")]
    [InlineData("""{"typ":"dpop+jwt","alg":"ES256","jwk":"x"}""")]
    [InlineData("""{"typ":"dpop+jwt","alg":"ES256","jwk":{}}""")]
    [InlineData("""{"typ":"dpop+jwt","alg":"ES256","kid":"1","x5c":["AAAA"],"jku":"https://evil.example/"}""")]
    [InlineData("""{"typ":"dpop+jwt","alg":"ES256","jwk":{"kty":"EC","crv":"P-384","x":"AAAA","y":"AAAA"}}""")]
    [InlineData(
        """
        {"typ":"dpop+jwt","alg":"ES256","jwk":{"kty":"EC","crv":"P-256",
        "x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE","y":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE"}}
        """
    )]
    [InlineData("""{"typ":"dpop+jwt","alg":"ES256","jwk":{jwk},"crit":["bork"]}""")]
    [InlineData("""{"typ":"dpop+jwt","alg":"ES256","jwk":{jwk},"crit":[]}""")]
    [InlineData("""{"typ":"dpop+jwt","alg":"ES256","jwk":{jwk},"b64":false}""")]
    [InlineData("""{"typ":"\ud800","alg":"ES256","jwk":{jwk}}""")]
    [InlineData("""{"typ":"dpop+jwt","alg":"ES256","jwk":{"kty":"\ud800"}}""")]
    public async Task A_strange_header_is_refused(string header) =>
        await RefusedAsync(
            caller.Proof(
                "POST", "/oauth/token", header: header.Replace("{jwk}", caller.Key.Jwk, StringComparison.Ordinal)));

    [Fact]
    public async Task A_private_key_is_refused_where_a_public_one_belongs() =>
        await RefusedAsync(
            caller.Proof(
                "POST",
                "/oauth/token",
                header: caller.Header.Replace(
                    "\"crv\"", $"\"d\":\"{caller.Key.PrivateMember}\",\"crv\"", StringComparison.Ordinal)));

    [Theory]
    [InlineData(1024)]
    [InlineData(8192)]
    public async Task An_RSA_key_is_neither_weak_nor_a_burden(int bits)
    {
        using var rsa = System.Security.Cryptography.RSA.Create(bits);
        var parts = rsa.ExportParameters(false);
        var jwk =
            $$"""{"e":"AQAB","kty":"RSA","n":"{{System.Buffers.Text.Base64Url.EncodeToString(parts.Modulus)}}"}""";

        await RefusedAsync(
            caller.Proof("POST", "/oauth/token", header: $$"""{"typ":"dpop+jwt","alg":"PS256","jwk":{{jwk}}}"""));
    }

    [Fact]
    public async Task A_proof_of_another_key_than_it_shows_is_refused()
    {
        using var other = new DpopCaller(server);

        await RefusedAsync(caller.Proof("POST", "/oauth/token", header: other.Header));
    }

    [Theory]
    [InlineData("jti", null)]
    [InlineData("jti", "\"\"")]
    [InlineData("jti", "1")]
    [InlineData("jti", "\"\\ud800\"")]
    [InlineData("htm", null)]
    [InlineData("htm", "\"GET\"")]
    [InlineData("htm", "\"post\"")]
    [InlineData("htm", "[\"POST\"]")]
    [InlineData("htu", null)]
    [InlineData("htu", "\"https://evil.example/oauth/token\"")]
    [InlineData("htu", "\"{issuer}oauth/par\"")]
    [InlineData("htu", "\"{issuer}oauth/token/\"")]
    [InlineData("htu", "\"/oauth/token\"")]
    [InlineData("iat", null)]
    [InlineData("iat", "{now-61}")]
    [InlineData("iat", "{now-3600}")]
    [InlineData("iat", "{now+11}")]
    [InlineData("iat", "{now+3600}")]
    [InlineData("iat", "\"{now+0}\"")]
    [InlineData("iat", "1e99")]
    [InlineData("exp", "{now-60}")]
    [InlineData("nbf", "{now+60}")]
    [InlineData("nonce", "7")]
    public async Task A_wrong_claim_is_refused(string claim, string? json) =>
        await RefusedAsync(caller.Proof("POST", "/oauth/token", changes: (claim, Filled(json))));

    [Theory]
    [InlineData("iat", "{now-10}")]
    [InlineData("iat", "{now-60}")]
    [InlineData("iat", "{now+10}")]
    [InlineData("exp", "{now+60}")]
    [InlineData("nbf", "{now+0}")]
    [InlineData("extra", "{\"a\":1}")]
    [InlineData("htu", "\"{issuer}oauth/token?x=1\"")]
    [InlineData("htu", "\"{issuer}oauth/token#part\"")]
    public async Task Small_differences_are_accepted(string claim, string? json) =>
        Assert.Equal(
            HttpStatusCode.OK,
            (await caller.TokenAsync(
                    client, Machine, caller.Proof("POST", "/oauth/token", changes: (claim, Filled(json))))).Status);

    [Fact]
    public async Task Two_headers_or_an_empty_or_huge_one_are_refused()
    {
        await RefusedAsync(caller.Proof("POST", "/oauth/token"), caller.Proof("POST", "/oauth/token"));
        await RefusedAsync(caller.Proof("POST", "/oauth/token") + "," + caller.Proof("POST", "/oauth/token"));
        await RefusedAsync("");
        await RefusedAsync("x");
        await RefusedAsync(caller.Proof("POST", "/oauth/token", changes: ("extra", $"\"{new string('x', 9000)}\"")));
        await RefusedAsync(caller.Proof("POST", "/oauth/token", changes: ("jti", $"\"{new string('x', 129)}\"")));
    }

    [Fact]
    public async Task A_proof_passes_once_however_its_url_is_spelt()
    {
        var jti = ("jti", $"\"{AuthServer.Core.OpaqueToken.Alphanumeric(20)}\"");
        var first = caller.Proof("POST", "/oauth/token", changes: jti);

        Assert.Equal(HttpStatusCode.OK, (await caller.TokenAsync(client, Machine, first)).Status);
        await RefusedAsync(first);
        foreach (var htu in (string[])["{issuer}oauth/token?x", "{issuer}oauth/token#y"])
            await RefusedAsync(caller.Proof("POST", "/oauth/token", changes: [jti, ("htu", Filled($"\"{htu}\""))]));
        var upper = server.Issuer.At("/oauth/token").Replace("http:", "HTTP:", StringComparison.Ordinal);
        await RefusedAsync(
            caller.Proof(
                "POST", "/oauth/token",
                changes:
                [
                    jti,
                    ("htu", $"\"{upper}\""),
                ]));
    }

    [Fact]
    public async Task Of_64_parallel_uses_of_one_proof_one_succeeds()
    {
        var proof = caller.Proof("POST", "/oauth/token");

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 64).Select(_ => caller.TokenAsync(client, Machine, proof)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal(63, answers.Count(answer => answer.Error == "invalid_dpop_proof"));
    }

    [Fact]
    public async Task Another_key_may_use_the_same_jti()
    {
        using var other = new DpopCaller(server);
        var jti = ("jti", "\"the-same-for-both\"");

        Assert.Equal(
            HttpStatusCode.OK,
            (await caller.TokenAsync(client, Machine, caller.Proof("POST", "/oauth/token", changes: jti))).Status);
        Assert.Equal(
            HttpStatusCode.OK,
            (await other.TokenAsync(client, Machine, other.Proof("POST", "/oauth/token", changes: jti))).Status);
    }

    [Fact]
    public async Task A_proof_stays_used_after_a_restart()
    {
        using var directory = new TemporaryDirectory();
        using var key = new JwtSigner();
        var jti = ("jti", "\"before-and-after\"");
        await using (var before = new TestServer(directory.Path))
            Assert.Equal(HttpStatusCode.OK, (await TokenAsync(before)).Status);

        await using var after = new TestServer(directory.Path);
        var again = await TokenAsync(after);

        Assert.Equal(
            ("invalid_dpop_proof", "Invalid DPoP proof: used before"), (again.Error, again["error_description"]));

        async Task<Answer> TokenAsync(TestServer own)
        {
            var holder = new DpopCaller(own, key: key);
            return await holder.PostAsync(
                "/oauth/token",
                [
                    ("grant_type", "client_credentials"),
                    ("client_id", TestServer.ClientId),
                    ("client_secret", TestServer.ClientSecret),
                    ("audience", own.Issuer.Value + "api/v2/"),
                ],
                holder.Proof("POST", "/oauth/token", changes: jti));
        }
    }

    private static (string, string?)[] Machine => [("grant_type", "client_credentials"), ("audience", Api)];

    private string? Filled(string? json)
    {
        if (json is null)
            return null;
        if (json.IndexOf("{now", StringComparison.Ordinal) is >= 0 and var start)
        {
            var end = json.IndexOf('}', start);
            var offset = long.Parse(
                json.AsSpan(start + 4, end - start - 4), System.Globalization.CultureInfo.InvariantCulture);
            json = $"{json[..start]}{server.Time.GetUtcNow().ToUnixTimeSeconds() + offset}{json[(end + 1)..]}";
        }

        return json.Replace("{issuer}", server.Issuer.Value, StringComparison.Ordinal);
    }

    private async Task RefusedAsync(params string[] proofs)
    {
        var answer = await caller.TokenAsync(client, Machine, proofs);
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_dpop_proof"), (answer.Status, answer.Error));
    }
}
