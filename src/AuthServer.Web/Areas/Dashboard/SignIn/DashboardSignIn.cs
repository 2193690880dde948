using System.Globalization;
using System.Security.Claims;
using AuthServer.Core;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Clients;
using AuthServer.Core.Logs;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Protocol.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using static OpenIddict.Abstractions.OpenIddictConstants;
using Secret = AuthServer.Core.Secret;

namespace AuthServer.Web.Areas.Dashboard.SignIn;

/// <summary>
/// The authorization code flow with PKCE of the dashboard, which is a client of this server (RFC 6749 §4.1). Its code
/// is redeemed here, by the conditional update of the token endpoint, and no token comes of it.
/// </summary>
internal sealed class DashboardSignIn(
    IDataProtectionProvider protection,
    Tenant tenant,
    IStoredTokens tokens,
    IIssuanceStore issuance,
    IStoredAuthorizations authorizations,
    IEventLog events,
    TimeProvider time)
{
    private readonly JsonProtector<PendingSignIn> protector = new(protection, "dashboard-sign-in");

    private string RedirectUri => tenant.Issuer.At(DashboardApplication.CallbackPath);

    /// <returns>Where the browser goes.</returns>
    public string Begin(HttpContext http, SignInRequest request)
    {
        var pending = new PendingSignIn(
            StateCookie.Ensure(http).Hash().Bytes, OpaqueToken.Create().Reveal(), request.ReturnPath, time.GetUtcNow());
        var query = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["response_type"] = "code",
            ["client_id"] = DashboardApplication.ClientId,
            ["redirect_uri"] = RedirectUri,
            ["scope"] = "openid",
            ["state"] = protector.Seal(pending),
            ["code_challenge"] = pending.Challenge,
            ["code_challenge_method"] = Pkce.Method,
        };
        if (request.IsRecent)
            query["max_age"] = Administrator.MaxLoginAge.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        if (request.ChoosesAccount)
            query["prompt"] = "select_account";
        return QueryHelpers.AddQueryString("/authorize", query);
    }

    /// <summary>Validates the authorization response, redeems its code and starts the dashboard's session.</summary>
    /// <returns>The page that the sign-in was for; null when the response is not one to this browser's
    /// request.</returns>
    public async Task<string?> CompleteAsync(HttpContext http, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (Find(http) is not { } pending || pending.IsExpired(now))
            return null;
        if (await RedeemAsync(http.Request.Query["code"].ToString(), pending, now, ct) is not { } authorization)
            return null;
        var identity = new ClaimsIdentity(
            [
                new Claim(DashboardAuthentication.UserClaim, authorization.UserId),
                new Claim(DashboardAuthentication.SessionClaim, authorization.SessionId),
            ],
            DashboardAuthentication.Scheme);
        await http.SignInAsync(DashboardAuthentication.Scheme, new ClaimsPrincipal(identity));
        return pending.ReturnPath;
    }

    /// <summary>Whether the response, an error too, is one to this browser's request.</summary>
    public bool IsExpected(HttpContext http) => Find(http) is not null;

    private PendingSignIn? Find(HttpContext http) =>
        protector.Open(http.Request.Query["state"]) is { } pending && pending.IsOf(StateCookie.Find(http))
            ? pending
            : null;

    /// <summary>
    /// RFC 6749 §4.1.3 and RFC 7636 §4.6, as at the token endpoint. The authorization ends at once: no token hangs on
    /// it.
    /// </summary>
    private async Task<Authorization?> RedeemAsync(
        string value, PendingSignIn pending, DateTimeOffset now, CancellationToken ct)
    {
        const string Type = TokenTypeIdentifiers.Private.AuthorizationCode;
        if (await tokens.FindAsync(new Secret(value).Hash(), Type, ct) is not { Authorization: { } authorization } code)
            return null;
        if (!DashboardApplication.Is(authorization.ClientId))
            return null;
        if (code.RedirectUri != RedirectUri || code.CodeChallenge != pending.Challenge)
        {
            await issuance.CountFailureAsync(code, ct);
            return null;
        }

        if (!await issuance.TryRedeemAsync(code, [], now, ct))
            return null;
        await authorizations.RevokeAsync(authorization.Id, now, ct);
        await events.RecordAsync(
            LogEventTypes.CodeExchange,
            new LogEvent { ClientName = DashboardApplication.Name }.Of(authorization).By(authorization.User));
        return authorization;
    }
}
