using AuthServer.Core.Clients;
using AuthServer.Core.Model;

namespace AuthServer.Core.Authorize;

/// <summary>When the user is asked (ASVS 10.7.1).</summary>
public static class ConsentRules
{
    /// <summary>
    /// The client is a third party's, or it can't be known who receives the answer, or the API wants it. The answer to
    /// the dashboard comes back to this server, and only this server redeems its code.
    /// </summary>
    public static bool IsNeeded(AuthorizeContext context) =>
        !DashboardApplication.Is(context.Client.ClientId)
        && (!context.Client.IsFirstParty
            || RedirectUris.IsNonVerifiable(context.RedirectUri!)
            || context.Api is { SkipConsentForVerifiableFirstPartyClients: false });

    /// <summary>
    /// An earlier consent does not count for an installed application without a secret: another program may impersonate
    /// it (RFC 8252 §8.6, CVE-2023-34246).
    /// </summary>
    public static bool EveryTime(AuthorizeContext context) =>
        context.Client.IsPublic
        && (context.Client.AppType == AppTypes.Native || !context.Client.IsFirstParty)
        && RedirectUris.IsNonVerifiable(context.RedirectUri!);

    public static bool Covers(Authorization? consent, AuthorizeContext context) =>
        consent is not null && context.Disclosed.IsSubsetOf(consent.GrantedScopes);
}
