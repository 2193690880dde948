using System.Text.Json.Nodes;
using AuthServer.Web.Http;
using AuthServer.Web.TryIt;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AuthServer.Web.Pages.Development;

[DevelopmentOnly]
public sealed class TryResultModel(SampleSignIn signIn, TrySessions sessions) : PageModel
{
    private static readonly string[] TokenNames = ["id_token", "access_token", "refresh_token"];

    public JsonObject Tokens { get; private set; } = [];

    public (string What, SampleAnswer Answer)? LastCall { get; private set; }

    public bool CanRefresh => Tokens.ContainsKey("refresh_token");

    /// <summary>Members of the response besides the tokens.</summary>
    public IEnumerable<(string Name, string Value)> Facts => Tokens
        .Where(member => !TokenNames.Contains(member.Key, StringComparer.Ordinal))
        .Select(member => (member.Key, member.Value?.ToString() ?? ""));

    public IEnumerable<(string Name, string Token)> Issued => TokenNames
        .Where(Tokens.ContainsKey).Select(name => (name, Tokens[name]?.ToString() ?? ""));

    public IActionResult OnGet() => Show(sessions.Find(HttpContext));

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var session = sessions.Find(HttpContext);
        switch (Request.Form["action"].ToString())
        {
            case "logout":
                var location = signIn.LogoutLocation(session);
                sessions.End(HttpContext);
                return new EndpointResult(Redirects.To(location));
            case "refresh" when session is not null:
                await signIn.RefreshAsync(session, ct);
                break;
            case "userinfo" when session is not null:
                await signIn.CallUserInfoAsync(session, ct);
                break;
        }

        return new EndpointResult(Redirects.To("/try/result"));
    }

    private IActionResult Show(TrySession? session)
    {
        if (session?.Tokens is not { } tokens)
            return new EndpointResult(Redirects.To(SampleClient.StartPath));
        (Tokens, LastCall) = (tokens, session.LastCall);
        return Page();
    }
}
