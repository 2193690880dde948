using System.Text.Json.Nodes;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Management;

/// <summary>Updates of members that are objects: most are merged, a few are replaced.</summary>
public sealed class PatchTests(ManagementScenario api) : IClassFixture<ManagementScenario>
{
    [Theory]
    [InlineData(
        "jwt_configuration",
        """{"alg":"HS256","lifetime_in_seconds":60}""",
        """{"alg":"RS256"}""",
        """{"alg":"RS256","lifetime_in_seconds":60}""")]
    [InlineData(
        "refresh_token",
        """{"rotation_type":"rotating","expiration_type":"expiring","leeway":5,"idle_token_lifetime":1000}""",
        """{"leeway":10}""",
        """{"rotation_type":"rotating","expiration_type":"expiring","leeway":10,"idle_token_lifetime":1000}""")]
    [InlineData(
        "oidc_logout",
        """{"backchannel_logout_urls":["https://app.example/out"]}""",
        """{"backchannel_logout_initiators":{"mode":"all"}}""",
        """{"backchannel_logout_urls":["https://app.example/out"]}""")]
    public async Task Settings_of_a_client_that_are_not_sent_stay(
        string member, string before, string patch, string after)
    {
        var members = member == "refresh_token" ? "\"app_type\":\"spa\"," : "";
        var id = await api.NewClientAsync($"{members}\"{member}\":{before}");

        var answer = await api.PatchAsync($"clients/{id}", $$"""{"{{member}}":{{patch}}}""");

        foreach (var (name, value) in JsonNode.Parse(after)!.AsObject())
            AssertJson(value!.ToJsonString(), answer[member]?[name]);
    }

    [Fact]
    public async Task A_default_of_the_tenant_comes_back()
    {
        var changed = await api.PatchAsync("tenants/settings", """{"session_cookie":{"mode":"non-persistent"}}""");
        var kept = await api.PatchAsync("tenants/settings", """{"session_cookie":{}}""");
        var reset = await api.PatchAsync("tenants/settings", """{"session_cookie":null}""");

        AssertJson("""{"mode":"non-persistent"}""", changed["session_cookie"]);
        AssertJson("""{"mode":"non-persistent"}""", kept["session_cookie"]);
        AssertJson("""{"mode":"persistent"}""", reset["session_cookie"]);
    }

    [Theory]
    [InlineData("clients", """{"mobile":[]}""")]
    [InlineData("clients", """{"jwt_configuration":"RS256"}""")]
    [InlineData("tenants/settings", """{"session_cookie":{"mode":"forever"}}""")]
    [InlineData("tenants/settings", """{"change_password":true}""")]
    public async Task A_member_that_can_not_be_merged_is_400(string path, string patch)
    {
        if (path == "clients")
            path += "/" + await api.NewClientAsync();

        Assert.Equal(400, (await api.PatchAsync(path, patch)).Status);
    }

    [Theory]
    [InlineData("user_metadata", "{}")]
    [InlineData("user_metadata", "null")]
    [InlineData("app_metadata", "{}")]
    public async Task An_empty_object_clears_the_metadata_of_a_user(string member, string patch)
    {
        var id = await api.NewUserAsync($"{Guid.CreateVersion7():N}@example.com", $$$""" "{{{member}}}":{"a":1} """);

        var answer = await api.PatchAsync($"users/{id}", $$"""{"{{member}}":{{patch}}}""");

        AssertJson("{}", answer[member]);
    }

    [Fact]
    public async Task Metadata_of_an_organization_is_replaced_and_its_branding_is_merged()
    {
        var made = await api.PostAsync("organizations", """
            {"name":"patched","metadata":{"a":"1","b":"2"},"branding":{
              "logo_url":"https://a.example/l.png","colors":{"primary":"#112233","page_background":"#ffeedd"}}}
            """);

        var answer = await api.PatchAsync($"organizations/{made.Text("id")}", """
            {"metadata":{"c":"3"},"branding":{"colors":{"primary":"#445566"}}}
            """);

        AssertJson("""{"c":"3"}""", answer["metadata"]);
        AssertJson("""
            {"logo_url":"https://a.example/l.png","colors":{"primary":"#445566","page_background":"#ffeedd"}}
            """, answer["branding"]);
    }

    [Fact]
    public async Task Colors_without_a_logo_keep_the_logo()
    {
        await api.PatchAsync("branding", """
            {"logo_url":"https://a.example/l.png","colors":{"primary":"#112233","page_background":"#ffeedd"}}
            """);

        var answer = await api.PatchAsync("branding", """{"colors":{"primary":"#445566"}}""");

        Assert.Equal("https://a.example/l.png", answer.Text("logo_url"));
        AssertJson("""{"primary":"#445566","page_background":"#ffeedd"}""", answer["colors"]);
    }

    [Fact]
    public async Task Options_of_a_connection_are_replaced()
    {
        var made = await api.PostAsync("connections", """
            {"name":"replaced","strategy":"auth0","options":{"disable_signup":true,"brute_force_protection":true}}
            """);

        var answer = await api.PatchAsync(
            $"connections/{made.Text("id")}", """{"options":{"brute_force_protection":true}}""");

        AssertJson("""{"brute_force_protection":true}""", answer["options"]);
    }

    private static void AssertJson(string? expected, JsonNode? actual) => Assert.True(
        JsonNode.DeepEquals(expected is null ? null : JsonNode.Parse(expected), actual),
        $"Expected {expected ?? "nothing"}, found {actual?.ToJsonString() ?? "nothing"}");
}
