using System.Diagnostics;
using AuthServer.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.Web.Tests.Clients;

/// <summary>
/// The Python that /guide shows, as it stands there. Only what the tests' server without TLS needs is added:
/// <c>AUTHLIB_INSECURE_TRANSPORT</c>.
/// </summary>
public sealed class PythonTests : IDisposable
{
    private const string Address = "http://localhost:3000";

    /// <summary>
    /// Writes to the test where the application leads, and reads from it where the browser comes back.
    /// </summary>
    private const string Journey =
        $"""


        import json

        visitor = app.test_client()
        def visit(path): return visitor.get(path, base_url='{Address}')
        print(visit('/login').location, flush=True)
        visit(input())
        print(visit('/').json['email'], flush=True)
        print(visit('/logout').location, flush=True)
        print(visit('/').location, flush=True)
        for token in [input(), input()]:
            try:
                print(claims_of(token)['aud'], flush=True)
            except jwt.InvalidTokenError as error:
                print(type(error).__name__, flush=True)
        """;

    private readonly TestServer server = new(services: services => services.AddSingleton(TimeProvider.System));

    public void Dispose() => server.Dispose();

    [Fact]
    public async Task Flask_signs_in_and_out_and_PyJWT_takes_the_tokens_of_its_API_only()
    {
        var python = Requires.Python("flask", "authlib", "requests", "jwt", "cryptography");
        await server.AddApiAsync(identifier: "https://api.example.com");
        await server.AddApiAsync(identifier: "https://other.example.com");
        var client = await server.AddClientAsync(client =>
        {
            (client.Callbacks, client.AllowedLogoutUrls) = ([Address + "/callback"], [Address]);
            client.GrantTypes = ["authorization_code", "client_credentials"];
        });
        await server.AddClientGrantAsync(client.ClientId, "https://api.example.com", "");
        await server.AddClientGrantAsync(client.ClientId, "https://other.example.com", "");
        using var browser = new Browser(server);
        await browser.OpenAsync("/guide");
        var code = string.Concat(((string[])["flask", "pyjwt"]).Select(name =>
            browser.Page.QuerySelector($"[data-snippet={name}]")!.TextContent + "\n\n"));
        using var application = Start(
            python,
            code.Replace("CLIENT_ID", client.ClientId, StringComparison.Ordinal)
                .Replace("CLIENT_SECRET", TestData.Secret, StringComparison.Ordinal) + Journey);

        await browser.OpenAsync(await ReadAsync());
        await browser.SignInAsync();
        await browser.ClickAsync("consent-allow");
        await application.StandardInput.WriteLineAsync(browser.LeftTo!.PathAndQuery);
        Assert.Equal(TestServer.AdminEmail, await ReadAsync());

        await browser.OpenAsync(await ReadAsync());
        Assert.Equal(Address + "/", browser.LeftTo!.AbsoluteUri);
        Assert.Equal("/login", await ReadAsync());

        foreach (var audience in (string[])["https://api.example.com", "https://other.example.com"])
            await application.StandardInput.WriteLineAsync(await TokenAsync(audience));
        Assert.Equal("https://api.example.com", await ReadAsync());
        Assert.Equal("InvalidAudienceError", await ReadAsync());
        await application.WaitForExitAsync();

        async Task<string> ReadAsync() => await application.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException(await application.StandardError.ReadToEndAsync());

        async Task<string> TokenAsync(string audience) => (await new OAuth(server).TokenAsync(
            client, ("grant_type", "client_credentials"), ("audience", audience)))["access_token"]!;
    }

    private static Process Start(string python, string code)
    {
        var start = new ProcessStartInfo(python, ["-c", code])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AUTHLIB_INSECURE_TRANSPORT"] = "1";
        return Process.Start(start)!;
    }
}
