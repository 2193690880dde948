using System.Net;
using System.Net.Http.Json;
using AuthServer.TestKit;
using Microsoft.Playwright;

namespace AuthServer.Web.Tests.Chromium;

/// <summary>What an administrator does in a week, in a browser without JavaScript.</summary>
public sealed class DashboardJourneyTests
{
    private const string Callback = "https://notes.example/callback";
    private const string Email = "grace@example.com";
    private const string Password = "four unrelated words here";

    [Fact]
    public async Task An_application_is_created_a_user_blocked_and_registration_opened_without_JavaScript()
    {
        await using var chromium = await TestKit.Chromium.StartAsync();
        await using var server = new TestServer();
        await server.AddUserAsync(Email, Password);
        var admin = await chromium.NewPageAsync(server, script: false);
        var user = await chromium.NewPageAsync(server, script: false);
        await user.RouteAsync(Callback + "*", route => route.FulfillAsync(new() { Body = "The application" }));

        await admin.GotoAsync("/dashboard/applications/new");
        await PageTour.SignInAsync(admin, TestServer.AdminPassword);
        await admin.WaitForURLAsync("**/dashboard/applications/new");
        await admin.FillAsync("#name", "Field Notes");
        await admin.FillAsync("#callbacks", Callback);
        await admin.ClickAsync("#save");
        var signIn = (await admin.GetAttributeAsync("#try", "href"))!;

        await SignInAsync(user, signIn);
        await user.WaitForURLAsync(Callback + "?code=*");
        await admin.GotoAsync("/dashboard/logs?q=" + Uri.EscapeDataString(Email));
        var signedIn = admin.Locator("tr", new() { HasText = "Signed in" }).First;
        Assert.Contains("Field Notes", await signedIn.InnerTextAsync(), StringComparison.Ordinal);
        await signedIn.Locator("a").ClickAsync();
        await admin.ClickAsync("#user");

        await admin.ClickAsync("#block");
        await admin.WaitForSelectorAsync("#done");
        await SignInAsync(user, signIn);
        await user.WaitForSelectorAsync("#problem");
        await admin.ClickAsync("#block");
        await admin.WaitForSelectorAsync("#done");
        await SignInAsync(user, signIn);
        await user.WaitForURLAsync(Callback + "?code=*");

        Assert.Equal(HttpStatusCode.NotFound, await RegisterAsync(server));
        await SwitchRegistrationAsync(admin);
        Assert.Equal(HttpStatusCode.Created, await RegisterAsync(server));
        await admin.ReloadAsync();
        await admin.ClickAsync("a:has-text('Robot reader')");
        Assert.Contains("Registered itself", await admin.InnerTextAsync("main"), StringComparison.Ordinal);
        await SwitchRegistrationAsync(admin);
        Assert.Equal(HttpStatusCode.NotFound, await RegisterAsync(server));
    }

    private static async Task SignInAsync(IPage page, string path)
    {
        await page.GotoAsync(path);
        await page.FillAsync("#username", Email);
        await page.FillAsync("#password", Password);
        await page.ClickAsync("#login-submit");
    }

    private static async Task SwitchRegistrationAsync(IPage page)
    {
        await page.GotoAsync("/dashboard/settings/advanced");
        await page.ClickAsync("label:has(#flags-enable_dynamic_client_registration)");
        await page.ClickAsync("#save");
        await page.WaitForSelectorAsync("#done");
    }

    private static async Task<HttpStatusCode> RegisterAsync(TestServer server)
    {
        using var http = server.NewHttp();
        var members = new { client_name = "Robot reader", redirect_uris = new[] { "https://robot.example/cb" } };
        using var answer = await http.PostAsJsonAsync("/oidc/register", members);
        return answer.StatusCode;
    }
}
