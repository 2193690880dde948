using AuthServer.Web.Federation;
using AuthServer.Web.Http;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Pages.SignIn;

/// <summary>
/// Sends the browser on to an identity provider: the one whose button was pressed, or the one that the application's
/// request names.
/// </summary>
public sealed class ProviderModel(InteractionParts parts, ExternalLoginChallenge challenge) : InteractionPage(parts)
{
    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var name = Request.Query["connection"] is [{ } one] ? one : Authorization.PickedProvider?.Name;
        if (Authorization.AllowedConnections.FirstOrDefault(connection =>
                connection.Name == name && !connection.IsDatabase)
            is not { } picked)
            return new PageErrorResult(new PageError(PageErrorKind.ProviderClosed) { WayOn = LoginPath });
        return await challenge.ForSignInAsync(picked, Authorization, Handle, ct) is { } url
            ? new EndpointResult(Redirects.To(url))
            : new PageErrorResult(new PageError(PageErrorKind.ProviderDown) { WayOn = LoginPath });
    }

    private string LoginPath => "/u/login?state=" + Handle;
}
