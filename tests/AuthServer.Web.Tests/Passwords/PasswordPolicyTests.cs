using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Passwords;

/// <summary>The password options of a user database, at the Management API and on the pages.</summary>
public sealed class PasswordPolicyTests : IAsyncLifetime
{
    private readonly ManagementScenario api = new();
    private string database = "";

    public async ValueTask InitializeAsync() =>
        database = (await api.GetAsync("connections")).List.Single()!["id"]!.GetValue<string>();

    public async ValueTask DisposeAsync() => await api.DisposeAsync();

    [Theory]
    [InlineData("""{"passwordPolicy":"low"}""", "kR7qzu", null)]
    [InlineData("""{"passwordPolicy":"low"}""", "kR7qz", "at least 6 characters")]
    [InlineData("""{"passwordPolicy":"none"}""", "kq", null)]
    [InlineData("""{"passwordPolicy":"fair"}""", "kr7qzu2m", "upper case letter")]
    [InlineData("""{"passwordPolicy":"fair"}""", "kR7qzu2m", null)]
    [InlineData("""{"passwordPolicy":"good"}""", "krqzuamw7", "three of:")]
    [InlineData("""{"passwordPolicy":"good"}""", "krqzuamw7-", null)]
    [InlineData("""{"passwordPolicy":"excellent"}""", "kR7qzu2ml", "at least 10 characters")]
    [InlineData("""{"passwordPolicy":"excellent"}""", "kR777zu2mlq", "three times in a row")]
    [InlineData("""{"passwordPolicy":"excellent"}""", "kR77zu2mlqa", null)]
    [InlineData("""{"password_complexity_options":{"min_length":12}}""", "kR7qzu2mlqa", "at least 12 characters")]
    [InlineData("""{"passwordPolicy":"good","password_complexity_options":{"min_length":4}}""", "kR7-", null)]
    [InlineData("{}", "password123", "too common")]
    [InlineData("""{"password_dictionary":{"enable":false}}""", "password123", null)]
    [InlineData(
        """{"password_dictionary":{"enable":true,"dictionary":["Sesame-Open"]}}""", "sesame-open", "too common")]
    [InlineData("{}", "grace.hopper-1906", null)]
    [InlineData("""{"password_no_personal_info":{"enable":true}}""", "grace.hopper-1906", "user information")]
    [InlineData("""{"password_no_personal_info":{"enable":true}}""", "hello Hopper, Grace", null)]
    public async Task A_password_of_a_new_user(string options, string password, string? problem)
    {
        await SetAsync(options);

        var answer = await api.PostAsync("users", $$"""
            {
              "connection": "Username-Password-Authentication",
              "email": "grace.hopper@example.com",
              "password": "{{password}}"
            }
            """);

        Assert.Equal(problem is null ? 201 : 400, answer.Status);
        Assert.Contains(problem ?? "", problem is null ? "" : answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sign_up_page_says_the_rules_and_keeps_to_them()
    {
        await SetAsync("""{"passwordPolicy":"excellent"}""");
        using var browser = new Browser(api.Server);
        await browser.OpenAsync((await api.Server.AddPublicClientAsync()).Authorize(("screen_hint", "signup")));

        Assert.Equal("10", browser.Input("password")!.GetAttribute("minlength"));
        Assert.Contains("At least 10 characters", browser.Text, StringComparison.Ordinal);
        Assert.Contains("three of these", browser.Text, StringComparison.Ordinal);
        await SignUpAsync("kR7qzu2m");
        Assert.Contains("at least 10 characters", ProblemOn(browser), StringComparison.Ordinal);
        await SignUpAsync("krqzuamwxyab");
        Assert.Contains("three of these", ProblemOn(browser), StringComparison.Ordinal);
        await SignUpAsync("kR77zu2mlqa");
        Assert.NotNull(browser.Returned("code"));

        Task<Browser> SignUpAsync(string password) => browser
            .Fill("username", "grace@example.com")
            .Fill("password", password)
            .ClickAsync("signup-submit");
    }

    [Fact]
    public async Task The_sign_up_of_an_application_has_the_rules_beside_the_error()
    {
        await SetAsync("""{"passwordPolicy":"good","password_history":{"enable":true,"size":3}}""");
        var client = await api.Server.AddPublicClientAsync();

        var answer = await new OAuth(api.Server).PostAsync(
            "/dbconnections/signup",
            ("client_id", client.ClientId),
            ("connection", "Username-Password-Authentication"),
            ("email", "grace@example.com"),
            ("password", "krqzuamw"));

        Assert.Equal("invalid_password", answer["code"]);
        Assert.Contains("* At least 8 characters in length", answer["policy"], StringComparison.Ordinal);
        Assert.Contains("* Three of", answer["policy"], StringComparison.Ordinal);
        Assert.Contains("* None of the last 3 passwords", answer["policy"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"passwordPolicy":"best"}""")]
    [InlineData("""{"password_complexity_options":{"min_length":0}}""")]
    [InlineData("""{"password_complexity_options":{"max_length":9}}""")]
    [InlineData("""{"password_history":{"enable":true,"size":25}}""")]
    [InlineData("""{"password_dictionary":{"enable":true,"dictionary":[1]}}""")]
    [InlineData("""{"password_no_personal_info":{"enable":"yes"}}""")]
    public async Task An_option_that_makes_no_sense_is_refused(string options) =>
        Assert.Equal(400, (await SetAsync(options)).Status);

    private static string ProblemOn(Browser browser) => browser.Page.GetElementById("problem")!.TextContent;

    private Task<ManagementAnswer> SetAsync(string options) =>
        api.PatchAsync($"connections/{database}", $$"""{"options":{{options}}}""");
}
