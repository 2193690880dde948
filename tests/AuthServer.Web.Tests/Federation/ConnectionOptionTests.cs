using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Federation;

/// <summary>Connections whose options name endpoints of the provider, or lack its keys.</summary>
public sealed class ConnectionOptionTests(RunningProvider running) : IClassFixture<RunningProvider>, IAsyncLifetime
{
    private readonly ProviderScenario scenario = running.Scenario;
    private Browser browser = null!;

    public async ValueTask InitializeAsync()
    {
        await scenario.ResetAsync();
        browser = new Browser(scenario.Server);
    }

    public ValueTask DisposeAsync()
    {
        browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_connection_without_keys_has_no_button()
    {
        await scenario.ConnectAsync("google-oauth2", "google-oauth2", new { }, change: c => c.SecretSealed = null);
        await scenario.ConnectAsync("github", "github", new { });

        await browser.OpenAsync(scenario.Client.Authorize());

        Assert.Contains("GitHub", browser.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Google", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_whose_endpoints_are_all_named_needs_no_discovery_document()
    {
        var url = scenario.Provider.Url;
        await scenario.ConnectAsync("named", "oidc", new
        {
            issuer = url,
            authorization_endpoint = url + "/elsewhere",
            token_endpoint = url + "/token",
            jwks_uri = url + "/jwks",
        });

        var left = await scenario.LeaveAsync(browser, "named");
        await browser.OpenAsync(scenario.Provider.Agree(left));

        Assert.Equal("/elsewhere", left.AbsolutePath);
        Assert.NotNull(browser.Returned("code"));
        Assert.Equal(0, scenario.Provider.Hits("/.well-known/openid-configuration"));
    }

    [Fact]
    public async Task An_endpoint_that_the_options_name_counts_before_the_document()
    {
        var url = scenario.Provider.Url;
        await scenario.ConnectAsync("mixed", "oidc", new { issuer = url, jwks_uri = url + "/none" });

        await scenario.SignInWithProviderAsync(browser, connection: "mixed");

        Assert.Equal("/login/callback", browser.Url.AbsolutePath);
        Assert.True(scenario.Provider.Hits("/none") > 0);
        Assert.Equal(0, scenario.Provider.Hits("/jwks"));
    }
}
