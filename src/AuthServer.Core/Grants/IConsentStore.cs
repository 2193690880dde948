namespace AuthServer.Core.Grants;

public interface IConsentStore
{
    Task<Consent?> FindAsync(string userId, string clientId, string audience, CancellationToken ct);

    /// <summary>Adds <paramref name="scopes"/> to what the user agreed to before.</summary>
    Task AgreeAsync(string userId, string clientId, string audience, Scopes scopes, DateTimeOffset now, CancellationToken ct);
}
