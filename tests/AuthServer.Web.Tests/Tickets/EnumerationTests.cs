using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using AuthServer.Core.Model;
using AuthServer.TestKit;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Tickets;

/// <summary>
/// CVE-2023-39522 and CVE-2023-49097: the response is the same for every address, and the link leads to this server.
/// </summary>
public sealed class EnumerationTests : IAsyncLifetime
{
    private static readonly string[] People =
    [
        "known@example.com", "nobody@example.com", "blocked@example.com", "federated@example.com",
    ];
    private readonly TestServer server = new();
    private Client client = null!;

    public async ValueTask InitializeAsync()
    {
        client = await server.AddPublicClientAsync();
        await server.AddUserAsync("known@example.com", "a long pass phrase");
        var blocked = await server.AddUserAsync("blocked@example.com", "a long pass phrase");
        var federated = await server.AddUserAsync("federated@example.com", "a long pass phrase");
        await server.ChangeAsync(async db =>
        {
            (await db.Users.SingleAsync(u => u.UserId == blocked.UserId)).Blocked = true;
            db.Remove(await db.PasswordCredentials.SingleAsync(c => c.UserId == federated.UserId));
        });
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task The_page_answers_every_name_alike_and_sends_emails_only_to_users()
    {
        var answers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var person in People)
        {
            using var browser = new Browser(server);
            await browser.OpenAsync(client.Authorize());
            await browser.ClickAsync("forgot-link");
            await browser.Fill("username", person).ClickAsync("forgot-submit");
            answers.Add(
                $"{browser.Status} {Headers(browser.Answer)} {string.Join(',', browser.Cookies.Keys)} "
                    + $"{Plain(browser.Html).Replace(person, "somebody", StringComparison.Ordinal)}");
        }

        Assert.Single(answers);
        await server.EmailToAsync("known@example.com");
        await server.UntilAllIsSentAsync();
        Assert.All(People[1..], person => Assert.Empty(server.EmailsTo(person)));
    }

    [Fact]
    public async Task The_api_answers_every_name_alike_and_sends_emails_only_to_users()
    {
        using var http = server.NewHttp();
        var answers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var person in People)
        {
            using var answer = await http.PostAsJsonAsync(
                "/dbconnections/change_password",
                new
                {
                    client_id = client.ClientId,
                    connection = Core.Model.Connection.DefaultDatabase,
                    email = person,
                });
            answers.Add(
                $"{answer.StatusCode} {Headers(answer)} {answer.Content.Headers.ContentType} "
                    + $"{await answer.Content.ReadAsStringAsync()}");
        }

        Assert.Contains(
            "We've just sent you an email to reset your password.", Assert.Single(answers), StringComparison.Ordinal);
        await server.EmailToAsync("known@example.com");
        await server.UntilAllIsSentAsync();
        Assert.All(People[1..], person => Assert.Empty(server.EmailsTo(person)));
    }

    [Fact]
    public async Task Beyond_the_recipients_budget_the_answer_is_the_same()
    {
        using var browser = new Browser(server);
        for (var i = 0; i < 3; i++)
        {
            await AskAsync(browser, "known@example.com");
            Assert.Contains("Check your email", browser.Text, StringComparison.Ordinal);
        }

        await server.EmailToAsync("known@example.com");
        await server.UntilAllIsSentAsync();
        Assert.Single(server.EmailsTo("known@example.com"));
    }

    [Fact]
    public async Task One_network_may_request_twenty_emails_an_hour()
    {
        using var browser = new Browser(server);
        for (var i = 0; i < 20; i++)
            await AskAsync(browser, $"nobody-{i}@example.com");
        await AskAsync(browser, "known@example.com");
        Assert.Contains("Too many emails", browser.Text, StringComparison.Ordinal);
        using var http = server.NewHttp();
        using var refused = await http.PostAsJsonAsync(
            "/dbconnections/change_password",
            new
            {
                client_id = client.ClientId,
                connection = Core.Model.Connection.DefaultDatabase,
                email = "known@example.com",
            });
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("3600", refused.Headers.GetValues("Retry-After").Single());

        server.Time.Advance(TimeSpan.FromHours(1));
        await AskAsync(browser, "known@example.com");
        Assert.Contains("Check your email", browser.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("X-Forwarded-Host", "evil.example")]
    [InlineData("X-Original-Host", "evil.example")]
    [InlineData("X-Host", "evil.example")]
    [InlineData("Forwarded", "host=evil.example;proto=https")]
    public async Task A_poisoned_host_never_reaches_the_email(string header, string value)
    {
        using var http = server.NewHttp();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/dbconnections/change_password")
        {
            Content = JsonContent.Create(
                new
                {
                    client_id = client.ClientId,
                    connection = Core.Model.Connection.DefaultDatabase,
                    email = "known@example.com",
                }),
        };
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await http.SendAsync(request);

        var letter = await server.EmailToAsync("known@example.com");
        Assert.Contains(server.Issuer.At("/u/reset-password?ticket="), letter.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", letter.Text + letter.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_name_is_enough_and_the_email_goes_to_the_address()
    {
        await server.ChangeAsync(async db =>
        {
            (await db.Users.SingleAsync(u => u.Email == "known@example.com")).Username = "grace";
            (await db.PasswordCredentials.SingleAsync(c => c.NormalizedEmail == "known@example.com")
            ).NormalizedUsername = "grace";
        });
        using var browser = new Browser(server);
        await AskAsync(browser, " GRACE ");

        Assert.StartsWith(
            "Choose a new password",
            (await server.EmailToAsync("known@example.com")).Subject,
            StringComparison.Ordinal);
    }

    private async Task AskAsync(Browser browser, string person)
    {
        await browser.OpenAsync(client.Authorize(("screen_hint", "reset-password")));
        await browser.Fill("username", person).ClickAsync("forgot-submit");
    }

    private static string Headers(HttpResponseMessage answer) =>
        string.Join(
            '\n',
            answer
                .Headers.Where(header => header.Key is not ("Date" or "x-ratelimit-remaining"))
                .Select(header => $"{header.Key}: {string.Join(',', header.Value)}"));

    /// <summary>Without what is random in every page: the encrypted handle and the form's token.</summary>
    private static string Plain(string html) => Regex.Replace(
        html.Replace("<wbr>", "", StringComparison.Ordinal),
        "(?<before>state=|value=\")[A-Za-z0-9_+/=-]{20,}",
        "${before}",
        RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1));
}
