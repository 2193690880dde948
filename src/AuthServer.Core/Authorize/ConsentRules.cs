using AuthServer.Core.Authorizations;
using AuthServer.Core.Clients;

namespace AuthServer.Core.Authorize;

/// <summary>When the user is asked (ASVS 10.7.1).</summary>
public static class ConsentRules
{
    /// <summary>
    /// Consent is needed for a third-party client, when the receiver of the response can't be verified, or when the API
    /// requires it.
    /// </summary>
    public static bool IsNeeded(AuthorizeContext context) =>
        !context.Client.IsFirstParty
        || RedirectUris.IsNonVerifiable(context.RedirectUri!)
        || context.Api is { SkipConsentForVerifiableFirstPartyClients: false };

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
