using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.AccessTokens;

/// <summary>Limits a handler to JWTs: the value of a stored token has no dot.</summary>
internal sealed class RequireJwt : IOpenIddictServerHandlerFilter<ValidateTokenContext>
{
    public static bool IsJwt(ValidateTokenContext context) => context.Token.Contains('.', StringComparison.Ordinal);

    public ValueTask<bool> IsActiveAsync(ValidateTokenContext context) => new(IsJwt(context));
}
