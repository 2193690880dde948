using AuthServer.Core.Clients;
using AuthServer.Core.Model;

namespace AuthServer.Core.Tests.Clients;

/// <summary>RFC 7591 §5, RFC 8252 §7: what a client's metadata may be.</summary>
public sealed class ClientMetadataRulesTests
{
    private readonly Client client = ClientDefaults.New(
        "App", AppTypes.RegularWeb, null, new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(null, null)]
    [InlineData(AppTypes.Spa, null)]
    [InlineData(AppTypes.Native, null)]
    [InlineData(AppTypes.NonInteractive, null)]
    [InlineData(null, TokenEndpointAuthMethods.None)]
    [InlineData(null, TokenEndpointAuthMethods.PrivateKeyJwt)]
    public void The_defaults_pass(string? appType, string? method) =>
        Assert.Null(Check(ClientDefaults.New("App", appType, method, DateTimeOffset.UnixEpoch)));

    [Theory]
    [InlineData("https://app.example/cb")]
    [InlineData("https://app.example:8443/cb?tenant=a&x=1")]
    [InlineData("https://localhost/cb")]
    [InlineData("http://localhost/cb")]
    [InlineData("http://localhost:3000/cb")]
    [InlineData("http://127.0.0.1:49152/cb")]
    [InlineData("http://[::1]:49152/cb")]
    [InlineData("http://127.0.0.1")]
    [InlineData("com.example.app:/cb")]
    [InlineData("com.example.app://login.example/ios/com.example.app/callback")]
    public void A_callback_of_this_shape_is_registered(string uri)
    {
        client.Callbacks = [uri];

        Assert.Null(Check(client));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/cb")]
    [InlineData("app.example/cb")]
    [InlineData("//app.example/cb")]
    [InlineData("https:app.example")]
    [InlineData("https:/app.example")]
    [InlineData("https://")]
    [InlineData("https:///cb")]
    [InlineData("http://app.example/cb")]
    [InlineData("http://127.0.0.1.evil.example/cb")]
    [InlineData("http://127.0.0.1@evil.example/cb")]
    [InlineData("http://localhost:80@evil.example/cb")]
    [InlineData("http://127.1/cb")]
    [InlineData("http://2130706433/cb")]
    [InlineData("http://localhost.evil.example/cb")]
    [InlineData("https://user:pass@app.example/cb")]
    [InlineData("https://@app.example/cb")]
    [InlineData("https://app.example/cb#fragment")]
    [InlineData("https://app.example/cb#")]
    [InlineData("https://*.app.example/cb")]
    [InlineData("https://app.example/*")]
    [InlineData("https://app.example/a b")]
    [InlineData(" https://app.example/cb")]
    [InlineData("https://app.example/cb\n")]
    [InlineData("https://app.example\\@evil.example/cb")]
    [InlineData("https://\u0430pp.example/cb")]
    [InlineData("javascript:alert(1)")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData(" javascript:alert(1)")]
    [InlineData("javascript://app.example/%0aalert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("vbscript:x")]
    [InlineData("blob:https://app.example/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("about:blank")]
    [InlineData("ftp://app.example/cb")]
    [InlineData("myapp://cb")]
    [InlineData("com.example.app:cb")]
    [InlineData("urn:ietf:wg:oauth:2.0:oob")]
    [InlineData("https://app.example/cb?code=x")]
    [InlineData("https://app.example/cb?a=1&state=x")]
    [InlineData("https://app.example/cb?%63ode=x")]
    [InlineData("https://app.example/cb?ISS=x")]
    [InlineData("https://app.example/cb?response")]
    public void A_callback_of_that_shape_is_refused(string uri)
    {
        client.Callbacks = ["https://fine.example/cb", uri];

        Assert.Equal("callbacks", Check(client)?.Member);
    }

    [Theory]
    [InlineData("cursor://anysphere.cursor-mcp/oauth/callback")]
    [InlineData("vscode://ms-vscode.example/callback")]
    [InlineData("windsurf://oauth/callback")]
    [InlineData("myapp://cb")]
    [InlineData("myapp:/cb")]
    [InlineData("MyApp://cb")]
    [InlineData("com-example+app2://cb")]
    public void A_scheme_without_a_period_is_for_native_and_self_registered_public_clients(string uri)
    {
        client.Callbacks = [uri];
        client.AllowedLogoutUrls = [uri];
        Assert.Equal("callbacks", Check(client)?.Member);

        client.AppType = AppTypes.Native;
        Assert.Null(Check(client));
        Assert.Equal("callbacks", Check(client, strict: true)?.Member);
        client.Callbacks = ["com.example.app:/cb"];
        Assert.Equal("allowed_logout_urls", Check(client, strict: true)?.Member);

        (client.Callbacks, client.AppType, client.IsSelfRegistered) = ([uri], AppTypes.Spa, true);
        Assert.Equal("callbacks", Check(client)?.Member);
        client.TokenEndpointAuthMethod = TokenEndpointAuthMethods.None;
        Assert.Null(Check(client));
    }

    [Theory]
    [InlineData("javascript://x/%0aalert(1)")]
    [InlineData("JavaScript:/x")]
    [InlineData("vbscript:/x")]
    [InlineData("data:/x")]
    [InlineData("blob:/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("filesystem:/x")]
    [InlineData("about:/blank")]
    [InlineData("view-source:/x")]
    [InlineData("http://app.example/cb")]
    [InlineData("ws://app.example/cb")]
    [InlineData("wss://app.example/cb")]
    [InlineData("ftp://app.example/cb")]
    [InlineData("ssh://app.example/cb")]
    [InlineData("ldap://app.example/cb")]
    [InlineData("mailto:/a@app.example")]
    [InlineData("tel:/1")]
    [InlineData("sms:/1")]
    [InlineData("intent://x")]
    [InlineData("android-app://x/y")]
    [InlineData("chrome://settings")]
    [InlineData("chrome-extension://abc/cb")]
    [InlineData("moz-extension://abc/cb")]
    [InlineData("microsoft-edge:/x")]
    [InlineData("ms-msdt:/id")]
    [InlineData("ms-appinstaller:/x")]
    [InlineData("search-ms:/x")]
    [InlineData("itms-services://x")]
    [InlineData("x-apple.systempreferences:/x")]
    [InlineData("web+app://cb")]
    [InlineData("myapp:cb")]
    [InlineData("myapp://cb#x")]
    [InlineData("myapp://*")]
    [InlineData("myapp://cb?code=x")]
    [InlineData("urn:ietf:wg:oauth:2.0:oob")]
    [InlineData("c:/cb")]
    public void A_native_client_has_no_callback_of_that_shape(string uri)
    {
        (client.AppType, client.Callbacks) = (AppTypes.Native, ["myapp://cb", uri]);

        Assert.Equal("callbacks", Check(client)?.Member);
    }

    [Fact]
    public void A_logout_address_is_as_strict_but_may_have_any_query()
    {
        client.AllowedLogoutUrls = ["https://app.example/bye?state=out"];
        Assert.Null(Check(client));

        client.AllowedLogoutUrls = ["https://*.app.example/bye"];
        Assert.Equal("allowed_logout_urls", Check(client)?.Member);
    }

    [Theory]
    [InlineData("https://app.example", true)]
    [InlineData("https://app.example:8443", true)]
    [InlineData("http://localhost:3000", true)]
    [InlineData("https://app.example/", false)]
    [InlineData("https://app.example/path", false)]
    [InlineData("https://App.example", false)]
    [InlineData("https://app.example:443", false)]
    [InlineData("http://app.example", false)]
    [InlineData("null", false)]
    [InlineData("*", false)]
    public void An_origin_is_what_a_browser_sends(string origin, bool fits)
    {
        client.WebOrigins = [origin];
        Assert.Equal(fits, Check(client) is null);

        (client.WebOrigins, client.AllowedOrigins) = ([], [origin]);
        Assert.Equal(fits, Check(client) is null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("a\nb")]
    [InlineData("evil \u202Eelgoog")]
    [InlineData("zero\u200Bwidth")]
    [InlineData("two\u2028lines")]
    public void A_name_that_misleads_is_refused(string name)
    {
        client.Name = name;

        Assert.Equal("name", Check(client)?.Member);
    }

    [Fact]
    public void A_name_has_at_most_1024_characters()
    {
        client.Name = new string('n', 1024);
        Assert.Null(Check(client));

        client.Name += "n";
        Assert.Equal("name", Check(client)?.Member);
    }

    [Fact]
    public void A_public_client_has_no_tokens_of_its_own()
    {
        (client.TokenEndpointAuthMethod, client.GrantTypes) = (TokenEndpointAuthMethods.None, ["client_credentials"]);

        Assert.Equal("grant_types", Check(client)?.Member);
    }

    [Fact]
    public void A_grant_type_must_be_known()
    {
        client.GrantTypes = ["implicit", "urn:ietf:params:oauth:grant-type:device_code", "password"];
        Assert.Null(Check(client));

        client.GrantTypes = ["Implicit"];
        Assert.Equal("grant_types", Check(client)?.Member);
    }

    [Theory]
    [InlineData("HS256", TokenEndpointAuthMethods.None)]
    [InlineData("HS256", TokenEndpointAuthMethods.PrivateKeyJwt)]
    [InlineData("HS384", TokenEndpointAuthMethods.ClientSecretPost)]
    [InlineData("PS256", TokenEndpointAuthMethods.ClientSecretPost)]
    [InlineData("none", TokenEndpointAuthMethods.ClientSecretPost)]
    public void An_ID_token_is_signed_with_RS256_or_under_a_shared_secret(string algorithm, string method)
    {
        client.TokenEndpointAuthMethod = TokenEndpointAuthMethods.ClientSecretPost;
        client.IdTokenAlgorithm = "HS256";
        Assert.Null(Check(client));

        client.TokenEndpointAuthMethod = method;
        client.IdTokenAlgorithm = algorithm;

        Assert.Equal("jwt_configuration.alg", Check(client)?.Member);
    }

    [Theory]
    [InlineData(61, 100, 50, "refresh_token.leeway")]
    [InlineData(-1, 100, 50, "refresh_token.leeway")]
    [InlineData(0, 0, 50, "refresh_token.token_lifetime")]
    [InlineData(0, 100, 0, "refresh_token.idle_token_lifetime")]
    [InlineData(0, 100, 101, "refresh_token.idle_token_lifetime")]
    [InlineData(60, 100, 100, null)]
    public void Refresh_tokens_live_within_bounds(int leeway, int lifetime, int idle, string? member)
    {
        client.RefreshTokens = new RefreshTokenPolicy
        {
            Leeway = leeway,
            TokenLifetime = lifetime,
            IdleTokenLifetime = idle,
        };

        Assert.Equal(member, Check(client)?.Member);
    }

    private static ClientProblem? Check(Client client, bool strict = false)
    {
        var settings = new TenantSettings();
        if (strict)
            settings.Flags = new Dictionary<string, bool> { [TenantFlags.RequireReverseDomainSchemes] = true };
        return ClientMetadataRules.Check(client, settings);
    }
}
