using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Passwords;

/// <summary>A user database with <c>password_history</c> takes no former password.</summary>
public sealed class PasswordHistoryTests : IAsyncLifetime
{
    private const string Address = "grace@example.com";
    private const string First = "first words of mine";
    private const string Second = "second words of mine";
    private const string Third = "third words of mine";
    private readonly ManagementScenario api = new();
    private string user = "";

    public async ValueTask InitializeAsync()
    {
        await SetAsync("""{"password_history":{"enable":true,"size":2}}""");
        user = (await api.Server.AddUserAsync(Address, First)).UserId;
    }

    public async ValueTask DisposeAsync() => await api.DisposeAsync();

    [Fact]
    public async Task The_last_ones_are_refused_and_older_ones_are_not()
    {
        Assert.Equal(400, (await ChangeAsync(First)).Status);
        Assert.Equal(200, (await ChangeAsync(Second)).Status);
        var reused = await ChangeAsync(First);
        Assert.Equal(400, reused.Status);
        Assert.Contains("Password has previously been used", reused.Message, StringComparison.Ordinal);
        Assert.Equal(200, (await ChangeAsync(Third)).Status);

        Assert.Equal(200, (await ChangeAsync(First)).Status);
    }

    [Fact]
    public async Task Without_the_option_any_is_taken()
    {
        await SetAsync("{}");

        Assert.Equal(200, (await ChangeAsync(First)).Status);
    }

    [Fact]
    public async Task The_page_of_the_account_refuses_one()
    {
        using var browser = new Browser(api.Server);
        await browser.OpenAsync("/account");
        await browser.SignInAsync(Address, First);
        await browser.OpenAsync("/account/password");
        await browser.Fill("current", First).Fill("password", Second).ClickAsync("password-submit");
        Assert.Equal("/account", browser.Url.AbsolutePath);

        await browser.OpenAsync("/account/password");
        await browser.Fill("current", Second).Fill("password", First).ClickAsync("password-submit");

        var problem = browser.Page.GetElementById("problem")!.TextContent;
        Assert.Contains("used this password before", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_refuses_one()
    {
        var ticket = await api.PostAsync("tickets/password-change", $$"""{"user_id":"{{user}}"}""");
        using var browser = new Browser(api.Server);
        await browser.OpenAsync(ticket.Text("ticket"));

        await browser.Fill("password", First).ClickAsync("reset-submit");

        var problem = browser.Page.GetElementById("problem")!.TextContent;
        Assert.Contains("used this password before", problem, StringComparison.Ordinal);
    }

    private Task<ManagementAnswer> ChangeAsync(string password)
    {
        api.Server.Time.Advance(TimeSpan.FromSeconds(1));
        return api.PatchAsync($"users/{user}", $$"""{"password":"{{password}}"}""");
    }

    private async Task SetAsync(string options)
    {
        var database = (await api.GetAsync("connections")).List.Single()!["id"]!.GetValue<string>();
        await api.PatchAsync($"connections/{database}", $$"""{"options":{{options}}}""");
    }
}
