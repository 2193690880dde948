using AuthServer.Core.Connections;
using AuthServer.Core.Federation;
using AuthServer.Web.Federation;
using AuthServer.Web.Http;
using AuthServer.Web.Management.Connections;
using AuthServer.Web.Pages;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Connections;

/// <summary>
/// Logs the administrator in at a provider and shows what it sends. No user is created, no session changes, and no
/// token is shown.
/// </summary>
internal sealed class TryModel(
    DashboardServices services,
    ConnectionService connections,
    IConnectionStore store,
    ExternalLoginChallenge challenge,
    ConnectionTrials trials)
    : ConnectionPage(services, connections)
{
    /// <summary>The trial begins.</summary>
    [FromQuery]
    public bool Begin { get; set; }

    /// <summary>What the provider's answer leads back with, encrypted.</summary>
    [FromQuery]
    public string? Result { get; set; }

    /// <summary>The provider could not be asked.</summary>
    public bool IsUnreachable { get; private set; }

    /// <summary>What came back; null before.</summary>
    public ConnectionTrial? Trial { get; private set; }

    /// <summary>The result is of another session or too old.</summary>
    public bool IsExpired => Trial is null && Result is not null;

    /// <summary>The id that a first sign-in gives the user.</summary>
    public string UserId { get; private set; } = "";

    /// <summary>The members that the provider sent.</summary>
    public IEnumerable<(string Name, string Value)> Members => Trial?.User is not { } user
        ? []
        :
        [
            .. new (string Name, string? Value)[]
            {
                ("name", user.Name),
                ("given_name", user.GivenName),
                ("family_name", user.FamilyName),
                ("nickname", user.Nickname),
                ("email", user.Email),
                ("picture", user.Picture),
            }.Where(member => member.Value is not null).Select(member => (member.Name, member.Value!)),
        ];

    public override async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await OpenAsync(ct);
        if (await store.FindAsync(Id, ct) is not { } connection
            || IdentityProvider.Of(connection) is not { } provider)
            return NotFound();
        if (Begin)
        {
            if (await challenge.ForTrialAsync(connection, Administrator.Session.Id, ct) is { } url)
                return new EndpointResult(Redirects.To(url));
            IsUnreachable = true;
            return Page();
        }

        Trial = trials.Open(Result, Administrator.Session.Id, Id);
        if (Trial?.User is { } user)
            UserId = ProviderUser.IdentityOf(provider, user).OwnUserId;
        return Page();
    }
}
