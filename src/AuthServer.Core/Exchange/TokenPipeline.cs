using AuthServer.Core.Clients;
using AuthServer.Core.Dpop;
using AuthServer.Core.Issuance;

namespace AuthServer.Core.Exchange;

/// <summary>The sentence of <c>/oauth/token</c>: choose the grant by name, authenticate the client, see that it may, let the grant decide.</summary>
public sealed class TokenPipeline(ClientAuthenticator clients, DpopProofs proofs, IEnumerable<IGrantHandler> grants)
{
    public async Task<Result<IssuedTokens>> HandleAsync(ClientRequest request, CancellationToken ct)
    {
        if (!request.Parameters.TryGet("grant_type", out var grantType))
            return OAuthError.InvalidRequest("Missing required parameter: grant_type");
        if (grants.FirstOrDefault(candidate => candidate.GrantType == grantType) is not { } grant)
            return OAuthError.UnsupportedGrantType($"Unsupported grant type: {grantType}");
        if (!proofs.Read(request.Proof, request.Now).Succeeded(out var read, out var unproven))
            return unproven;

        var authenticated = await clients.AuthenticateAsync(request, ct);
        if (!authenticated.Succeeded(out var client, out var refused))
            return refused;
        if (!client.AllowsGrantType(grantType))
            return OAuthError.UnauthorizedClient($"Grant type '{grantType}' not allowed for the client.");

        // Public clients bring a nonce of ours, so that a proof made in advance is worth nothing (RFC 9449 §11.2).
        if (DpopProofs.Missing(read.Proof?.Thumbprint, client, api: null) is { } missing)
            return missing;
        if (await proofs.AdmitAsync(read.Proof, needsNonce: client.IsPublic, ct) is { } inadmissible)
            return inadmissible;
        return await grant.HandleAsync(new TokenRequest(client, request.Parameters, request.Now) { Address = request.Address, BoundTo = read.Proof?.Thumbprint }, ct);
    }
}
