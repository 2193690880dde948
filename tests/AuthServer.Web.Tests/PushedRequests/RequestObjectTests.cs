using System.Net;
using System.Text.Json;
using AuthServer.Core;
using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.PushedRequests;

/// <summary>
/// RFC 9101 by value: signed by the client's registered keys, or shown on our own page and never sent on.
/// </summary>
public sealed class RequestObjectTests(RunningServer running) : IClassFixture<RunningServer>, IAsyncLifetime
{
    private readonly TestServer server = running.Server;
    private readonly OAuth oauth = new(running.Server);
    private readonly JwtSigner key = new();
    private Client client = null!;

    public async ValueTask InitializeAsync() => client = await ClientWithAsync(key);

    public ValueTask DisposeAsync()
    {
        key.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("ES256")]
    [InlineData("RS256")]
    [InlineData("PS256")]
    public async Task The_objects_parameters_count_and_none_beside_them(string algorithm)
    {
        using var own = new JwtSigner(algorithm);
        var signing = await ClientWithAsync(own);

        using var answer = await SendAsync(
            signing,
            Object(own, signing, ("state", "\"inside\""), ("max_age", "600")),
            ("state", "outside"),
            ("redirect_uri", "https://evil.example/"),
            ("nonce", "outside"));

        Assert.StartsWith(
            TestData.Callback + "?code=", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        var sent = OAuth.Redirected(answer);
        Assert.Equal("inside", sent["state"]);
        var claims = OAuth.ClaimsOf((await oauth.RedeemAsync(signing, sent["code"]))["id_token"]);
        Assert.True(claims.TryGetProperty("auth_time", out _));
        Assert.False(claims.TryGetProperty("nonce", out _));
    }

    [Theory]
    [InlineData("""{"alg":"ES256"}""")]
    [InlineData("""{"alg":"ES256","typ":"JWT"}""")]
    [InlineData("""{"alg":"ES256","typ":"oauth-authz-req+jwt"}""")]
    public async Task Its_type_may_be_named(string header)
    {
        using var answer = await SendAsync(client, Object(key, client, header));

        Assert.Contains("code", OAuth.Redirected(answer).Keys);
    }

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"nOnE"}""")]
    [InlineData("""{"alg":""}""")]
    [InlineData("""{"alg":null}""")]
    [InlineData("""{"alg":[]}""")]
    [InlineData("""{"typ":"JWT"}""")]
    [InlineData("""{"alg":"HS256"}""")]
    [InlineData("""{"alg":"RS256"}""")]
    [InlineData("""{"alg":"RS384"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt"}""")]
    [InlineData("""{"alg":"ES256","typ":"dpop+jwt"}""")]
    [InlineData("""{"alg":"ES256","kid":"another"}""")]
    [InlineData("""{"alg":"ES256","crit":["bork"]}""")]
    [InlineData("""{"alg":"ES256","crit":[]}""")]
    [InlineData("""{"alg":"ES256","b64":false}""")]
    public Task A_strange_header_is_refused(string header) => RefusedAsync(Object(key, client, header));

    /// <summary>RFC 8725 §3.10: keys in the object itself, under any name.</summary>
    [Fact]
    public async Task Only_registered_keys_count()
    {
        using var own = new JwtSigner();

        await RefusedAsync(Object(own, client));
        await RefusedAsync(
            Object(
                own,
                client,
                $$"""
                {"alg":"ES256","jwk":{{own.Jwk}},"jku":"https://evil.example/jwks","x5u":"https://evil.example/x",
                "x5c":["AAAA"]}
                """
            ));
    }

    [Fact]
    public async Task The_public_key_is_not_accepted_as_an_HMAC_secret()
    {
        foreach (var secret in (string[])[key.PublicPem, key.Jwk, TestData.Secret])
        {
            var parts = Object(key, client, """{"alg":"HS256"}""").Split('.');
            var mac = System.Security.Cryptography.HMACSHA256.HashData(
                System.Text.Encoding.UTF8.GetBytes(secret),
                System.Text.Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]));
            await RefusedAsync($"{parts[0]}.{parts[1]}.{System.Buffers.Text.Base64Url.EncodeToString(mac)}");
        }
    }

    [Theory]
    [InlineData("iss", null)]
    [InlineData("iss", "\"somebody\"")]
    [InlineData("aud", null)]
    [InlineData("aud", "\"https://elsewhere.example/\"")]
    [InlineData("aud", "[\"https://elsewhere.example/\"]")]
    [InlineData("client_id", "\"somebody\"")]
    [InlineData("client_id", "7")]
    [InlineData("exp", "1")]
    [InlineData("exp", "4102444800")]
    [InlineData("exp", "\"soon\"")]
    [InlineData("nbf", "4102444800")]
    [InlineData("nbf", "1000000000")]
    [InlineData("iat", "4102444800")]
    [InlineData("request", "\"x.y.z\"")]
    [InlineData("request_uri", "\"https://app.example.com/r\"")]
    [InlineData("state", "\"\\ud800\"")]
    public Task A_wrong_claim_is_refused_without_a_redirect(string claim, string? json) =>
        RefusedAsync(Object(key, client, (claim, json)));

    [Fact]
    public async Task The_audience_may_be_one_of_several_and_the_redirect_uri_is_checked_like_any()
    {
        using var several = await SendAsync(
            client, Object(key, client, ("aud", $"[\"https://elsewhere.example/\",\"{server.Issuer.Value}\"]")));
        Assert.Contains("code", OAuth.Redirected(several).Keys);

        await RefusedAsync(Object(key, client, ("redirect_uri", "\"https://evil.example/callback\"")));
        await RefusedAsync("not.a.jwt");
        await RefusedAsync(Object(key, client)[..^4] + "AAAA");
    }

    [Fact]
    public async Task The_rules_of_every_request_hold_inside_too()
    {
        using var answer = await SendAsync(
            client, Object(key, client, ("response_type", "\"token\""), ("state", "\"inside\"")));

        Assert.Equal(
            ("unauthorized_client", "inside"), (OAuth.Redirected(answer)["error"], OAuth.Redirected(answer)["state"]));
    }

    [Fact]
    public async Task An_object_may_expire_while_its_user_logs_in()
    {
        using var browser = new Browser(server);
        await browser.OpenAsync($"/authorize?client_id={client.ClientId}&request={Object(key, client)}");
        server.Time.Advance(TimeSpan.FromMinutes(20));

        await browser.SignInAsync();

        Assert.NotNull(browser.Returned("code"));
    }

    [Fact]
    public async Task A_client_that_must_sign_must_set_exp_and_nbf()
    {
        using var own = new JwtSigner();
        var signing = await ClientWithAsync(own, c => c.RequireSignedRequestObject = true);

        using var plain = await oauth.AuthorizeAsync(OAuth.RequestOf(signing), await server.StartSessionAsync());
        using var signed = await SendAsync(signing, Object(own, signing));

        Assert.Equal("invalid_request", OAuth.Redirected(plain)["error"]);
        Assert.Contains("code", OAuth.Redirected(signed).Keys);
        await RefusedAsync(Object(own, signing, ("exp", null)), signing);
        await RefusedAsync(Object(own, signing, ("nbf", null)), signing);
        Assert.Equal("invalid_request", (await oauth.PushAsync(signing)).Error);
        using var optional = await SendAsync(client, Object(key, client, ("exp", null), ("nbf", null)));
        Assert.Contains("code", OAuth.Redirected(optional).Keys);
    }

    [Fact]
    public async Task An_object_may_be_pushed_and_stays_signed()
    {
        using var own = new JwtSigner();
        var signing = await ClientWithAsync(
            own, c => (c.RequireSignedRequestObject, c.RequirePushedAuthorizationRequests) = (true, true));

        var pushed = await oauth.PostAsync(
            "/oauth/par",
            ("client_id", signing.ClientId),
            ("client_secret", TestData.Secret),
            ("request", Object(own, signing)),
            ("state", "outside"));
        using var answer = await oauth.FollowAsync(signing, pushed["request_uri"]!, await server.StartSessionAsync());

        Assert.Equal(["code", "iss"], OAuth.Redirected(answer).Keys);
        var forged = await oauth.PostAsync(
            "/oauth/par",
            ("client_id", signing.ClientId),
            ("client_secret", TestData.Secret),
            ("request", Object(key, signing)));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request_object"), (forged.Status, forged.Error));
    }

    [Fact]
    public async Task A_client_keeps_to_its_algorithm_and_its_credentials()
    {
        using var own = new JwtSigner();
        var narrow = await ClientWithAsync(own, c => c.RequestObjectAlgorithm = "PS256");
        var other = await ClientWithAsync(own, c =>
        {
            c.RequestObjectCredentials = ["cred_another"];
            c.Jwks = $$"""{"keys":[{{own.Jwk}}]}""";
        });

        await RefusedAsync(Object(own, narrow), narrow);
        await RefusedAsync(Object(own, other), other);
    }

    [Fact]
    public async Task Object_and_reference_together_are_refused()
    {
        var reference = await oauth.ReferenceAsync(client);

        using var answer = await oauth.FollowAsync(
            client, reference, await server.StartSessionAsync(), ("request", Object(key, client)));

        Assert.Equal((HttpStatusCode.BadRequest, null), (answer.StatusCode, answer.Headers.Location));
    }

    private async Task<Client> ClientWithAsync(JwtSigner signer, Action<Client>? change = null) =>
        await server.AddClientAsync(c =>
        {
            c.Credentials.Add(
                new ClientCredential
                {
                    Id = "cred_" + OpaqueToken.Alphanumeric(22),
                    ClientId = c.ClientId,
                    KeyId = signer.Thumbprint,
                    Algorithm = signer.Algorithm,
                    Jwk = signer.Jwk,
                    CreatedAt = c.CreatedAt,
                    UpdatedAt = c.CreatedAt,
                });
            change?.Invoke(c);
        });

    private string Object(JwtSigner signer, Client whose, params (string Claim, string? Json)[] changes) =>
        Object(signer, whose, $$"""{"alg":"{{signer.Algorithm}}"}""", changes);

    private string Object(JwtSigner signer, Client whose, string header, params (string Claim, string? Json)[] changes)
    {
        var now = server.Time.GetUtcNow().ToUnixTimeSeconds();
        var claims = OAuth
            .RequestOf(whose, ("state", null))
            .ToDictionary(p => p.Key, p => (string?)JsonSerializer.Serialize(p.Value), StringComparer.Ordinal);
        claims["iss"] = $"\"{whose.ClientId}\"";
        claims["aud"] = $"\"{server.Issuer.Value}\"";
        (claims["nbf"], claims["iat"], claims["exp"]) = ($"{now}", $"{now}", $"{now + 300}");
        foreach (var (claim, json) in changes)
            claims[claim] = json;
        return signer.Sign(header, claims);
    }

    private async Task<HttpResponseMessage> SendAsync(
        Client whose, string compact,
        params (string Name, string? Value)[] beside) =>
        await oauth.AuthorizeAsync(
            beside
                .Concat([("client_id", whose.ClientId), ("request", compact)])
                .ToDictionary(p => p.Item1, p => p.Item2, StringComparer.Ordinal),
            await server.StartSessionAsync());

    private async Task RefusedAsync(string compact, Client? whose = null)
    {
        // The redirect URI beside it is registered, and still not the object's.
        using var answer = await SendAsync(
            whose ?? client,
            compact,
            ("redirect_uri", TestData.Callback),
            ("response_type", "code"),
            ("scope", "openid"));
        Assert.Equal((HttpStatusCode.BadRequest, null), (answer.StatusCode, answer.Headers.Location));
    }
}
