namespace AuthServer.Web.Sessions;

/// <summary>Receiver of the response: a user in a browser, or a program.</summary>
public static class BrowserRequests
{
    private static readonly PathString[] Machines =
    [
        "/api", "/oauth", "/.well-known", "/userinfo", "/oidc/register", "/dbconnections", "/assets",
    ];

    /// <summary>The request comes from a browser, and not for one of the addresses of programs.</summary>
    public static bool WantsPage(this HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && !Array.Exists(
            Machines, machine => request.Path.StartsWithSegments(machine, StringComparison.OrdinalIgnoreCase));
}
