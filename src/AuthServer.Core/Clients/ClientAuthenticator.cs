namespace AuthServer.Core.Clients;

/// <summary>Finds out which client calls: exactly one way of authentication per request (RFC 6749 §2.3).</summary>
public sealed class ClientAuthenticator(IClientStore clients, IEnumerable<IClientAuthentication> ways)
{
    public async Task<Result<Client>> AuthenticateAsync(ClientRequest request, CancellationToken ct)
    {
        var tried = ways.Select(way => (Way: way, Claim: way.Read(request))).Where(attempt => attempt.Claim is not null).ToList();
        switch (tried)
        {
            case []:
                return OAuthError.InvalidClient("Client authentication is required");
            case [_, _, ..]:
                return OAuthError.InvalidRequest("More than one way of client authentication was used");
        }

        var (chosen, claim) = tried[0];
        var client = await FindAsync(claim!, ct);
        if (client is null)
            return Refused("unknown client");
        if (request.Parameters["client_id"] is { } named && named != client.ClientId)
            return Refused("client_id differs from the authenticated client");
        return await chosen.VerifyAsync(client, request, ct) is { } reason ? Refused(reason) : client;
    }

    private async Task<Client?> FindAsync(ClaimedClient claim, CancellationToken ct)
    {
        foreach (var clientId in claim.ClientIds)
        {
            if (await clients.FindAsync(clientId, ct) is { } client)
                return client;
        }

        return null;
    }

    private static OAuthError Refused(string detail) => OAuthError.InvalidClient("Client authentication failed").Because(detail);
}
