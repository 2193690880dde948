using AuthServer.Core;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.TestKit;
using AuthServer.Web.Federation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace AuthServer.Web.Tests.Chromium;

/// <summary>Visits every page that users see.</summary>
internal static class PageTour
{
    private const string Emails = "grace.hopper@example.com";

    public static async Task PrepareAsync(TestServer server)
    {
        await server.AddApiAsync(
            a => a.Scopes =
                [new("read:appointments", "Read your appointments"), new("write:contacts", "Change your contacts")],
            "appointments:api");
        await server.ChangeSettingsAsync(settings =>
        {
            settings.FriendlyName = "Northwind Health";
            settings.SupportEmail = "help@northwind.example";
        });
    }

    public static async IAsyncEnumerable<string> WalkAsync(IPage page, TestServer server, Client ours, Client theirs)
    {
        await ConnectAsync(server, ours);
        await page.GotoAsync(ours.Authorize());
        yield return "login";
        await page.ClickAsync("#provider-contoso");
        yield return "error-provider";
        await page.ClickAsync("#way-on");
        await SignInAsync(page, "wrong");
        yield return "login-failed";
        await page.ClickAsync("#signup-link");
        yield return "signup";
        await page.FillAsync("#username", TestServer.AdminEmail);
        await page.FillAsync("#password", "some words that nobody guesses");
        await page.ClickAsync("#signup-submit");
        yield return "signup-taken";
        await page.GotoAsync(
            theirs.Authorize(
                ("audience", "appointments:api"),
                ("scope", "openid profile email read:appointments write:contacts offline_access")));
        await SignInAsync(page, TestServer.AdminPassword);
        yield return "consent";
        server.Time.Advance(TimeSpan.FromSeconds(5));
        await page.GotoAsync(ours.Authorize(("prompt", "select_account")));
        yield return "login-choose";
        await page.GotoAsync(ours.Authorize(("prompt", "login")));
        yield return "login-again";
        await AllowAsync(server, theirs);
        await page.GotoAsync("/account");
        yield return "account";
        await page.GotoAsync("/account/connect?ticket=" + await TicketAsync(server));
        yield return "connect";
        await page.GotoAsync("/u/logout");
        yield return "logout";
        await page.ClickAsync("#logout-cancel");
        yield return "logout-stayed";
        await page.GotoAsync("/u/logout");
        await page.ClickAsync("#logout-confirm");
        yield return "logout-done";
        await page.GotoAsync("/authorize?client_id=nobody");
        yield return "error-request";
        await page.GotoAsync("/u/login?state=forged");
        yield return "error-expired";
        await page.GotoAsync("/nothing-here");
        yield return "error-not-found";
        await page.GotoAsync("/");
        yield return "start";
        await page.GotoAsync("/guide");
        yield return "guide";
        await page.GotoAsync("/try");
        yield return "try";
        await page.ClickAsync("#try-submit");
        await SignInAsync(page, TestServer.AdminPassword);
        await page.ClickAsync("#consent-allow");
        await page.ClickAsync("#try-userinfo");
        yield return "try-result";
        await page.Context.ClearCookiesAsync();
        await foreach (var name in WalkLettersAsync(page, server, ours))
            yield return name;
    }

    /// <summary>Pages behind the links of emails.</summary>
    private static async IAsyncEnumerable<string> WalkLettersAsync(IPage page, TestServer server, Client ours)
    {
        await page.GotoAsync("/account");
        await page.ClickAsync("#signup-link");
        await page.FillAsync("#username", Emails);
        await page.FillAsync("#password", "four unrelated words here");
        await page.ClickAsync("#signup-submit");
        yield return "account-unverified";
        var verify = (await server.EmailToAsync(Emails)).LinkOf();
        await page.GotoAsync("/");
        await page.ClickAsync(".rows a >> nth=0");
        yield return "outbox";
        await page.GotoAsync(verify);
        yield return "verify";
        await page.ClickAsync("#verify-submit");
        yield return "verify-done";
        await page.GotoAsync(verify);
        yield return "ticket-void";
        await page.GotoAsync("/account/password");
        await page.FillAsync("#current", "wrong");
        await page.FillAsync("#password", "five unrelated words here");
        await page.ClickAsync("#password-submit");
        yield return "account-password";
        await page.Context.ClearCookiesAsync();
        server.Time.Advance(TimeSpan.FromMinutes(2));
        await page.GotoAsync(ours.Authorize());
        await page.ClickAsync("#forgot-link");
        yield return "forgot";
        await page.FillAsync("#username", Emails);
        await page.ClickAsync("#forgot-submit");
        yield return "forgot-sent";
        await page.GotoAsync((await server.EmailToAsync(Emails, after: 1)).LinkOf());
        await page.FillAsync("#password", "password123");
        await page.ClickAsync("#reset-submit");
        yield return "reset";
        await page.FillAsync("#password", "five unrelated words here");
        await page.ClickAsync("#reset-submit");
        yield return "reset-done";
    }

    /// <summary>Two identity providers, of which one is down.</summary>
    private static Task ConnectAsync(TestServer server, Client client) => server.ChangeAsync(db =>
    {
        foreach (var (name, strategy, shown, options) in new[]
            {
                ("contoso", "oidc", "Contoso staff", """{"client_id":"c","issuer":"https://127.0.0.1:1"}"""),
                ("google-oauth2", "google-oauth2", null, """{"client_id":"c"}"""),
                ("github", "github", null, """{"client_id":"c"}"""),
            })
        {
            var connection = new Connection
            {
                Id = "con_" + name,
                Name = name,
                Strategy = strategy,
                DisplayName = shown,
                ShowAsButton = true,
                Options = options,
                SecretSealed = [1],
            };
            connection.Clients.Add(
                new ConnectionClient { ConnectionId = connection.Id, ClientId = client.ClientId });
            db.Add(connection);
            if (strategy == "github")
                db.Add(
                    new UserIdentity
                    {
                        Connection = name,
                        Provider = name,
                        ProviderUserId = "7",
                        UserId = db.Users.Single(u => u.Email == TestServer.AdminEmail).UserId,
                        ProfileData = """{"nickname":"octo-ada"}""",
                    });
        }

        return Task.CompletedTask;
    });

    private static async Task<string> TicketAsync(TestServer server)
    {
        var session = await server.WithAsync<AuthDbContext, string>(db =>
            db.Sessions.OrderByDescending(s => s.LastSeenAt)
                .Where(s => s.UserAgent != null && s.UserAgent != "")
                .Select(s => s.Id)
                .FirstAsync());
        var identity = new UserIdentity
        {
            Connection = "contoso",
            Provider = "oidc",
            ProviderUserId = "contoso|1",
            UserId = "oidc|contoso|1",
            ProfileData = """{"name":"Ada King","email":"ada.king@contoso.example"}""",
        };
        return server.Services.GetRequiredService<LinkTickets>().Seal(session, "con_contoso", identity);
    }

    /// <summary>Another session of the same user, and applications with access.</summary>
    private static async Task AllowAsync(TestServer server, Client client)
    {
        var user = await server.AdministratorAsync();
        await server.StartSessionAsync(user);
        foreach (var (audience, scopes) in new (string?, string)[]
        {
            ("appointments:api", "openid profile read:appointments write:contacts offline_access"),
            (null, "openid email"),
        })
        {
            await server.WithAsync<IConsentStore, bool>(async consents =>
            {
                var consent = new NewConsent(user.UserId, user.UserId, client, audience, Scopes.Stored(scopes));
                await consents.AddAsync(consent, server.Time.GetUtcNow(), CancellationToken.None);
                return true;
            });
        }
    }

    public static async Task SignInAsync(IPage page, string password, string email = TestServer.AdminEmail)
    {
        await page.FillAsync("#username", email);
        await page.FillAsync("#password", password);
        await page.ClickAsync("#login-submit");
    }
}
