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

    private const string OAuth2 = Keys + """
        ,"authorizationURL":"https://idp.example/authorize","tokenURL":"https://idp.example/token"
        ,"userInfoURL":"https://idp.example/me","fieldsMap":{"user_id":"data.id","name":"data.name"}
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
    public async Task Values_that_tools_send_are_accepted(string strategy, string options)
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
    public async Task Options_without_effect_are_refused_with_a_reason(string strategy, string options, string because)
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

    [Theory]
    [InlineData("idp.example/authorize", "evil.example/authorize", "authorizationURL")]
    [InlineData("idp.example/token", "evil.example/token", "tokenURL")]
    [InlineData("idp.example/me", "evil.example/me", "userInfoURL")]
    [InlineData("data.id", "data.nickname", "fieldsMap.user_id")]
    public async Task The_addresses_and_the_user_id_of_an_OAuth_provider_do_not_change(
        string before, string after, string member)
    {
        var id = (await NewAsync("oauth2", OAuth2)).Text("id");
        var renamed = OAuth2.Replace("data.name", "data.label", StringComparison.Ordinal);
        var moved = OAuth2.Replace(before, after, StringComparison.Ordinal);

        var same = await api.PatchAsync($"connections/{id}", $$$"""{"options":{{{{renamed}}}}}""");
        var other = await api.PatchAsync($"connections/{id}", $$$"""{"options":{{{{moved}}}}}""");

        Assert.Equal((200, 400), (same.Status, other.Status));
        Assert.Contains("options." + member, other.Message, StringComparison.Ordinal);
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

    private Task<ManagementAnswer> NewAsync(string strategy, string options)
    {
        var name = $"n{Guid.CreateVersion7():N}";
        return api.PostAsync(
            "connections", $$$"""{"name":"{{{name}}}","strategy":"{{{strategy}}}","options":{{{{options}}}}}""");
    }
}
