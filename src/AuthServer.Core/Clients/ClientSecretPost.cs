namespace AuthServer.Core.Clients;

/// <summary><c>client_secret_post</c>: id and secret in the body, RFC 6749 §2.3.1.</summary>
public sealed class ClientSecretPost : IClientAuthentication
{
    public ClaimedClient? Read(ClientRequest request) => request.Parameters switch
    {
        var p when !p.Has("client_secret") => null,
        var p when p["client_id"] is { } clientId => new ClaimedClient(clientId),
        _ => new ClaimedClient(),
    };

    public Task<string?> VerifyAsync(Client client, ClientRequest request, CancellationToken ct) =>
        Task.FromResult(PresentedSecret.Matches(client, request.Parameters["client_secret"]!) ? null : "wrong secret, or not a client with a secret");
}
