using System.Collections.Frozen;
using System.Security.Claims;
using AuthServer.Core;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Clients;
using AuthServer.Core.Jwt;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Protocol.Jwt;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace AuthServer.Protocol.ClientAuthentication;

/// <summary>
/// <c>private_key_jwt</c>: RFC 7523 §3, with the stricter audience of RFC 7523bis (CVE-2025-27370). Replaces the four
/// built-in handlers of assertions, which accept only the <c>typ</c> of RFC 7523bis, any lifetime and a repeated
/// <c>jti</c>, and resolve keys by blocking a thread.
/// </summary>
internal sealed class ValidateClientAssertionJwt(
    IClientStore clients,
    ClientJwtVerifier keys,
    IReplayCache replays,
    IUnvettedClientLimits limits,
    TimeProvider time)
    : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    private const int MaxJtiLength = 128;

    /// <summary>An assertion with a longer lifetime would have to be stored longer (CVE-2025-2559).</summary>
    private static readonly TimeSpan MaxLifetime = TimeSpan.FromMinutes(10);

    /// <summary>Algorithms that clients may sign their assertions with.</summary>
    public static FrozenSet<string> Algorithms => Core.Model.Algorithms.Verified;

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ProcessAuthenticationContext>()
        .AddFilter<RequireClientAuthentication>()
        .UseSingletonHandler<ValidateClientAssertionJwt>()
        .SetOrder(ValidateClientAssertion.Descriptor.Order)
        .Build();

    public async ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        if (string.IsNullOrEmpty(context.ClientAssertion))
            return;
        var (jwt, ct) = (context.Transaction.ClientAssertion, context.CancellationToken);
        var client = jwt?.Payload.Text("sub") is { } subject ? await clients.FindAsync(subject, ct) : null;
        if (await ValidateAsync(context, jwt, client) is { } error)
        {
            context.Reject(error);
            return;
        }

        context.Request!.ClientId = client!.ClientId;
        context.ClientAssertionPrincipal = new ClaimsPrincipal(
            new ClaimsIdentity(nameof(ValidateClientAssertionJwt)).SetClaim(Claims.Subject, client.ClientId));
    }

    /// <returns>The error; null when the assertion is valid.</returns>
    private async Task<OAuthError?> ValidateAsync(
        ProcessAuthenticationContext context, UnverifiedJwt? jwt, Client? client)
    {
        var now = time.GetUtcNow();
        if (jwt is null || client is null)
            return Failed("not an assertion of a known client");
        if (context.Request!.ClientId is { } named && named != client.ClientId)
            return Failed("client_id differs from the authenticated client");
        if (client.TokenEndpointAuthMethod != TokenEndpointAuthMethods.PrivateKeyJwt)
            return Failed("the client is not registered for private_key_jwt");
        if (context.ClientAssertionType != ClientAssertionTypes.JwtBearer)
            return Failed("wrong client_assertion_type");
        if (!Algorithms.Contains(jwt.Algorithm)
            || await keys.VerifyAsync(client, [], jwt, now, context.CancellationToken) is not { } claims)
            return Failed("no key of the client verifies the assertion");
        if (claims.Text("iss") != client.ClientId || !IsAudience(context.Transaction.Tenant, claims))
            return Failed("iss is not the client, or aud is not this issuer");
        if (!claims.IsCurrent(now) || claims.Time("exp") is not { } expires || expires > now + MaxLifetime)
            return Failed("expired, not yet valid, or valid for too long");
        if (claims.Text("jti") is not { Length: > 0 and <= MaxJtiLength } jti)
            return Failed("no usable jti");

        if (!limits.TryMarkUsed(client))
            return OAuthError.TooManyRequests("Too many client assertions. Try again later.");
        var value = new Secret($"client-assertion {client.ClientId} {jti}").Hash();
        return await replays.TryAddAsync(value, expires, context.CancellationToken)
            ? null
            : Failed("the assertion was used before");
    }

    private static OAuthError Failed(string reason) =>
        OAuthError.InvalidClient("Client authentication failed").WithDetail(reason);

    private static bool IsAudience(Tenant tenant, JwtPayload claims) =>
        claims.AudienceIs(tenant.Issuer.Value)
        || (tenant.Settings.Flag(TenantFlags.AllowTokenEndpointAsAssertionAudience)
            && (claims.AudienceContains(tenant.Issuer.At("/" + ProtocolPaths.Token))
                || claims.AudienceContains(tenant.Issuer.Value)));
}
