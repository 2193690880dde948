using System.Text.Json.Nodes;
using AuthServer.Protocol.AccessTokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Introspection;

/// <summary>
/// Adds scope, organization and key to what AttachMetadataClaims found, for every client that may introspect the token.
/// Replaces AttachApplicationClaims, which gives them only to a client that is an audience.
/// </summary>
internal sealed class AttachIntrospectionClaims : IOpenIddictServerHandler<HandleIntrospectionRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<HandleIntrospectionRequestContext>()
        .UseSingletonHandler<AttachIntrospectionClaims>()
        .SetOrder(OpenIddictServerHandlers.Introspection.AttachApplicationClaims.Descriptor.Order)
        .Build();

    public ValueTask HandleAsync(HandleIntrospectionRequestContext context)
    {
        var token = context.GenericTokenPrincipal!;
        context.Scopes.UnionWith(token.GetScopes());
        if (context.Transaction.PresentedToken is { } stored)
            context.IssuedAt = stored.CreatedAt;
        if ((token.GetClaim("org_id") ?? context.Transaction.LiveAuthorization?.OrganizationId) is { } organization)
            context.Claims["org_id"] = organization;
        if ((token.KeyThumbprint ?? context.Transaction.PresentedToken?.KeyThumbprint) is { } key)
            context.Confirmation = new JsonObject { ["jkt"] = key };

        // RFC 9449 §6.2. The tokens have no nbf, and their type replaces token_usage.
        if (token.HasTokenType(TokenTypeIdentifiers.AccessToken))
            context.TokenType = context.Confirmation is null ? TokenTypes.Bearer : "DPoP";
        (context.NotBefore, context.TokenUsage) = (null, null);
        return default;
    }
}
