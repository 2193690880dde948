using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.AccessTokens;

/// <summary>Limits a handler to JWTs: the value of a stored token has no dot.</summary>
internal sealed class RequireJwt : IOpenIddictServerHandlerFilter<ValidateTokenContext>
{
    public ValueTask<bool> IsActiveAsync(ValidateTokenContext context) =>
        new(context.Token.Contains('.', StringComparison.Ordinal));
}
