using AuthServer.Core.Clients;
using AuthServer.Core.Federation;
using AuthServer.Protocol.Hosting;
using Microsoft.AspNetCore.DataProtection;

namespace AuthServer.Web.Federation;

/// <summary>Result of a connection that an administrator tried; no user is signed in or created by it.</summary>
/// <param name="SessionId">The administrator's session.</param>
/// <param name="ConnectionId">The connection.</param>
/// <param name="User">User at the provider; null after a failure.</param>
/// <param name="Problem">Failure, with its reason.</param>
/// <param name="SealedAt">When the provider answered.</param>
public sealed record ConnectionTrial(
    string SessionId, string ConnectionId, UpstreamUser? User, ProviderProblem? Problem, DateTimeOffset SealedAt);

/// <summary>
/// Encrypts the results of trials into the URL of the dashboard's page, and decrypts them. Valid in one session, for
/// ten minutes.
/// </summary>
public sealed class ConnectionTrials(IDataProtectionProvider protection, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private readonly JsonProtector<ConnectionTrial> protector = new(protection, "connection-trial");

    /// <returns>The page that shows the result.</returns>
    public string PathOf(string sessionId, Returned returned)
    {
        var id = returned.Attempt.ConnectionId;
        var trial = new ConnectionTrial(sessionId, id, returned.User, returned.Problem, time.GetUtcNow());
        return $"{DashboardApplication.Path}/connections/{id}/try?result={protector.Seal(trial)}";
    }

    /// <returns>Null when it is forged, of another session or connection, or expired.</returns>
    public ConnectionTrial? Open(string? result, string sessionId, string connectionId) =>
        protector.Open(result) is { } trial
        && trial.SessionId == sessionId
        && trial.ConnectionId == connectionId
        && time.GetUtcNow() < trial.SealedAt + Lifetime
            ? trial
            : null;
}
