using AuthServer.Core;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Clients;
using AuthServer.Core.Tenants;
using AuthServer.Protocol.AccessTokens;
using OpenIddict.Abstractions;
using OpenIddict.Validation;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Validation.OpenIddictValidationEvents;
using static OpenIddict.Validation.OpenIddictValidationHandlers;

namespace AuthServer.Protocol.Validation;

/// <summary>
/// The token is for the Management API, a client's own, and not revoked, and its client exists. ValidateAudiences
/// compares with audiences that are configured once; here they follow the issuer.
/// </summary>
internal sealed class ValidateManagementToken(Tenant tenant, IReplayCache revoked, IClientStore clients)
    : IOpenIddictValidationHandler<ValidateTokenContext>
{
    public static OpenIddictValidationHandlerDescriptor Descriptor { get; } = OpenIddictValidationHandlerDescriptor
        .CreateBuilder<ValidateTokenContext>()
        .UseScopedHandler<ValidateManagementToken>()
        .SetOrder(Protection.ValidateAudiences.Descriptor.Order + 500)
        .Build();

    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (await ValidateAsync(context) is { } reason)
            context.Reject(Errors.InvalidToken, reason);
    }

    /// <returns>Why the token is refused, in Auth0's words; null when it is valid.</returns>
    private async ValueTask<string?> ValidateAsync(ValidateTokenContext context)
    {
        var (token, ct) = (context.Principal!, context.CancellationToken);
        if (!token.HasAudience(tenant.Issuer.Absolute(Issuer.ManagementApi)))
            return "Bad audience: " + string.Join(',', token.GetAudiences());
        if (token.HasExpired(context.Options.TimeProvider.GetUtcNow()))
            return "Expired token received for JSON Web Token validation";
        if (!token.IsClientToken || await revoked.ContainsAsync(new Secret(context.Token).Hash(), ct))
            return "Invalid token";
        return await clients.FindAsync(token.ClientId!, ct) is null ? "Client does not exist" : null;
    }
}
