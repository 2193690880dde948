using AuthServer.Core.Clients;
using AuthServer.Core.Issuance;

namespace AuthServer.Core.Token;

/// <summary>The sentence of <c>/oauth/token</c>: choose the grant by name, authenticate the client, see that it may, let the grant decide.</summary>
public sealed class TokenPipeline(ClientAuthenticator clients, IEnumerable<IGrantHandler> grants)
{
    public async Task<Result<IssuedTokens>> HandleAsync(ClientRequest request, CancellationToken ct)
    {
        if (!request.Parameters.TryGet("grant_type", out var grantType))
            return OAuthError.InvalidRequest("Missing required parameter: grant_type");
        if (grants.FirstOrDefault(candidate => candidate.GrantType == grantType) is not { } grant)
            return OAuthError.UnsupportedGrantType($"Unsupported grant type: {grantType}");

        var authenticated = await clients.AuthenticateAsync(request, ct);
        if (!authenticated.Succeeded(out var client, out var refused))
            return refused;
        if (!client.May(grantType))
            return OAuthError.UnauthorizedClient($"Grant type '{grantType}' not allowed for the client.");

        return await grant.HandleAsync(new TokenRequest(client, request.Parameters, request.Now) { Address = request.Address }, ct);
    }
}
