using System.Text.Json.Nodes;
using AuthServer.TestKit;
using AuthServer.Web.Tenancy;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.Web.Tests.Management;

/// <summary>The tenant's settings, and branding.</summary>
public sealed class TenantSettingsTests(ManagementScenario api) : IClassFixture<ManagementScenario>
{
    [Fact]
    public async Task A_setting_that_is_not_sent_stays()
    {
        await api.PatchAsync("tenants/settings", """{"friendly_name":"Acme","support_url":"https://help.example/"}""");
        await api.PatchAsync("tenants/settings", """{"friendly_name":"Acme 2"}""");

        Assert.Equal("https://help.example/", (await api.GetAsync("tenants/settings")).Text("support_url"));
    }

    [Fact]
    public async Task Null_clears_a_setting_or_resets_it()
    {
        await api.PatchAsync(
            "tenants/settings",
            """{"picture_url":"https://cdn.example/x.png","session_lifetime":1.5}"""
        );
        var answer = await api.PatchAsync("tenants/settings", """{"picture_url":null,"session_lifetime":null}""");

        Assert.Null(answer["picture_url"]);
        Assert.Equal(168, answer["session_lifetime"]!.GetValue<double>());
    }

    [Fact]
    public async Task Flags_merge_by_name()
    {
        await api.PatchAsync("tenants/settings", """{"flags":{"enable_dynamic_client_registration":true}}""");
        var answer = await api.PatchAsync("tenants/settings", """{"flags":{"enable_pipeline2":true}}""");

        Assert.True(answer["flags"]!["enable_dynamic_client_registration"]!.GetValue<bool>());
        Assert.True(answer["flags"]!["enable_client_connections"]!.GetValue<bool>());
    }

    [Fact]
    public async Task An_unknown_flag_is_refused() =>
        Assert.Contains(
            "no_such_flag",
            (await api.PatchAsync("tenants/settings", """{"flags":{"no_such_flag":true}}""")).Message,
            StringComparison.Ordinal);

    [Fact]
    public async Task A_change_is_seen_by_the_next_request()
    {
        await api.PatchAsync("tenants/settings", """{"friendly_name":"Seen at once"}""");

        var snapshot = await api.Server.Services.GetRequiredService<TenantCache>().ReadAsync();

        Assert.Equal("Seen at once", snapshot.Settings.FriendlyName);
    }

    [Fact]
    public async Task The_default_audience_must_be_an_API() =>
        Assert.Equal(
            400,
            (await api.PatchAsync("tenants/settings", """{"default_audience":"https://nothing.example"}""")).Status);

    [Fact]
    public async Task The_Management_API_is_stored_so_that_it_follows_the_issuer()
    {
        var audience = api.Server.Issuer.Value + "api/v2/";
        var answer = await api.PatchAsync("tenants/settings", $$"""{"default_audience":"{{audience}}"}""");
        var snapshot = await api.Server.Services.GetRequiredService<TenantCache>().ReadAsync();

        Assert.Equal(audience, answer.Text("default_audience"));
        Assert.Equal("/api/v2/", snapshot.Settings.DefaultAudience);
    }

    [Theory]
    [InlineData("""{"allowed_logout_urls":["javascript:alert(1)"]}""")]
    [InlineData("""{"default_redirection_uri":"http://app.example/"}""")]
    [InlineData("""{"default_directory":"nobody"}""")]
    [InlineData("""{"support_email":"no address"}""")]
    [InlineData("""{"enabled_locales":[]}""")]
    [InlineData("""{"resource_parameter_profile":"other"}""")]
    [InlineData("""{"session_lifetime":0}""")]
    public async Task A_setting_that_makes_no_sense_is_refused(string body) =>
        Assert.Equal(400, (await api.PatchAsync("tenants/settings", body)).Status);

    [Fact]
    public async Task What_is_kept_for_later_comes_back_as_it_was_sent()
    {
        await api.PatchAsync(
            "tenants/settings",
            """
            {"mtls":{"enable_endpoint_aliases":true},"acr_values_supported":["a"],
            "dynamic_client_registration_security_mode":"strict"}
            """
        );
        var answer = await api.GetAsync(
            "tenants/settings?fields=mtls,acr_values_supported,dynamic_client_registration_security_mode");

        var expected = JsonNode.Parse(
            """
            {"dynamic_client_registration_security_mode":"strict","acr_values_supported":["a"],
            "mtls":{"enable_endpoint_aliases":true}}
            """);
        Assert.True(JsonNode.DeepEquals(expected, answer.Json), answer.Json!.ToJsonString());
    }

    [Fact]
    public async Task Branding_is_kept_and_leaves_the_settings_alone()
    {
        var answer = await api.PatchAsync(
            "branding",
            """{"colors":{"primary":"#0059d6","page_background":"#ffffff"},"favicon_url":"https://cdn.example/f.ico"}"""
        );
        var settings = await api.GetAsync("tenants/settings");

        Assert.Equal(
            """
            {"colors":{"primary":"#0059d6","page_background":"#ffffff"},"favicon_url":"https://cdn.example/f.ico"}
            """,
            answer.Json!.ToJsonString());
        Assert.Null(settings["favicon_url"]);
    }

    [Fact]
    public async Task Branding_takes_null_for_clearing()
    {
        await api.PatchAsync(
            "branding",
            """
            {"colors":{"primary":"#123456","page_background":"#654321"},"font":{"url":"https://cdn.example/f.woff"}}
            """
        );
        var answer = await api.PatchAsync("branding", """{"colors":null,"font":null}""");

        Assert.Null(answer["colors"]);
        Assert.Null(answer["font"]);
    }
}
