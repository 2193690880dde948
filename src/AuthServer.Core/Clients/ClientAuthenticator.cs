namespace AuthServer.Core.Clients;

/// <summary>Finds out which client calls: exactly one way of authentication per request (RFC 6749 §2.3).</summary>
public sealed class ClientAuthenticator(IClientStore clients, IEnumerable<IClientAuthentication> ways, IClientAttempts attempts)
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
        var claimed = claim!.ClientIds.FirstOrDefault() ?? "";
        if (!attempts.MayTry(claimed))
            return OAuthError.TooManyRequests("Too many failed client authentications. Try again later.");
        var client = await FindAsync(claim, ct);
        if (await ReasonAsync(client, chosen, request, ct) is not { } reason)
            return client!;
        attempts.CountFailure(claimed);
        return OAuthError.InvalidClient("Client authentication failed").Because(reason);
    }

    /// <returns>Why the client is refused; null when it is who it says.</returns>
    private static async Task<string?> ReasonAsync(Client? client, IClientAuthentication chosen, ClientRequest request, CancellationToken ct)
    {
        if (client is null)
            return "unknown client";
        if (request.Parameters["client_id"] is { } named && named != client.ClientId)
            return "client_id differs from the authenticated client";
        return await chosen.VerifyAsync(client, request, ct);
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
}
