using AuthServer.Core.Sessions;
using AuthServer.Core.Tenants;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthServer.Web.Sessions;

/// <summary>
/// The URLs that the signed-out page shows in frames, OpenID Connect Front-Channel Logout 1.0 §3: with <c>iss</c> and
/// <c>sid</c> always.
/// </summary>
public static class FrontchannelFrames
{
    /// <summary>More would take too long to load.</summary>
    private const int Max = 20;

    public static async Task<IReadOnlyList<string>> OfAsync(
        ISessionStore sessions, string sessionId, Issuer issuer,
        CancellationToken ct) =>
        [
            .. (await sessions.FrontchannelAsync(sessionId, ct))
                .Take(Max)
                .Select(client =>
                    QueryHelpers.AddQueryString(
                        client.Uri,
                        new Dictionary<string, string?>(StringComparer.Ordinal)
                        {
                            ["iss"] = issuer.Value,
                            ["sid"] = client.Sid,
                        })),
        ];
}
