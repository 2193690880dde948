using AuthServer.Web.Http;
using AuthServer.Web.TryIt;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AuthServer.Web.Pages.Development;

/// <summary>
/// The sample application's redirect URI. It shows nothing: the code must not stay in the address bar.
/// </summary>
[DevelopmentOnly]
public sealed class TryCallbackModel(SampleSignIn signIn, TrySessions sessions) : PageModel
{
    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (HttpMethods.IsHead(Request.Method) || sessions.Find(HttpContext) is not { } session)
            return new EndpointResult(Redirects.To(SampleClient.StartPath));
        await signIn.CompleteAsync(session, Request.Query, ct);
        return new EndpointResult(Redirects.To(session.Problem is null ? "/try/result" : SampleClient.StartPath));
    }
}
