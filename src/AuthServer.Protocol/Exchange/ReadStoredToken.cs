using System.Security.Claims;
using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Protocol.AccessTokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace AuthServer.Protocol.Exchange;

/// <summary>
/// Finds a code, a refresh token or an opaque access token, notes it, and makes its principal of its row. Replaces
/// ValidateReferenceTokenIdentifier, which needs a payload, and RestoreTokenEntryProperties, which reads it again.
/// </summary>
internal sealed class ReadStoredToken(IStoredTokens tokens)
    : IOpenIddictServerHandler<ValidateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ValidateTokenContext>()
        .UseSingletonHandler<ReadStoredToken>()
        .SetOrder(Protection.ValidateReferenceTokenIdentifier.Descriptor.Order)
        .Build();

    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (context.Principal is not null || RequireJwt.IsJwt(context))
            return;
        var token = await tokens.FindAsync(new Secret(context.Token).Hash().ReferenceId, context.CancellationToken);
        if (token is not { Authorization: { } authorization })
            return;
        if (context.ValidTokenTypes.Count > 0 && !context.ValidTokenTypes.Contains(token.Type!))
            return;
        context.Transaction.PresentedToken = token;
        context.IsReferenceToken = true;
        context.Principal = PrincipalOf(token, authorization);

        // Its expiry is validated with the clock skew of these, which only a JWT changes.
        context.TokenValidationParameters = context.Options.TokenValidationParameters;
        if (token.Type == TokenTypeIdentifiers.AccessToken)
            AddAccessTokenClaims(context.Principal, token, context.Transaction.Tenant);
    }

    /// <summary>Claims that a JWT has: <c>/userinfo</c> and introspection read them.</summary>
    private static void AddAccessTokenClaims(ClaimsPrincipal principal, Token token, Tenant tenant)
    {
        principal
            .SetAudiences(tenant.Issuer.UserInfo)
            .SetCreationDate(token.CreatedAt)
            .SetClaim("org_id", token.Authorization!.OrganizationId);
        if (token.KeyThumbprint is { } key)
            principal.SetClaim(Claims.Confirmation, new JsonObject { ["jkt"] = key });
    }

    private static ClaimsPrincipal PrincipalOf(Token token, Authorization authorization)
    {
        var identity = new ClaimsIdentity(nameof(ReadStoredToken), Claims.Subject, Claims.Role)
            .SetClaim(Claims.Subject, authorization.Subject)
            .SetTokenType(token.Type)
            .SetPresenters(authorization.ClientId)
            .SetScopes(token.GrantedScopes ?? authorization.GrantedScopes)
            .SetExpirationDate(ExpirationOf(token, authorization));
        return new ClaimsPrincipal(identity);
    }

    /// <summary>A redeemed token never expires by itself: its reuse has to be detected.</summary>
    private static DateTimeOffset? ExpirationOf(Token token, Authorization authorization)
    {
        var own = token.IsRedeemed ? DateTimeOffset.MaxValue : token.ExpiresAt;
        var end = own < authorization.ExpiresAt ? own : authorization.ExpiresAt;
        return end == DateTimeOffset.MaxValue ? null : end;
    }
}
