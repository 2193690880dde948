using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Jwt;
using AuthServer.Core.Model;
using AuthServer.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.Web.Tests.Token;

/// <summary>RFC 6749 §2.3 and RFC 7523: who calls, proven in exactly one way.</summary>
public sealed class ClientAuthenticationTests(RunningServer running) : IClassFixture<RunningServer>, IAsyncLifetime
{
    private const string Api = "https://machines.example.com";
    private readonly TestServer server = running.Server;
    private readonly OAuth oauth = new(running.Server);
    private Client client = null!;

    public async ValueTask InitializeAsync()
    {
        client = await MachineAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_secret_in_the_body_is_accepted()
    {
        var answer = await PostAsync(("client_id", client.ClientId), ("client_secret", TestData.Secret));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Fact]
    public async Task A_name_that_is_made_of_a_client_and_its_api_is_unknown()
    {
        Assert.Equal(
            HttpStatusCode.OK,
            (await PostAsync(("client_id", client.ClientId), ("client_secret", TestData.Secret))).Status);

        var answer = await PostAsync(("client_id", $"{client.ClientId} {Api}"), ("client_secret", TestData.Secret));

        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"), (answer.Status, answer.Error));
    }

    [Theory]
    [InlineData("a-b_c~d+e f%2Bg:h-0123456789-0123456789")]
    [InlineData("plain0123456789plain0123456789plain")]
    public async Task Basic_is_accepted_raw_and_form_encoded(string secret)
    {
        await server.ChangeAsync<Client>(
            c => c.ClientId == client.ClientId,
            c => ClientSecrets.Set(c, new Secret(secret), server.Services.GetRequiredService<ISecretBox>()));

        var raw = await BasicAsync($"{client.ClientId}:{secret}");
        var encoded = await BasicAsync($"{Uri.EscapeDataString(client.ClientId)}:{Encode(secret)}");

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], [raw.Status, encoded.Status]);
    }

    [Fact]
    public async Task Basic_and_the_same_client_id_in_the_body_go_together()
    {
        Assert.Equal(
            HttpStatusCode.OK,
            (await BasicAsync($"{client.ClientId}:{TestData.Secret}", ("client_id", client.ClientId))).Status);
        Assert.Equal(
            "invalid_client",
            (await BasicAsync($"{client.ClientId}:{TestData.Secret}", ("client_id", "somebody-else"))).Error);
    }

    [Fact]
    public async Task A_challenge_goes_out_only_to_who_tried_basic()
    {
        var basic = await BasicAsync($"{client.ClientId}:wrong");
        var post = await PostAsync(("client_id", client.ClientId), ("client_secret", "wrong"));

        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"), (basic.Status, basic.Error));
        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"), (post.Status, post.Error));
        Assert.Single(basic.Headers.WwwAuthenticate);
        Assert.Empty(post.Headers.WwwAuthenticate);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("undefined")]
    public async Task A_confidential_client_without_its_secret_gets_nothing(string? secret)
    {
        var answer = await PostAsync(("client_id", client.ClientId), ("client_secret", secret));

        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"), (answer.Status, answer.Error));
    }

    [Theory]
    [InlineData(":")]
    [InlineData("{id}:")]
    [InlineData("{id}")]
    [InlineData("")]
    public async Task Basic_without_a_secret_gets_nothing(string credentials)
    {
        var answer = await BasicAsync(credentials.Replace("{id}", client.ClientId, StringComparison.Ordinal));

        Assert.Equal("invalid_client", answer.Error);
    }

    [Fact]
    public async Task An_unknown_client_is_invalid_client()
    {
        Assert.Equal("invalid_client", (await PostAsync(("client_id", "nobody"), ("client_secret", "x"))).Error);
        Assert.Equal("invalid_client", (await PostAsync()).Error);
    }

    [Fact]
    public async Task Two_ways_at_once_are_refused()
    {
        var answer = await BasicAsync(
            $"{client.ClientId}:{TestData.Secret}", ("client_id", client.ClientId), ("client_secret", TestData.Secret));

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request"), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task A_public_client_gets_in_by_name_and_by_no_secret()
    {
        var spa = await server.AddPublicClientAsync();

        Assert.Equal(HttpStatusCode.OK, (await oauth.GetTokensAsync(spa, "openid")).Status);
        Assert.Equal("invalid_client", (await oauth.PostAsync(
            "/oauth/token",
            ("grant_type", "refresh_token"),
            ("refresh_token", "unknown"),
            ("client_id", spa.ClientId),
            ("client_secret", TestData.Secret))).Error);
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("RS384")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    public async Task A_signed_assertion_is_accepted_once(string algorithm)
    {
        var signer = await AsymmetricAsync(algorithm);
        var assertion = signer.Assertion();

        Assert.Equal(HttpStatusCode.OK, (await AssertAsync(assertion)).Status);
        Assert.Equal(
            (HttpStatusCode.Unauthorized, "invalid_client"),
            ((await AssertAsync(assertion)).Status, (await AssertAsync(assertion)).Error));
    }

    [Fact]
    public async Task Of_32_parallel_uses_of_one_assertion_one_succeeds()
    {
        var assertion = (await AsymmetricAsync("RS256")).Assertion();

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => AssertAsync(assertion)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("aud", "\"https://localhost/\"")]
    [InlineData("aud", "[\"{issuer}\"]")]
    [InlineData("aud", "\"{issuer}oauth/token\"")]
    [InlineData("aud", null)]
    [InlineData("iss", "\"somebody\"")]
    [InlineData("exp", null)]
    [InlineData("exp", "1")]
    [InlineData("exp", "\"4102444800\"")]
    [InlineData("exp", "4102444800")]
    [InlineData("jti", null)]
    [InlineData("jti", "\"\"")]
    [InlineData("nbf", "4102444800")]
    [InlineData("iat", "4102444800")]
    public async Task An_assertion_with_a_wrong_claim_is_refused(string claim, string? value)
    {
        var signer = await AsymmetricAsync("RS256");

        var answer = await AssertAsync(
            signer.Assertion((claim, value?.Replace("{issuer}", server.Issuer.Value, StringComparison.Ordinal))));

        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task An_assertion_lives_ten_minutes_at_most_and_its_jti_is_short()
    {
        var signer = await AsymmetricAsync("RS256");
        var now = server.Time.GetUtcNow().ToUnixTimeSeconds();

        Assert.Equal("invalid_client", (await AssertAsync(signer.Assertion(("exp", $"{now + 3600}")))).Error);
        Assert.Equal(
            "invalid_client", (await AssertAsync(signer.Assertion(("jti", $"\"{new string('j', 129)}\"")))).Error);
    }

    [Fact]
    public async Task An_assertion_comes_with_its_type_and_names_the_client_of_the_request()
    {
        var (signer, other) = (await AsymmetricAsync("ES256"), await MachineAsync());

        var saml = await oauth.PostAsync(
            "/oauth/par",
            ("client_id", client.ClientId),
            ("client_assertion", signer.Assertion()),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"));
        var foreign = await AssertAsync(signer.Assertion(), ("client_id", other.ClientId));
        var own = await AssertAsync(signer.Assertion(), ("client_id", client.ClientId));

        Assert.Equal(("invalid_client", "invalid_client", null), (saml.Error, foreign.Error, own.Error));
    }

    /// <summary>RFC 7517 §4.2.</summary>
    [Theory]
    [InlineData("sig", null)]
    [InlineData("enc", "invalid_client")]
    public async Task A_key_of_a_set_verifies_assertions_only_when_it_is_for_signatures(string use, string? error)
    {
        using var key = new JwtSigner();
        await server.ChangeAsync<Client>(c => c.ClientId == client.ClientId, c =>
        {
            c.TokenEndpointAuthMethod = TokenEndpointAuthMethods.PrivateKeyJwt;
            c.Jwks = $$"""{"keys":[{{key.Jwk[..^1]}},"use":"{{use}}"}]}""";
        });

        var assertion = key.Assertion(client.ClientId, server.Issuer.Value, server.Time.GetUtcNow());

        Assert.Equal(error, (await AssertAsync(assertion)).Error);
    }

    [Fact]
    public async Task A_credential_is_for_its_own_algorithm()
    {
        var signer = await AsymmetricAsync("PS256", registered: "RS256");

        Assert.Equal("invalid_client", (await AssertAsync(signer.Assertion())).Error);
    }

    [Fact]
    public async Task A_credential_that_expired_or_does_not_authenticate_verifies_no_assertion()
    {
        var signer = await AsymmetricAsync("ES256");
        await ChangeCredentialAsync(c => c.ExpiresAt = server.Time.GetUtcNow().AddSeconds(1));
        var before = await AssertAsync(signer.Assertion());
        server.Time.Advance(TimeSpan.FromSeconds(1));
        var expired = await AssertAsync(signer.Assertion());
        await ChangeCredentialAsync(c => (c.ExpiresAt, c.Authenticates) = (null, false));
        var unlisted = await AssertAsync(signer.Assertion());

        Assert.Equal((null, "invalid_client", "invalid_client"), (before.Error, expired.Error, unlisted.Error));

        Task ChangeCredentialAsync(Action<ClientCredential> change) =>
            server.ChangeAsync(c => c.ClientId == client.ClientId, change);
    }

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"nOnE"}""")]
    [InlineData("""{"alg":""}""")]
    [InlineData("""{"alg":null}""")]
    [InlineData("""{"alg":"HS256"}""")]
    [InlineData("""{"alg":"RS256","crit":["bork"]}""")]
    [InlineData("""{"alg":"RS256","b64":false}""")]
    [InlineData("""{"alg":"ES256"}""")]
    [InlineData("""{"typ":"JWT"}""")]
    public async Task An_assertion_with_a_strange_header_is_refused(string header)
    {
        var signer = await AsymmetricAsync("RS256");

        var answer = await AssertAsync(signer.Assertion(header));

        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task A_client_of_private_key_jwt_gets_in_by_no_secret()
    {
        await AsymmetricAsync("RS256");

        Assert.Equal(
            "invalid_client",
            (await PostAsync(("client_id", client.ClientId), ("client_secret", TestData.Secret))).Error);
        Assert.Equal("invalid_client", (await BasicAsync($"{client.ClientId}:{TestData.Secret}")).Error);
    }

    [Theory]
    [InlineData(TokenEndpointAuthMethods.ClientSecretPost)]
    [InlineData(TokenEndpointAuthMethods.ClientSecretBasic)]
    [InlineData(TokenEndpointAuthMethods.None)]
    public async Task An_assertion_of_a_client_that_is_registered_for_another_method_is_rejected(string method)
    {
        var signer = await AsymmetricAsync("ES256");
        Assert.Equal(HttpStatusCode.OK, (await AssertAsync(signer.Assertion())).Status);

        await RegisterAsync(method);
        var answer = await AssertAsync(signer.Assertion());

        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"), (answer.Status, answer.Error));
    }

    /// <summary>Clients send a secret as their library does, whichever of the two methods they registered.</summary>
    [Theory]
    [InlineData(TokenEndpointAuthMethods.ClientSecretPost)]
    [InlineData(TokenEndpointAuthMethods.ClientSecretBasic)]
    public async Task A_client_with_a_secret_may_send_it_in_the_body_and_by_basic(string method)
    {
        await RegisterAsync(method);

        var post = await PostAsync(("client_id", client.ClientId), ("client_secret", TestData.Secret));
        var basic = await BasicAsync($"{client.ClientId}:{TestData.Secret}");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (post.Status, basic.Status));
    }

    private async Task<Client> MachineAsync()
    {
        var machine = await server.AddClientAsync(c =>
        {
            c.AppType = AppTypes.NonInteractive;
            c.GrantTypes = ["client_credentials"];
        });
        if (!await server.WithAsync<AuthServer.Core.Resources.IResourceServerStore, bool>(async apis =>
                await apis.FindAsync(Api, CancellationToken.None) is not null))
            await server.AddApiAsync(identifier: Api);
        await server.AddClientGrantAsync(machine.ClientId, Api, "read:contacts");
        return machine;
    }

    private Task<Answer> PostAsync(params (string, string?)[] more) =>
        oauth.PostAsync("/oauth/token", [("grant_type", "client_credentials"), ("audience", Api), .. more]);

    private Task<Answer> AssertAsync(string assertion, params (string, string?)[] more) =>
        PostAsync(
            [
                ("client_assertion", assertion),
                ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                .. more,
            ]);

    private Task<Answer> BasicAsync(string credentials, params (string Name, string Value)[] more)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["audience"] = Api };
        foreach (var (name, value) in more)
            form[name] = value;
        var message = new HttpRequestMessage(HttpMethod.Post, "/oauth/token")
        {
            Content = new FormUrlEncodedContent(form),
        };
        message.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        return oauth.SendAsync(message);
    }

    private static string Encode(string text) =>
        Uri.EscapeDataString(text)
            .Replace("-", "%2D", StringComparison.Ordinal)
            .Replace("_", "%5F", StringComparison.Ordinal);

    private Task RegisterAsync(string method) =>
        server.ChangeAsync<Client>(c => c.ClientId == client.ClientId, c => c.TokenEndpointAuthMethod = method);

    private async Task<AssertionSigner> AsymmetricAsync(string algorithm, string? registered = null)
    {
        var signer = new AssertionSigner(algorithm, client.ClientId, server.Issuer.Value, server.Time);
        var key = X509PublicKeys.FromPem(signer.PublicPem, algorithm)!;
        await server.ChangeAsync<Client>(c => c.ClientId == client.ClientId, c =>
        {
            c.TokenEndpointAuthMethod = TokenEndpointAuthMethods.PrivateKeyJwt;
            c.Credentials.Add(new ClientCredential
            {
                Id = "cred_" + OpaqueToken.Alphanumeric(22),
                ClientId = c.ClientId,
                KeyId = PublicKeys.ThumbprintOf(key),
                Algorithm = registered ?? algorithm,
                Jwk = PublicKeys.Write(key),
                CreatedAt = server.Time.GetUtcNow(),
                UpdatedAt = server.Time.GetUtcNow(),
            });
        });
        return signer;
    }

    private sealed class AssertionSigner(string algorithm, string clientId, string issuer, TimeProvider time)
    {
        private readonly JwtSigner key = new(algorithm);

        public string PublicPem => key.PublicPem;

        public string Assertion(params (string Claim, string? Value)[] changes) => Assertion(header: null, changes);

        public string Assertion(string? header, params (string Claim, string? Value)[] changes) =>
            key.Assertion(clientId, issuer, time.GetUtcNow(), header, changes);
    }
}
