namespace AuthServer.Core.Clients;

/// <summary>
/// Counts failed client authentications of the one who calls (docs/security.md#rate-limits): a client that is not
/// attacked does not notice.
/// </summary>
public interface IClientAttempts
{
    /// <param name="clientId">As claimed; there need not be such a client.</param>
    bool MayTry(string clientId);

    void CountFailure(string clientId);
}
