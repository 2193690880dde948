using AuthServer.Core.Jwt;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace AuthServer.Protocol.AccessTokens;

/// <summary>
/// Lets IdentityModel validate only JWTs of this server's shape. It distinguishes Auth0's access tokens from ID tokens,
/// which OpenIddict does only by the header's <c>typ</c>.
/// </summary>
internal sealed class RestrictJwt : IOpenIddictServerHandler<ValidateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ValidateTokenContext>()
        .AddFilter<RequireJwt>()
        .UseSingletonHandler<RestrictJwt>()
        .SetOrder(Protection.ResolveTokenValidationParameters.Descriptor.Order + 500)
        .Build();

    public ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (UnverifiedJwt.Parse(context.Token) is null)
            context.Reject(Errors.InvalidToken, "The token is not a JWT of this server");
        else
            JwtRestrictions.Apply(context.TokenValidationParameters);
        return default;
    }
}
