using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Tickets;

/// <summary>Tickets, jobs, and what <c>verify_email</c> of a user does.</summary>
public sealed class ManagementTicketTests : IAsyncLifetime
{
    private const string Address = "grace@example.com";
    private readonly ManagementScenario api = new();
    private Browser browser = null!;

    public ValueTask InitializeAsync()
    {
        browser = new Browser(api.Server);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        browser.Dispose();
        return api.DisposeAsync();
    }

    [Fact]
    public async Task A_ticket_to_confirm_is_for_the_caller_to_deliver()
    {
        var id = await NewUserAsync();
        var answer = await api.PostAsync("tickets/email-verification", $$"""{"user_id":"{{id}}"}""");

        Assert.Equal(201, answer.Status);
        Assert.StartsWith(
            api.Server.Issuer.At("/u/verify-email?ticket="), answer.Text("ticket"), StringComparison.Ordinal);
        await browser.OpenAsync(answer.Text("ticket"));
        await browser.ClickAsync("verify-submit");
        Assert.True((await api.Server.StoredUserAsync(id)).EmailVerified);
        Assert.Empty(api.Server.EmailsTo(Address));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_ticket_to_set_a_password_proves_the_address_only_when_the_caller_says_so(bool marks)
    {
        var id = await NewUserAsync();
        await browser.OpenAsync(
            (
                await api.PostAsync(
                    "tickets/password-change",
                    $$"""{"user_id":"{{id}}","mark_email_as_verified":{{(marks ? "true" : "false")}}}"""
                )
            ).Text("ticket"));
        await browser.Fill("password", "another long pass phrase").ClickAsync("reset-submit");

        Assert.Contains("Your password is set", browser.Text, StringComparison.Ordinal);
        Assert.Equal(marks, (await api.Server.StoredUserAsync(id)).EmailVerified);
    }

    [Fact]
    public async Task A_user_is_found_by_connection_and_address_too()
    {
        await NewUserAsync();
        var connection = (await api.GetAsync("connections")).List[0]!["id"]!.GetValue<string>();

        Assert.Equal(
            201,
            (
                await api.PostAsync(
                    "tickets/password-change",
                    $$"""{"email":"GRACE@example.com","connection_id":"{{connection}}"}"""
                )).Status);
        Assert.Equal(
            404,
            (
                await api.PostAsync(
                    "tickets/password-change",
                    $$"""{"email":"nobody@example.com","connection_id":"{{connection}}"}"""
                )).Status);
    }

    [Fact]
    public async Task The_browser_goes_to_the_result_url_in_the_end()
    {
        var id = await NewUserAsync();
        var client = await api.NewClientAsync("\"callbacks\":[\"https://app.example/done\"]");
        await browser.OpenAsync(
            (
                await api.PostAsync(
                    "tickets/email-verification",
                    $$"""
                    {"user_id":"{{id}}","client_id":"{{client}}","result_url":"https://app.example/done",
                    "includeEmailInRedirect":true,"ttl_sec":60}
                    """
                )
            ).Text("ticket"));
        await browser.ClickAsync("verify-submit");

        Assert.Equal(
            "https://app.example/done?success=true&email=grace@example.com",
            Uri.UnescapeDataString(browser.LeftTo!.AbsoluteUri));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("https://app.example/done/more")]
    [InlineData("//app.example/done")]
    [InlineData("javascript:alert(1)")]
    public async Task An_unlisted_result_url_is_refused(string url)
    {
        var id = await NewUserAsync();
        var client = await api.NewClientAsync("\"callbacks\":[\"https://app.example/done\"]");
        var answer = await api.PostAsync(
            "tickets/password-change",
            $$"""{"user_id":"{{id}}","client_id":"{{client}}","result_url":"{{url}}"}"""
        );

        Assert.Equal((400, "invalid_body"), (answer.Status, answer.Text("errorCode")));
    }

    [Theory]
    [InlineData("email-verification", "{}")]
    [InlineData("email-verification", """{"user_id":"auth0|x","organization_id":"org_x"}""")]
    [InlineData("email-verification", """{"user_id":"auth0|x","ttl_sec":-1}""")]
    [InlineData("email-verification", """{"user_id":"auth0|x","identity":{"provider":"auth0"}}""")]
    [InlineData("password-change", "{}")]
    [InlineData("password-change", """{"email":"grace@example.com"}""")]
    [InlineData("password-change", """{"user_id":"auth0|x","email":"grace@example.com","connection_id":"con_x"}""")]
    public async Task Invalid_members_are_refused(string kind, string body) =>
        Assert.Equal((400, "invalid_body"), await StatusAsync(await api.PostAsync("tickets/" + kind, body)));

    [Fact]
    public async Task An_unknown_user_or_job_is_not_found()
    {
        Assert.Equal(
            (404, "inexistent_user"),
            await StatusAsync(await api.PostAsync("tickets/email-verification", """{"user_id":"auth0|nobody"}""")));
        Assert.Equal(
            (404, "inexistent_user"),
            await StatusAsync(await api.PostAsync("jobs/verification-email", """{"user_id":"auth0|nobody"}""")));
        Assert.Equal((404, "inexistent_job"), await StatusAsync(await api.GetAsync("jobs/job_nothing")));
    }

    [Fact]
    public async Task Scopes_are_asked_for()
    {
        var id = await NewUserAsync();
        Assert.Equal(
            403,
            (await api.WithScopesAsync(
                    "update:users", a => a.PostAsync("tickets/password-change", $$"""{"user_id":"{{id}}"}"""))).Status);
        Assert.Equal(
            403,
            (await api.WithScopesAsync(
                    "create:user_tickets",
                    a => a.PostAsync("jobs/verification-email", $$"""{"user_id":"{{id}}"}"""))).Status);
    }

    [Fact]
    public async Task A_ttl_is_at_most_a_day()
    {
        var id = await NewUserAsync();
        var link = (
            await api.PostAsync("tickets/email-verification", $$"""{"user_id":"{{id}}","ttl_sec":432000}""")
        ).Text("ticket");
        api.Server.Time.Advance(TimeSpan.FromHours(23));
        await browser.OpenAsync(link);
        Assert.True(browser.Has("verify-submit"));

        api.Server.Time.Advance(TimeSpan.FromHours(1));
        await browser.OpenAsync(link);
        Assert.False(browser.Has("verify-submit"));
    }

    [Fact]
    public async Task A_job_is_pending_until_its_email_is_sent()
    {
        var id = await NewUserAsync();
        var job = await api.PostAsync("jobs/verification-email", $$"""{"user_id":"{{id}}"}""");
        Assert.Equal((201, "verification_email", "pending"), (job.Status, job.Text("type"), job.Text("status")));

        await browser.OpenAsync((await api.Server.EmailToAsync(Address)).LinkOf());
        await browser.ClickAsync("verify-submit");

        Assert.True((await api.Server.StoredUserAsync(id)).EmailVerified);
        await api.Server.UntilAllIsSentAsync();
        Assert.Equal("completed", (await api.GetAsync("jobs/" + job.Text("id"))).Text("status"));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("\"email_verified\":true", false)]
    [InlineData("\"verify_email\":false", false)]
    [InlineData("\"email_verified\":true,\"verify_email\":true", true)]
    public async Task A_new_user_is_asked_to_confirm_unless_the_caller_declines(string members, bool asked)
    {
        await api.NewUserAsync(Address, members);
        await api.Server.UntilAllIsSentAsync();

        Assert.Equal(asked ? 1 : 0, api.Server.EmailsTo(Address).Count);
    }

    [Fact]
    public async Task Another_address_is_asked_to_confirm_when_the_caller_wants_it()
    {
        var id = await NewUserAsync();
        await api.PatchAsync("users/" + id, """{"email":"hopper@example.com","verify_email":true}""");

        Assert.StartsWith(
            "Confirm", (await api.Server.EmailToAsync("hopper@example.com")).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_whose_password_is_set_is_notified()
    {
        var id = await NewUserAsync();
        await api.PatchAsync("users/" + id, """{"password":"another long pass phrase"}""");

        Assert.Contains("was changed", (await api.Server.EmailToAsync(Address)).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Emails_of_the_api_are_in_the_tenant_s_first_language()
    {
        await api.Server.ChangeSettingsAsync(settings => settings.EnabledLocales = ["ja", "en"]);
        await api.NewUserAsync(Address);

        Assert.Contains("メールアドレスの確認", (await api.Server.EmailToAsync(Address)).Subject, StringComparison.Ordinal);
    }

    private Task<string> NewUserAsync() => api.NewUserAsync(Address, "\"verify_email\":false");

    private static Task<(int, string)> StatusAsync(ManagementAnswer answer) =>
        Task.FromResult((answer.Status, answer.Text("errorCode")));
}
