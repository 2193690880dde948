using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Sessions;

/// <summary>The tenant's session cookie, and the lifetimes of sessions that end with the browser.</summary>
public sealed class SessionCookieTests : IAsyncLifetime
{
    private readonly ManagementScenario api = new();
    private Client client = null!;
    private Browser browser = null!;

    public async ValueTask InitializeAsync() =>
        (client, browser) = (await api.Server.AddPublicClientAsync(), new Browser(api.Server));

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await api.DisposeAsync();
    }

    [Fact]
    public async Task A_persistent_cookie_has_an_end() =>
        Assert.Contains("expires=", await CookieAsync("persistent"), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public async Task A_non_persistent_cookie_has_none()
    {
        var cookie = await CookieAsync("non-persistent");

        Assert.DoesNotContain("expires=", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("max-age=", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("\"ephemeral_session_lifetime\":2", 3, "login_required")]
    [InlineData("\"ephemeral_session_lifetime\":2", 1, null)]
    [InlineData("\"ephemeral_session_lifetime_in_minutes\":120", 3, "login_required")]
    [InlineData("\"idle_ephemeral_session_lifetime\":1", 2, "login_required")]
    [InlineData("\"idle_ephemeral_session_lifetime_in_minutes\":60", 2, "login_required")]
    public async Task A_session_with_a_non_persistent_cookie_has_a_lifetime_of_its_own(
        string lifetime, int hours, string? error)
    {
        await api.PatchAsync("tenants/settings", $$"""{{{lifetime}}}""");
        await CookieAsync("non-persistent");

        api.Server.Time.Advance(TimeSpan.FromHours(hours));

        await browser.OpenAsync(client.Authorize(("prompt", "none")));
        Assert.Equal(error, browser.Returned("error"));
    }

    [Fact]
    public async Task The_lifetimes_do_not_concern_a_persistent_session()
    {
        await api.PatchAsync("tenants/settings", """
            {"ephemeral_session_lifetime":1,"idle_ephemeral_session_lifetime":1}
            """);
        await CookieAsync("persistent");

        api.Server.Time.Advance(TimeSpan.FromHours(2));

        await browser.OpenAsync(client.Authorize(("prompt", "none")));
        Assert.NotNull(browser.Returned("code"));
    }

    [Fact]
    public async Task The_lifetimes_are_shown()
    {
        var before = await api.GetAsync("tenants/settings");
        var after = await api.PatchAsync("tenants/settings", """{"ephemeral_session_lifetime":48}""");

        Assert.Equal(72, before["ephemeral_session_lifetime"]!.GetValue<double>());
        Assert.Equal(24, before["idle_ephemeral_session_lifetime"]!.GetValue<double>());
        Assert.Equal(48, after["ephemeral_session_lifetime"]!.GetValue<double>());
    }

    /// <summary>Signs in, and returns the header that set the cookie.</summary>
    private async Task<string> CookieAsync(string mode)
    {
        await api.PatchAsync("tenants/settings", $$$"""{"session_cookie":{"mode":"{{{mode}}}"}}""");
        await browser.OpenAsync(client.Authorize());
        var submit = browser.Fill("username", TestServer.AdminEmail)
            .Fill("password", TestServer.AdminPassword)
            .Submission("login-submit");
        using var http = api.Server.NewHttp();
        using var request = submit();
        using var answer = await http.SendAsync(request);
        var header = answer.Headers.GetValues("Set-Cookie")
            .Single(line => line.StartsWith("sid=", StringComparison.Ordinal));
        browser.SetCookie("sid", header["sid=".Length..header.IndexOf(';', StringComparison.Ordinal)]);
        return header;
    }
}
