namespace AuthServer.Core.Clients;

/// <summary><c>none</c>: a public client says who it is and proves nothing, RFC 6749 §3.2.1.</summary>
public sealed class PublicClient : IClientAuthentication
{
    public ClaimedClient? Read(ClientRequest request) =>
        request.Authorization is null && !request.Parameters.Has("client_secret") && !request.Parameters.Has("client_assertion")
        && request.Parameters["client_id"] is { } clientId
            ? new ClaimedClient(clientId)
            : null;

    public Task<string?> VerifyAsync(Client client, ClientRequest request, CancellationToken ct) =>
        Task.FromResult(client.IsPublic ? null : "a confidential client sent no credential");
}
