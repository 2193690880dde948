using AuthServer.Core.Jwt;
using AuthServer.Protocol.AccessTokens;
using OpenIddict.Validation;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Validation.OpenIddictValidationEvents;
using static OpenIddict.Validation.OpenIddictValidationHandlers;

namespace AuthServer.Protocol.Validation;

/// <summary>
/// The same restrictions at the Management API as <see cref="RestrictJwt"/> makes at the server's own endpoints.
/// </summary>
internal sealed class RestrictValidatedJwt : IOpenIddictValidationHandler<ValidateTokenContext>
{
    public static OpenIddictValidationHandlerDescriptor Descriptor { get; } = OpenIddictValidationHandlerDescriptor
        .CreateBuilder<ValidateTokenContext>()
        .UseSingletonHandler<RestrictValidatedJwt>()
        .SetOrder(Protection.ResolveTokenValidationParameters.Descriptor.Order + 500)
        .Build();

    public ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (UnverifiedJwt.Parse(context.Token) is null)
            context.Reject(Errors.InvalidToken, "Invalid token");
        else
            JwtRestrictions.Apply(context.TokenValidationParameters);
        return default;
    }
}
