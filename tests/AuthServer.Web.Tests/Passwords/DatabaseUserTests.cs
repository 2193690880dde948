using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Passwords;

/// <summary>What else the options of a user database ask of its users.</summary>
public sealed class DatabaseUserTests : IAsyncLifetime
{
    private const string Database = "Username-Password-Authentication";
    private const string Password = "four unrelated words here";
    private readonly ManagementScenario api = new();
    private Core.Model.Client client = null!;
    private Browser browser = null!;

    public async ValueTask InitializeAsync() =>
        (client, browser) = (await api.Server.AddPublicClientAsync(), new Browser(api.Server));

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await api.DisposeAsync();
    }

    [Fact]
    public async Task The_sign_up_page_asks_for_a_user_name_where_one_is_required()
    {
        await browser.OpenAsync(client.Authorize(("screen_hint", "signup")));
        Assert.Null(browser.Input("user_name"));
        await SetAsync("""{"requires_username":true,"validation":{"username":{"min":3,"max":8}}}""");
        await browser.OpenAsync(client.Authorize(("screen_hint", "signup")));

        await SignUpAsync("ab");
        Assert.Contains("3 to 8", browser.Page.GetElementById("problem")!.TextContent, StringComparison.Ordinal);
        await SignUpAsync("Grace");

        Assert.NotNull(browser.Returned("code"));
        using var other = new Browser(api.Server);
        await other.OpenAsync(client.Authorize());
        await other.SignInAsync("grace", Password);
        Assert.NotNull(other.Returned("code"));
    }

    [Fact]
    public async Task A_user_name_that_is_taken_is_refused_in_general_words()
    {
        await SetAsync("""{"requires_username":true}""");
        await browser.OpenAsync(client.Authorize(("screen_hint", "signup")));
        await SignUpAsync("grace");
        using var other = new Browser(api.Server);
        await other.OpenAsync(client.Authorize(("screen_hint", "signup")));

        await other.Fill("username", "other@example.com").Fill("user_name", "grace").Fill("password", Password)
            .ClickAsync("signup-submit");

        Assert.Contains("can't be used", other.Page.GetElementById("problem")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "username")]
    [InlineData("ab", "username")]
    [InlineData("grace", null)]
    public async Task An_application_s_sign_up_needs_one(string? name, string? problem)
    {
        await SetAsync("""{"requires_username":true,"validation":{"username":{"min":3,"max":8}}}""");

        var answer = await new OAuth(api.Server).PostAsync(
            "/dbconnections/signup",
            ("client_id", client.ClientId),
            ("connection", Database),
            ("email", "grace@example.com"),
            ("username", name),
            ("password", Password));

        Assert.Equal(problem is null ? null : "invalid_body", answer["code"]);
        Assert.Contains(problem ?? "", answer["description"] ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData(""","username":"ab" """, 400)]
    [InlineData(""","username":"grace" """, 201)]
    public async Task The_Management_API_needs_one(string member, int status)
    {
        await SetAsync("""{"requires_username":true,"validation":{"username":{"min":3,"max":8}}}""");

        var answer = await api.PostAsync("users", $$"""
            {"connection":"{{Database}}","email":"grace@example.com","password":"{{Password}}"{{member}}}
            """);

        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task Users_sign_in_by_the_identifiers_that_are_active()
    {
        await SetAsync(Attributes("""
            "username":{"identifier":{"active":false},"signup":{"status":"optional"},
            "validation":{"min_length":3,"allowed_types":{"phone_number":false}}}
            """));
        await browser.OpenAsync(client.Authorize(("screen_hint", "signup")));
        Assert.False(browser.Input("user_name")!.HasAttribute("required"));
        await SignUpAsync("+4930123456");
        Assert.Contains("3 to 128", browser.Page.GetElementById("problem")!.TextContent, StringComparison.Ordinal);
        await SignUpAsync("Grace");
        Assert.NotNull(browser.Returned("code"));
        Assert.Equal((false, true), (await SignsInAsync("grace"), await SignsInAsync("grace@example.com")));

        await SetAsync(Attributes(
            """ "username":{"identifier":{"active":true},"signup":{"status":"required"}} """, email: "false"));

        Assert.Equal((true, false), (await SignsInAsync("grace"), await SignsInAsync("grace@example.com")));
    }

    [Theory]
    [InlineData("inactive", "false", null, null)]
    [InlineData("inactive", "false", "grace", "don't choose one")]
    [InlineData("optional", "false", null, null)]
    [InlineData("optional", "false", "grace", null)]
    [InlineData("required", "false", null, "username")]
    [InlineData("optional", "true", null, "username")]
    public async Task A_sign_up_has_a_user_name_as_the_attribute_says(
        string status, string required, string? name, string? problem)
    {
        await SetAsync(Attributes($$"""
            "username":{"profile_required":{{required}},"signup":{"status":"{{status}}"} }
            """));

        var answer = await new OAuth(api.Server).PostAsync(
            "/dbconnections/signup",
            ("client_id", client.ClientId),
            ("connection", Database),
            ("email", "grace@example.com"),
            ("username", name),
            ("password", Password));

        Assert.Equal(problem is null ? null : "invalid_body", answer["code"]);
        Assert.Contains(problem ?? "", answer["description"] ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_has_the_attributes_that_are_required()
    {
        var id = await api.NewUserAsync("older@example.com", "\"username\":\"older\"");
        await SetAsync(Attributes("\"username\":{\"profile_required\":true}"));

        foreach (var member in (string[])["\"email\":\"grace@example.com\"", "\"username\":\"grace\""])
        {
            var answer = await api.PostAsync(
                "users", $$"""{"connection":"{{Database}}","password":"{{Password}}",{{member}}}""");
            Assert.Equal(400, answer.Status);
        }

        Assert.Equal(400, (await api.PatchAsync("users/" + id, """{"email":null}""")).Status);
        Assert.Equal(400, (await api.PatchAsync("users/" + id, """{"username":null}""")).Status);
        Assert.Equal(200, (await api.PatchAsync("users/" + id, """{"username":"newer"}""")).Status);
    }

    [Fact]
    public async Task A_database_without_password_resets_offers_none()
    {
        await SetAsync("""{"disable_self_service_change_password":true}""");

        await browser.OpenAsync(client.Authorize());
        Assert.False(browser.Has("forgot-link"));
        await browser.OpenAsync(client.Authorize(("screen_hint", "reset-password")));
        Assert.False(browser.Has("forgot-submit"));
    }

    [Fact]
    public async Task An_application_asks_in_vain_for_a_password_reset_there()
    {
        await SetAsync("""{"disable_self_service_change_password":true}""");

        var answer = await new OAuth(api.Server).PostAsync(
            "/dbconnections/change_password",
            ("client_id", client.ClientId),
            ("connection", Database),
            ("email", TestServer.AdminEmail));

        Assert.Equal("password_reset_disabled", answer["code"]);
    }

    private static string Attributes(string others, string email = "true") => $$"""
        {"attributes":{"email":{"identifier":{"active":{{email}}},"profile_required":true,
        "signup":{"status":"required","verification":{"active":false} } },{{others}} } }
        """;

    private async Task<bool> SignsInAsync(string name)
    {
        using var other = new Browser(api.Server);
        await other.OpenAsync(client.Authorize());
        await other.SignInAsync(name, Password);
        return other.LeftTo is not null;
    }

    private Task<Browser> SignUpAsync(string name) => browser
        .Fill("username", "grace@example.com")
        .Fill("user_name", name)
        .Fill("password", Password)
        .ClickAsync("signup-submit");

    private async Task SetAsync(string options)
    {
        var database = (await api.GetAsync("connections")).List.Single()!["id"]!.GetValue<string>();
        var answer = await api.PatchAsync($"connections/{database}", $$"""{"options":{{options}}}""");
        Assert.Equal(200, answer.Status);
    }
}
