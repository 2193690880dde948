using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Authorize;

/// <summary>A client with <c>sso_disabled</c> asks for a login of its own.</summary>
public sealed class SsoDisabledTests(ManagementScenario api) : IClassFixture<ManagementScenario>
{
    [Fact]
    public async Task A_session_of_another_client_signs_no_user_in()
    {
        using var browser = new Browser(api.Server);
        await browser.OpenAsync((await api.Server.AddPublicClientAsync()).Authorize());
        await browser.SignInAsync();
        api.Server.Time.Advance(TimeSpan.FromMinutes(1));
        var client = await api.Server.AddPublicClientAsync();
        var answer = await api.PatchAsync($"clients/{client.ClientId}", """{"sso_disabled":true}""");
        Assert.True((bool?)answer["sso_disabled"]);

        await browser.OpenAsync(client.Authorize(("prompt", "none")));
        Assert.Equal("login_required", browser.Returned("error"));
        await browser.OpenAsync(client.Authorize());
        Assert.Equal("/u/login", browser.Url.AbsolutePath);
        await browser.SignInAsync();
        Assert.NotNull(browser.Returned("code"));
    }

    [Fact]
    public async Task Other_clients_go_on_without_a_login()
    {
        using var browser = new Browser(api.Server);
        var client = await api.Server.AddPublicClientAsync();
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync();

        await browser.OpenAsync(client.Authorize(("prompt", "none")));

        Assert.NotNull(browser.Returned("code"));
    }
}
