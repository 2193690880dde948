using System.Globalization;
using AuthServer.Core.Model;
using AuthServer.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace AuthServer.Web.Tests.Chromium;

/// <summary>
/// Behaviour that only a real browser shows: keys, content security policy along redirects, a page that posts itself.
/// </summary>
public sealed class SignInTests : IAsyncLifetime
{
    private readonly TestServer server = new();
    private readonly List<string> complaints = [];
    private TestKit.Chromium chromium = null!;
    private Client client = null!;

    public async ValueTask InitializeAsync() =>
        (chromium, client) = (await TestKit.Chromium.StartAsync(), await server.AddPublicClientAsync());

    public async ValueTask DisposeAsync()
    {
        if (chromium is not null)
            await chromium.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Only_by_keyboard()
    {
        var page = await NewPageAsync();
        await page.GotoAsync(client.Authorize());
        await page.WaitForSelectorAsync("#username:focus");
        await page.Keyboard.TypeAsync(TestServer.AdminEmail);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(TestServer.AdminPassword);

        await ArrivesAsync(page, () => page.Keyboard.PressAsync("Enter"));
    }

    [Fact]
    public async Task Without_JavaScript()
    {
        var page = await NewPageAsync(script: false);
        await page.GotoAsync(client.Authorize());
        Assert.False(await page.IsVisibleAsync(".reveal"));

        await ArrivesAsync(page, () => PageTour.SignInAsync(page, TestServer.AdminPassword));
    }

    [Fact]
    public async Task The_script_reveals_a_password_sends_a_form_once_writes_local_times_and_copies_code()
    {
        var page = await NewPageAsync(timeZone: "Asia/Tokyo");
        await page.GotoAsync(client.Authorize());
        await page.FillAsync("#username", TestServer.AdminEmail);
        await page.FillAsync("#password", TestServer.AdminPassword);
        Assert.Equal(["Caps Lock is on.", ""], await page.EvaluateAsync<string[]>(
            """
            () => [true, false].map(modifierCapsLock => {
                document.querySelector('#password').dispatchEvent(new KeyboardEvent('keyup', { modifierCapsLock }));
                return document.querySelector('.caps-lock').textContent;
            })
            """));
        await page.ClickAsync(".reveal");
        Assert.Equal("text true", await page.EvaluateAsync<string>(
            "`${document.querySelector('#password').type} ${document.querySelector('.reveal').ariaPressed}`"));

        var states = Array.Empty<string>();
        await ArrivesAsync(page, async () => states = await page.EvaluateAsync<string[]>(
            """
            () => {
                const [button, states] = [document.querySelector('#login-submit'), []];
                addEventListener('submit', event => states.push(event.defaultPrevented ? 'stopped' : 'sent'));
                button.click();
                button.click();
                states.push(document.querySelector('#password').type, `busy ${button.ariaBusy}`);
                dispatchEvent(new Event('pageshow'));
                return [...states, `busy ${button.ariaBusy}`];
            }
            """));
        Assert.Equal(["sent", "stopped", "password", "busy true", "busy null"], states);

        var account = await page.Context.NewPageAsync();
        await account.GotoAsync("/account");
        var moment = account.Locator("time[data-precision=minute]").First;
        var utc = DateTimeOffset.Parse((await moment.GetAttributeAsync("datetime"))!, CultureInfo.InvariantCulture);
        Assert.StartsWith(
            utc.AddHours(9).ToString("MMMM d, yyyy 'at' h:mm", CultureInfo.InvariantCulture),
            await moment.TextContentAsync(),
            StringComparison.Ordinal);
        Assert.EndsWith(
            utc.ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture),
            await moment.GetAttributeAsync("title"),
            StringComparison.Ordinal);

        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await account.GotoAsync("/guide");
        await account.ClickAsync("pre:has([data-snippet=flask]) + .copy");
        Assert.Equal(
            await account.TextContentAsync("[data-snippet=flask]"),
            await account.EvaluateAsync<string>("navigator.clipboard.readText()"));
        Assert.Equal("Copied", await account.GetAttributeAsync("pre:has([data-snippet=flask]) + .copy", "title"));

        await account.GotoAsync($"/dashboard/applications/{TestServer.ClientId}/credentials");
        await account.WaitForSelectorAsync("#secret");
        Assert.Equal(0, await account.Locator(".copy").CountAsync());
        await account.ClickAsync("#show-secret");
        await account.ClickAsync("#secret + .copy");
        Assert.Equal(TestServer.ClientSecret, await account.EvaluateAsync<string>("navigator.clipboard.readText()"));
    }

    [Fact]
    public async Task Signing_up_and_agreeing()
    {
        var theirs = await server.AddPublicClientAsync(c => (c.Name, c.IsFirstParty) = ("Calendar Buddy", false));
        var page = await NewPageAsync();
        await page.GotoAsync(theirs.Authorize(("screen_hint", "signup")));
        await page.FillAsync("#username", "grace@example.com");
        await page.FillAsync("#password", "four unrelated words here");
        await page.ClickAsync("#signup-submit");

        await ArrivesAsync(page, () => page.ClickAsync("#consent-allow"));
    }

    [Theory]
    [InlineData("query")]
    [InlineData("form_post")]
    public async Task The_answer_reaches_a_listener_on_this_machine(string mode)
    {
        var received = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var listener = await ListenAsync(async http =>
        {
            var code = HttpMethods.IsPost(http.Request.Method)
                ? (await http.Request.ReadFormAsync())["code"]
                : http.Request.Query["code"];
            if (http.Request.Path == "/callback")
                received.TrySetResult($"{http.Request.Method} {(code.ToString().Length > 0 ? "code" : "nothing")}");
        });
        var native = await server.AddPublicClientAsync(c =>
        {
            c.Name = "Command line";
            c.Callbacks = [listener.Urls.First() + "/callback"];
            c.AppType = AppTypes.Native;
        });
        var page = await NewPageAsync();
        await page.GotoAsync(native.Authorize(("response_mode", mode)));
        await PageTour.SignInAsync(page, TestServer.AdminPassword);
        await page.ClickAsync("#consent-allow");

        Assert.Equal(
            mode == "query" ? "GET code" : "POST code", await received.Task.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Cancelling_leads_back_too()
    {
        var page = await NewPageAsync();
        await page.GotoAsync(client.Authorize());

        await ArrivesAsync(page, () => page.ClickAsync("#login-cancel"), with: "error=access_denied");
    }

    private async Task<IPage> NewPageAsync(bool script = true, string? timeZone = null)
    {
        var page = await chromium.NewPageAsync(server, script: script, timeZone: timeZone);
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase))
                complaints.Add(message.Text);
        };
        return page;
    }

    /// <summary>The application's host does not exist: to have been sent there is enough.</summary>
    private async Task ArrivesAsync(IPage page, Func<Task> lastStep, string with = "code=")
    {
        var sent = await page.RunAndWaitForRequestAsync(
            lastStep, request => request.Url.StartsWith(TestData.Callback + "?", StringComparison.Ordinal));
        Assert.Contains(with, sent.Url, StringComparison.Ordinal);
        Assert.Empty(complaints);
    }

    private static async Task<WebApplication> ListenAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async http =>
        {
            await answer(http);
            http.Response.ContentType = "text/html";
            await http.Response.WriteAsync("<title>done</title><link rel=icon href='data:,'>");
        });
        await app.StartAsync();
        return app;
    }
}
