using AuthServer.Core.Authorize;
using AuthServer.Web.Http;
using AuthServer.Web.TryIt;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AuthServer.Web.Pages.Development;

[DevelopmentOnly]
public sealed class TryModel(SampleSignIn signIn, TrySessions sessions, SampleClient client) : PageModel
{
    public static IReadOnlyList<string> Scopes { get; } =
    ["openid", "profile", "email", "address", "phone", "offline_access"];

    public static IReadOnlyList<string> Prompts { get; } = ["", .. AuthorizeVocabulary.Prompts];

    public string? ClientId => client.ClientId;

    public string? Problem { get; private set; }

    public bool HasTokens { get; private set; }

    public void OnGet()
    {
        var session = sessions.Find(HttpContext);
        (Problem, HasTokens) = (session?.Problem, session?.Tokens is not null);
    }

    public IActionResult OnPost()
    {
        var scope = string.Join(
            ' ', Request.Form["scope"].Where(Scopes.Contains).Concat([.. Request.Form["api_scope"]]));
        var (location, transaction) = signIn.Begin(scope.Trim(), Request.Form["audience"], Request.Form["prompt"]);
        sessions.Start(HttpContext).Transaction = transaction;
        return new EndpointResult(Redirects.To(location));
    }
}
