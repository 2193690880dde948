using System.Security.Cryptography;
using AuthServer.Core.Connections;
using AuthServer.Core.Federation;
using AuthServer.Core.Jwt;
using AuthServer.Core.Model;

namespace AuthServer.Core.Tests.Federation;

/// <summary>Requests of the presets to the providers that can't be tested here.</summary>
public sealed class PresetTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(
        "google-oauth2", "https://accounts.google.com/.well-known/openid-configuration", "openid profile email")]
    [InlineData(
        "windowslive", "https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration",
        "openid profile email")]
    [InlineData("apple", "https://appleid.apple.com/.well-known/openid-configuration", "openid name email")]
    public void An_OpenID_preset_knows_its_document_and_scope(string strategy, string document, string scope)
    {
        var provider = Of(strategy, """{"client_id":"c"}""");

        Assert.Equal((document, scope, true), (provider.DiscoveryUrl, provider.Scope.ToString(), provider.UsesPkce));
    }

    [Fact]
    public void GitHub_is_asked_by_its_own_endpoints_with_PKCE_and_no_nonce()
    {
        var provider = Of("github", """{"client_id":"c"}""");
        var url = UpstreamRequest.UrlOf(
            provider,
            ProviderMetadata.OfOptions(provider)!,
            Attempt,
            new UpstreamWishes { LoginHint = "octocat" },
            "https://login.example/login/callback",
            "s t");

        Assert.Equal(
            "https://github.com/login/oauth/authorize?response_type=code&client_id=c"
                + "&redirect_uri=https%3A%2F%2Flogin.example%2Flogin%2Fcallback&scope=read%3Auser%20user%3Aemail"
                + $"&state=s%20t&code_challenge={Attempt.Challenge}&code_challenge_method=S256&login=octocat",
            url);
    }

    [Theory]
    [InlineData("github", """{"read_user":true}""", "read:user user:email")]
    [InlineData("github", """{"gist":true,"repo":false}""", "read:user user:email gist")]
    [InlineData("github", """{"scope":["read:user"],"read_org":true}""", "read:user read:org")]
    [InlineData("google-oauth2", """{"scope":["email"],"email":true,"profile":true}""", "openid email profile")]
    public void A_flag_that_is_true_adds_its_scope(string strategy, string options, string scope) =>
        Assert.Equal(scope, Of(strategy, options).Scope.ToString());

    [Fact]
    public void Apple_posts_a_form_when_a_name_or_an_address_is_asked_for()
    {
        var metadata = new ProviderMetadata(
            "https://appleid.apple.com", "https://appleid.apple.com/auth/authorize",
            "https://appleid.apple.com/auth/token");

        Assert.Contains(
            "response_mode=form_post",
            UpstreamRequest.UrlOf(
                Of("apple", """{"client_id":"c"}"""),
                metadata,
                Attempt,
                UpstreamWishes.None,
                "https://x/",
                "s"),
            StringComparison.Ordinal);
        Assert.DoesNotContain(
            "response_mode",
            UpstreamRequest.UrlOf(
                Of("apple", """{"client_id":"c","scope":"openid"}"""),
                metadata,
                Attempt,
                UpstreamWishes.None,
                "https://x/",
                "s"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apples_secret_is_a_token_under_the_developers_key()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var provider = Of("apple", """{"client_id":"com.example.web","team_id":"TEAM","kid":"KEY"}""");
        var box = new OpenBox();
        ConnectionSecrets.Set(provider.Connection, key.ExportPkcs8PrivateKeyPem(), box);
        var request = ProviderCredentials.Add(
            [],
            provider,
            new ProviderMetadata("https://appleid.apple.com", "https://a/", "https://appleid.apple.com/auth/token"),
            box,
            Now)!;

        var jwt = UnverifiedJwt.Parse(request.Form!["client_secret"])!;
        var publicKey = X509PublicKeys.FromPem(key.ExportSubjectPublicKeyInfoPem(), "ES256");
        var claims = (await JwtVerifier.VerifyAsync(jwt, publicKey))!;
        Assert.Equal(
            ("KEY", "TEAM", "com.example.web", "https://appleid.apple.com"),
            (jwt.KeyId, claims.Text("iss"), claims.Text("sub"), claims.Text("aud")));
        Assert.Equal(Now.AddMinutes(5), claims.Time("exp"));
    }

    [Theory]
    [InlineData(
        "https://login.microsoftonline.com/{tenantid}/v2.0", "9188040d-6c67-4c5b-b112-36a304b66dad",
        "https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0")]
    [InlineData("https://login.microsoftonline.com/{tenantid}/v2.0", "evil/../x", null)]
    [InlineData("https://login.microsoftonline.com/{tenantid}/v2.0", null, null)]
    [InlineData("https://idp.example", "anything", "https://idp.example")]
    public void A_tenants_issuer_has_its_GUID_in_place(string documented, string? tenant, string? expected) =>
        Assert.Equal(expected, new ProviderMetadata(documented, "https://a/", "https://t/").IssuerFor(tenant));

    [Fact]
    public void Subjects_of_two_connections_never_meet_and_a_long_one_is_hashed()
    {
        var (first, second) = (
            ProviderUser.IdentityOf(Of("oidc", "{}", "a"), new UpstreamUser("b|c")),
            ProviderUser.IdentityOf(Of("oidc", "{}", "oidc"), new UpstreamUser("a|b|c")));

        Assert.Equal(("oidc|a|b|c", "oidc|oidc|a|b|c"), (first.OwnUserId, second.OwnUserId));
        Assert.True(
            ProviderUser
                .IdentityOf(Of("oidc", "{}", new string('n', 128)), new UpstreamUser(new string('s', 255)))
                .OwnUserId.Length <= 255);
    }

    [Fact]
    public void A_name_that_the_browser_posts_is_a_name_and_no_address()
    {
        var user = new UpstreamUser("s").WithNameFrom(
            """{"name":{"firstName":"Ada","lastName":"King"},"email":"ada@example.com"}"""
        );

        Assert.Equal(("Ada", "King", null), (user.GivenName, user.FamilyName, user.Email));
        Assert.Equal(user, user.WithNameFrom("nonsense"));
    }

    private static SignInAttempt Attempt { get; } = new("id", "con_1", [], "nonce", "verifier", Now);

    private static IdentityProvider Of(string strategy, string options, string? name = null) =>
        IdentityProvider.Of(
            new Connection
            {
                Id = "con_1",
                Name = name ?? strategy,
                Strategy = strategy,
                Options = options,
            })!;

    private sealed class OpenBox : ISecretBox
    {
        public byte[] DeriveKey(string purpose) => new byte[32];

        public byte[] Seal(ReadOnlySpan<byte> plain, string purpose) => plain.ToArray();

        public byte[] Open(ReadOnlySpan<byte> sealedValue, string purpose) => sealedValue.ToArray();
    }
}
