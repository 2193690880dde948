using AuthServer.Core.Clients;
using AuthServer.TestKit;
using Microsoft.Playwright;

namespace AuthServer.Web.Tests.Chromium;

/// <summary>The way to every page that people see.</summary>
internal static class PageTour
{
    public static async Task PrepareAsync(TestServer server)
    {
        await server.ApiAsync("appointments:api", ("read:appointments", "Read your appointments"), ("write:contacts", "Change your contacts"));
        await server.SettingsAsync(settings =>
        {
            settings.FriendlyName = "Northwind Health";
            settings.SupportEmail = "help@northwind.example";
        });
    }

    public static async IAsyncEnumerable<string> WalkAsync(IPage page, TestServer server, Client ours, Client theirs)
    {
        await page.GotoAsync(ours.Authorize());
        yield return "login";
        await SignInAsync(page, "wrong");
        yield return "login-failed";
        await page.ClickAsync("#signup-link");
        yield return "signup";
        await page.FillAsync("#username", TestServer.AdminEmail);
        await page.FillAsync("#password", "some words that nobody guesses");
        await page.ClickAsync("#signup-submit");
        yield return "signup-taken";
        await page.GotoAsync(theirs.Authorize(("audience", "appointments:api"), ("scope", "openid profile email read:appointments write:contacts offline_access")));
        await SignInAsync(page, TestServer.AdminPassword);
        yield return "consent";
        await page.ClickAsync("#consent-allow");
        await server.SignInAsync();
        server.Time.Advance(TimeSpan.FromSeconds(5));
        await page.GotoAsync(ours.Authorize(("prompt", "select_account")));
        yield return "login-choose";
        await page.GotoAsync(ours.Authorize(("prompt", "login")));
        yield return "login-again";
        await SignInAsync(page, TestServer.AdminPassword);
        await page.GotoAsync("/account");
        yield return "account";
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
    }

    public static async Task SignInAsync(IPage page, string password, string email = TestServer.AdminEmail)
    {
        await page.FillAsync("#username", email);
        await page.FillAsync("#password", password);
        await page.ClickAsync("#login-submit");
    }
}
