namespace AuthServer.Core.Clients;

/// <summary>One way of saying who calls, and of proving it (RFC 6749 §2.3).</summary>
public interface IClientAuthentication
{
    /// <summary>Whether the request tries this way; null when it doesn't, else the client that it claims to be.</summary>
    ClaimedClient? Read(ClientRequest request);

    /// <returns>Null when the proof is right; else the reason, for the log.</returns>
    Task<string?> VerifyAsync(Client client, ClientRequest request, CancellationToken ct);
}

/// <param name="ClientIds">What the client id may be, the likelier first; none when the attempt is malformed.</param>
public sealed record ClaimedClient(params IReadOnlyList<string> ClientIds);
