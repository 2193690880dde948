using System.Net;
using System.Security.Claims;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AuthServer.TestKit;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TestServer = AuthServer.TestKit.TestServer;

namespace AuthServer.Web.Tests.Clients;

/// <summary>
/// The code that /guide shows for ASP.NET Core, compiled as it stands there, in an application of its own. Only what
/// the tests' server without TLS needs is added: <c>RequireHttpsMetadata</c>.
/// </summary>
public sealed class AspNetCoreTests : IDisposable
{
    private const string Address = "https://localhost:7001";
    private readonly TestServer server = new(services: services => services.AddSingleton(TimeProvider.System));

    public void Dispose() => server.Dispose();

    [Fact]
    public async Task AddOpenIdConnect_signs_in_and_out()
    {
        var client = await server.AddClientAsync(client =>
            (client.Callbacks, client.AllowedLogoutUrls) = (
                [Address + "/signin-oidc"], [Address + "/signout-callback-oidc"]));
        await using var app = await StartAsync(
            "aspnetcore",
            client.ClientId,
            builder => builder.Services.Configure<OpenIdConnectOptions>(
                OpenIdConnectDefaults.AuthenticationScheme, options => options.RequireHttpsMetadata = false),
            app => app.MapGet(
                "/logout",
                () => Microsoft.AspNetCore.Http.Results.SignOut(
                    authenticationSchemes:
                    [
                        CookieAuthenticationDefaults.AuthenticationScheme, OpenIdConnectDefaults.AuthenticationScheme,
                    ])));
        using var application = new CookieClient(app);
        using var browser = new Browser(server);

        var challenge = await application.GetAsync("/");
        await browser.OpenAsync(challenge.Headers.Location!.AbsoluteUri);
        await browser.Fill("username", TestServer.AdminEmail).Fill("password", TestServer.AdminPassword)
            .ClickAsync("login-submit");
        if (browser.Has("consent-allow"))
            await browser.ClickAsync("consent-allow");
        var form = (IHtmlFormElement)browser.Page.QuerySelector($"form[action='{Address}/signin-oidc']")!;
        var returned = await application.PostAsync(
            "/signin-oidc",
            form.QuerySelectorAll<IHtmlInputElement>("input").ToDictionary(field => field.Name!, field => field.Value));
        Assert.Equal(HttpStatusCode.Redirect, returned.StatusCode);
        var home = await application.GetAsync("/");
        Assert.Equal(TestServer.AdminEmail, await home.Content.ReadAsStringAsync());

        var logout = await application.GetAsync("/logout");
        await browser.OpenAsync(logout.Headers.Location!.AbsoluteUri);

        Assert.StartsWith(
            Address + "/signout-callback-oidc?state=", browser.LeftTo!.AbsoluteUri, StringComparison.Ordinal);
        var again = await application.GetAsync("/");
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
        await browser.OpenAsync(again.Headers.Location!.AbsoluteUri);
        Assert.True(browser.Has("login-submit"), browser.Text);
    }

    [Fact]
    public async Task AddJwtBearer_takes_the_tokens_of_its_API_only()
    {
        await server.AddApiAsync(identifier: "https://api.example.com");
        await server.AddApiAsync(identifier: "https://other.example.com");
        var client = await server.AddClientAsync(client => client.GrantTypes = ["client_credentials"]);
        await server.AddClientGrantAsync(client.ClientId, "https://api.example.com", "");
        await server.AddClientGrantAsync(client.ClientId, "https://other.example.com", "");
        await using var app = await StartAsync(
            "aspnetcore-api",
            client.ClientId,
            builder => builder.Services.Configure<JwtBearerOptions>(
                JwtBearerDefaults.AuthenticationScheme, options => options.RequireHttpsMetadata = false));
        using var http = app.GetTestClient();

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.Unauthorized),
            (await AskAsync("https://api.example.com"), await AskAsync("https://other.example.com")));

        async Task<HttpStatusCode> AskAsync(string audience)
        {
            var answer = await new OAuth(server).TokenAsync(
                client, ("grant_type", "client_credentials"), ("audience", audience));
            http.DefaultRequestHeaders.Authorization = new("Bearer", answer["access_token"]);
            return (await http.GetAsync("/")).StatusCode;
        }
    }

    private async Task<WebApplication> StartAsync(
        string snippet, string clientId, Action<WebApplicationBuilder> change, Action<WebApplication>? map = null)
    {
        using var browser = new Browser(server);
        await browser.OpenAsync("/guide");
        var code = browser.Page.QuerySelector($"[data-snippet={snippet}]")!.TextContent
            .Replace("CLIENT_ID", clientId, StringComparison.Ordinal)
            .Replace("CLIENT_SECRET", TestData.Secret, StringComparison.Ordinal);
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddAuthorization();
        CompiledSnippet.Compile(code)(builder);
        change(builder);
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/", (ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.Email) ?? "").RequireAuthorization();
        map?.Invoke(app);
        await app.StartAsync();
        return app;
    }

    /// <summary>Keeps the application's cookies and follows no redirect.</summary>
    private sealed class CookieClient(WebApplication app) : IDisposable
    {
        private readonly HttpClient http = new(app.GetTestServer().CreateHandler()) { BaseAddress = new(Address) };
        private readonly CookieContainer cookies = new();

        public void Dispose() => http.Dispose();

        public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(new(HttpMethod.Get, path));

        public Task<HttpResponseMessage> PostAsync(string path, IReadOnlyDictionary<string, string> fields) =>
            SendAsync(new(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) });

        private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
        {
            var url = new Uri(http.BaseAddress!, request.RequestUri!);
            request.Headers.TryAddWithoutValidation("Cookie", cookies.GetCookieHeader(url));
            var answer = await http.SendAsync(request);
            foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
                cookies.SetCookies(url, cookie);
            return answer;
        }
    }
}
