using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Management;

/// <summary>The options that Terraform and deploy-cli send for connections to identity providers.</summary>
public sealed class ConnectionOptionTests(ManagementScenario api) : IClassFixture<ManagementScenario>
{
    private const string Keys = "\"client_id\":\"c\",\"client_secret\":\"s\"";
    private const string Oidc = Keys + ",\"issuer\":\"https://idp.example\"";

    private const string Endpoints = """
        ,"authorization_endpoint":"https://idp.example/authorize","token_endpoint":"https://idp.example/token"
        ,"jwks_uri":"https://idp.example/keys","userinfo_endpoint":"https://idp.example/me"
        """;

    [Theory]
    [InlineData("oidc", Oidc + Endpoints)]
    [InlineData("oidc", Oidc + ",\"domain_aliases\":[],\"type\":\"back_channel\",\"strategy_version\":2")]
    [InlineData("oidc", Oidc + ",\"connection_settings\":{\"pkce\":\"auto\"},\"upstream_params\":{}")]
    [InlineData("oidc", Oidc + ",\"non_persistent_attrs\":[],\"token_endpoint_auth_signing_alg\":null")]
    [InlineData("oidc", Oidc + ",\"federated_connections_access_tokens\":{\"active\":false}")]
    [InlineData("windowslive", Keys + ",\"strategy_version\":2")]
    [InlineData("google-oauth2", "")]
    [InlineData("google-oauth2", "\"client_id\":\"\",\"client_secret\":\"\",\"email\":true,\"profile\":true")]
    [InlineData("google-oauth2", Keys + ",\"allowed_audiences\":[],\"scope\":[\"email\",\"profile\"]")]
    [InlineData("github", Keys + ",\"read_user\":true,\"repo\":false,\"set_user_root_attributes\":\"on_each_login\"")]
    public async Task What_tools_send_is_accepted(string strategy, string options)
    {
        var answer = await NewAsync(strategy, options);

        Assert.True(answer.Status == 201, answer.Json?.ToJsonString());
    }

    [Theory]
    [InlineData("oidc", Oidc + ",\"domain_aliases\":[\"example.com\"]", "Only [] is supported")]
    [InlineData("oidc", Oidc + ",\"upstream_params\":{\"a\":{\"value\":\"b\"}}", "Only {} is supported")]
    [InlineData("oidc", Oidc + ",\"strategy_version\":1", "Only 2 is supported")]
    [InlineData("oidc", Oidc + ",\"non_persistent_attrs\":[\"email\"]", "Only [] is supported")]
    [InlineData("oidc", Oidc + ",\"federated_connections_access_tokens\":{\"active\":true}", "Only {")]
    [InlineData("oidc", Oidc + ",\"connection_settings\":{\"other\":1}", "Additional properties not allowed: other")]
    [InlineData("oidc", Oidc + ",\"jwks_uri\":\"http://idp.example/keys\"", "https")]
    [InlineData("oidc", Oidc + ",\"token_endpoint\":\"https://10.0.0.1/token\"", "private network")]
    [InlineData("google-oauth2", Keys + ",\"allowed_audiences\":[\"a\"]", "Only [] is supported")]
    [InlineData("google-oauth2", "\"client_id\":\"c\"", "Missing required property: client_secret")]
    [InlineData("google-oauth2", "\"client_secret\":\"s\"", "Missing required property: client_id")]
    [InlineData("oidc", "\"client_id\":\"\",\"client_secret\":\"s\",\"issuer\":\"https://idp.example\"", "empty")]
    [InlineData("github", Keys + ",\"read_user\":\"yes\"", "Expected type boolean")]
    public async Task What_nothing_here_acts_on_is_refused_in_words(string strategy, string options, string because)
    {
        var answer = await NewAsync(strategy, options);

        Assert.Equal(400, answer.Status);
        Assert.Contains(because, answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_endpoints_of_a_provider_do_not_change()
    {
        var id = (await NewAsync("oidc", Oidc + Endpoints)).Text("id");
        var moved = Endpoints.Replace("idp.example/keys", "evil.example/keys", StringComparison.Ordinal);

        var same = await api.PatchAsync($"connections/{id}", $$$"""{"options":{{{{Oidc + Endpoints}}}}}""");
        var other = await api.PatchAsync($"connections/{id}", $$$"""{"options":{{{{Oidc + moved}}}}}""");

        Assert.Equal((200, 400), (same.Status, other.Status));
        Assert.Contains("jwks_uri", other.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_social_connection_gets_its_keys_later()
    {
        var id = (await NewAsync("google-oauth2", "\"client_id\":\"\",\"client_secret\":\"\"")).Text("id");

        var offline = await api.GetAsync($"connections/{id}/status");
        var half = await api.PatchAsync($"connections/{id}", """{"options":{"client_id":"c"}}""");
        var whole = await api.PatchAsync($"connections/{id}", $$$"""{"options":{{{{Keys}}}}}""");

        Assert.Equal((404, 400, 200), (offline.Status, half.Status, whole.Status));
        Assert.Equal("c", (string?)whole["options"]!["client_id"]);
    }

    [Fact]
    public async Task A_connection_without_keys_has_no_button()
    {
        await using var scenario = await ProviderScenario.StartAsync();
        await scenario.ConnectAsync("google-oauth2", "google-oauth2", new { }, change: c => c.SecretSealed = null);
        await scenario.ConnectAsync("github", "github", new { });
        using var browser = new Browser(scenario.Server);

        await browser.OpenAsync(scenario.Client.Authorize());

        Assert.Contains("GitHub", browser.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Google", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_whose_endpoints_are_all_named_needs_no_discovery_document()
    {
        await using var scenario = await ProviderScenario.StartAsync();
        var url = scenario.Provider.Url;
        await scenario.ConnectAsync("named", "oidc", new
        {
            issuer = url,
            authorization_endpoint = url + "/elsewhere",
            token_endpoint = url + "/token",
            jwks_uri = url + "/jwks",
        });
        using var browser = new Browser(scenario.Server);

        var left = await scenario.LeaveAsync(browser, "named");
        await browser.OpenAsync(scenario.Provider.Agree(left));

        Assert.Equal("/elsewhere", left.AbsolutePath);
        Assert.NotNull(browser.Returned("code"));
        Assert.Equal(0, scenario.Provider.Hits("/.well-known/openid-configuration"));
    }

    [Fact]
    public async Task An_endpoint_that_the_options_name_counts_before_the_document()
    {
        await using var scenario = await ProviderScenario.StartAsync();
        var url = scenario.Provider.Url;
        await scenario.ConnectAsync("mixed", "oidc", new { issuer = url, jwks_uri = url + "/none" });
        using var browser = new Browser(scenario.Server);

        await scenario.SignInAsync(browser, connection: "mixed");

        Assert.Equal("/login/callback", browser.Url.AbsolutePath);
        Assert.True(scenario.Provider.Hits("/none") > 0);
        Assert.Equal(0, scenario.Provider.Hits("/jwks"));
    }

    private Task<ManagementAnswer> NewAsync(string strategy, string options)
    {
        var name = $"n{Guid.CreateVersion7():N}";
        return api.PostAsync(
            "connections", $$$"""{"name":"{{{name}}}","strategy":"{{{strategy}}}","options":{{{{options}}}}}""");
    }
}
